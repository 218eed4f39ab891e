package io.obconnect.stack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What a trigger saw of one row: each column's {@link BinlogColumn#capture()} in hexadecimal
 * digits.
 *
 * @param before null for an insert
 * @param after null for a delete
 */
record RowChange(BinlogTable table, List<String> before, List<String> after) {
  /** What stands for NULL. */
  static final String NULL = "~";

  static RowChange of(BinlogTable table, String before, String after) {
    return new RowChange(table, split(before), split(after));
  }

  private static List<String> split(String row) {
    return row == null ? null : Arrays.asList(row.split(",", -1));
  }

  int code() {
    if (before == null) {
      return BinlogEvent.WRITE_ROWS;
    }
    return after == null ? BinlogEvent.DELETE_ROWS : BinlogEvent.UPDATE_ROWS;
  }

  boolean changesJson() {
    return code() == BinlogEvent.UPDATE_ROWS
        && table.columns().stream()
            .filter(column -> column.type() == BinlogColumn.JSON)
            .map(column -> table.columns().indexOf(column))
            .anyMatch(i -> !before.get(i).equals(after.get(i)));
  }

  /** With NULL for whatever does not tell the row or its new values. */
  RowChange minimal() {
    if (before == null) {
      return this;
    }
    List<String> key = masked(before, i -> table.columns().get(i).key());
    return new RowChange(
        table,
        key,
        after == null ? null : masked(after, i -> !Objects.equals(before.get(i), after.get(i))));
  }

  private static List<String> masked(List<String> row, java.util.function.IntPredicate kept) {
    List<String> masked = Arrays.asList(row.toArray(new String[0]));
    for (int i = 0; i < masked.size(); i++) {
      if (!kept.test(i)) {
        masked.set(i, NULL);
      }
    }
    return masked;
  }

  /** The images that an event has of the row, one behind the other. */
  byte[] images() {
    ByteWriter images = new ByteWriter();
    if (before != null) {
      write(before, images);
    }
    if (after != null) {
      write(after, images);
    }
    return images.toBytes();
  }

  private void write(List<String> row, ByteWriter out) {
    BitSet nulls = new BitSet();
    for (int i = 0; i < row.size(); i++) {
      nulls.set(i, row.get(i).equals(NULL));
    }
    out.bits(nulls, row.size());
    for (int i = 0; i < row.size(); i++) {
      if (!nulls.get(i)) {
        table.columns().get(i).write(HexFormat.of().parseHex(row.get(i)), out);
      }
    }
  }
}
