package io.obconnect.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Packs tuples into as few statements of the same head and tail as the limits allow. */
final class StatementChunks {
  /** All tuples in one statement. */
  static final IntUnaryOperator TOGETHER = left -> left;

  /**
   * OceanBase keeps a plan for each number of tuples, and plans anew for every other one, which
   * takes longer than the execution: so only a few numbers are used, powers of two. From 1,000 keys
   * on it would also make a table of the list and join it with a scan of the whole destination
   * table; up to that it gets each row by its key.
   */
  static final IntUnaryOperator ROUNDED = left -> Math.min(512, Integer.highestOneBit(left));

  private final String head;
  private final String tail;
  private final int maxChars;
  private final IntUnaryOperator split;
  private final List<String> complete = new ArrayList<>();
  private final StringBuilder sql = new StringBuilder();
  private int left;
  private int room;

  /**
   * Starts with no statement.
   *
   * @param maxChars length that no statement exceeds, the tail not counted, unless its only tuple
   *     does
   * @param tuples how many will be appended
   * @param split how many of so many that are left the next statement takes at most, at least one
   */
  StatementChunks(String head, String tail, int maxChars, int tuples, IntUnaryOperator split) {
    this.head = head;
    this.tail = tail;
    this.maxChars = maxChars;
    this.left = tuples;
    this.split = split;
  }

  void append(Consumer<StringBuilder> tuple) {
    if (room == 0 && !sql.isEmpty()) {
      close();
    }
    int end = sql.length();
    if (end == 0) {
      room = split.applyAsInt(left);
    }
    sql.append(end == 0 ? head : ",");
    int start = sql.length();
    tuple.accept(sql);
    if (end > 0 && sql.length() > maxChars) {
      String moved = sql.substring(start);
      sql.setLength(end);
      close();
      room = split.applyAsInt(left);
      sql.append(head).append(moved);
    }
    left--;
    room--;
  }

  private void close() {
    complete.add(sql.append(tail).toString());
    sql.setLength(0);
  }

  /** All statements, the last one closed. */
  List<String> statements() {
    if (!sql.isEmpty()) {
      close();
    }
    return List.copyOf(complete);
  }
}
