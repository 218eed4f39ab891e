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
   * For tuples that do no harm when they come twice. OceanBase keeps a plan for each number of
   * tuples, and plans anew for every other one, which takes longer than the execution: so only a
   * few numbers are used, powers of two. From 1,000 keys on it would also make a table of the list
   * and join it with a scan of the whole destination table; up to that it gets each row by its key.
   */
  static final IntUnaryOperator ROUNDED = left -> Math.min(512, powerOfTwo(left));

  /** A statement costs OceanBase as much as some dozens of rows more in the one before. */
  private static final int MAX_REPEATED = 16;

  private final String head;
  private final String tail;
  private final int maxChars;
  private final IntUnaryOperator split;
  private final List<String> complete = new ArrayList<>();
  private final StringBuilder sql;
  private int left;
  private int room;
  private int lastStart;

  /**
   * Starts with no statement.
   *
   * @param buffer what is in it is lost; the tail is not counted in its limit
   * @param tuples how many will be appended
   * @param split how many of so many that are left the next statement takes at most, at least one;
   *     if it says more than are left, the last tuple is repeated
   */
  StatementChunks(
      String head, String tail, StatementBuffer buffer, int tuples, IntUnaryOperator split) {
    this.head = head;
    this.tail = tail;
    this.maxChars = buffer.maxChars();
    this.sql = buffer.text();
    sql.setLength(0);
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
    lastStart = sql.length();
    tuple.accept(sql);
    if (end > 0 && sql.length() > maxChars) {
      String moved = sql.substring(lastStart);
      sql.setLength(end);
      close();
      room = split.applyAsInt(left);
      lastStart = sql.append(head).length();
      sql.append(moved);
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
      repeatLast();
      close();
    }
    return List.copyOf(complete);
  }

  private void repeatLast() {
    String last = sql.substring(lastStart);
    while (room > 0 && sql.length() + 1 + last.length() <= maxChars) {
      sql.append(',').append(last);
      room--;
    }
  }

  /** The next higher one where little is missing, else the next lower one. */
  private static int powerOfTwo(int left) {
    int lower = Integer.highestOneBit(left);
    return left > lower && 2 * lower - left <= MAX_REPEATED ? 2 * lower : lower;
  }
}
