package io.obconnect.source;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Objects;

/**
 * A range of a table's key that is copied as one piece: behind {@code after}, up to and with {@code
 * to}.
 *
 * @param run number of the table's copy
 * @param number of the chunk in its run, from 0
 * @param after SQL literals of the key columns that chunks are cut by; empty for the beginning
 * @param to likewise; empty for the end, which only the last chunk has
 */
record Chunk(TableId table, long run, int number, List<String> after, List<String> to) {
  /** Into how many slices the chunks of all tables are dealt; a slice has one copy task. */
  static final int SLICES = 16;

  Chunk {
    Objects.requireNonNull(table, "table");
    after = List.copyOf(after);
    to = List.copyOf(to);
  }

  boolean isLast() {
    return to.isEmpty();
  }

  /** Where a table begins depends on the table, so that many small tables meet all tasks. */
  int slice() {
    return Math.floorMod(table.hashCode() + number, SLICES);
  }
}
