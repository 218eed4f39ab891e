package io.obconnect.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Packs tuples into as few statements of the same head and tail as a length limit allows. */
final class StatementChunks {
  private final String head;
  private final String tail;
  private final int maxChars;
  private final int maxTuples;
  private final List<String> complete = new ArrayList<>();
  private final StringBuilder sql = new StringBuilder();
  private int tuples;

  /**
   * Starts with no statement.
   *
   * @param maxChars length that no statement exceeds, the tail not counted, unless its only tuple
   *     does
   * @param maxTuples tuples that no statement exceeds
   */
  StatementChunks(String head, String tail, int maxChars, int maxTuples) {
    this.head = head;
    this.tail = tail;
    this.maxChars = maxChars;
    this.maxTuples = maxTuples;
  }

  void append(Consumer<StringBuilder> tuple) {
    if (tuples == maxTuples) {
      close();
    }
    int end = sql.length();
    sql.append(end == 0 ? head : ",");
    int start = sql.length();
    tuple.accept(sql);
    if (end > 0 && sql.length() > maxChars) {
      String moved = sql.substring(start);
      sql.setLength(end);
      close();
      sql.append(head).append(moved);
    }
    tuples++;
  }

  private void close() {
    complete.add(sql.append(tail).toString());
    sql.setLength(0);
    tuples = 0;
  }

  /** All statements, the last one closed. */
  List<String> statements() {
    if (!sql.isEmpty()) {
      close();
    }
    return List.copyOf(complete);
  }
}
