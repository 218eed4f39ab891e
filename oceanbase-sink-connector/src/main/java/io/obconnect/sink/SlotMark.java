package io.obconnect.sink;

import java.util.Objects;

/**
 * A slot's mark as a transaction moves it.
 *
 * @param claim by which right
 * @param nextOffset the offset that the mark moves to
 * @param position of the last change applied, {@link SourcePosition#UNKNOWN} to keep the former one
 */
record SlotMark(PartitionClaim claim, int slot, long nextOffset, SourcePosition position) {
  SlotMark {
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(position, "position");
  }
}
