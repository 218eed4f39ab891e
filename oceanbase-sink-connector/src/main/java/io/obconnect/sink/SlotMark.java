package io.obconnect.sink;

import java.util.Objects;

/**
 * A slot's mark as a transaction moves it.
 *
 * @param progress whose mark
 * @param formerOffset where the mark stands before; it is moved only from there
 * @param nextOffset the offset that the mark moves to
 * @param position of the last change applied, {@link SourcePosition#UNKNOWN} to keep the former one
 */
record SlotMark(
    PartitionProgress progress,
    int slot,
    long formerOffset,
    long nextOffset,
    SourcePosition position) {
  SlotMark {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(position, "position");
  }

  /** By which right it is moved. */
  PartitionClaim claim() {
    return progress.claim();
  }

  /** Takes note that the mark stands further on than was thought. */
  void foundAt(long offset) {
    progress.stored(slot, offset);
  }
}
