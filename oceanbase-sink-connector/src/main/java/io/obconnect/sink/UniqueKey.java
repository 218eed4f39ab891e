package io.obconnect.sink;

import java.util.List;
import java.util.Objects;

/**
 * A unique key of a destination table besides the one that rows are found by.
 *
 * @param name as the destination calls it
 * @param columns in key order; never empty
 */
record UniqueKey(String name, List<Part> columns) {

  /**
   * One column of a key.
   *
   * @param column folded name; empty for an expression
   * @param prefixChars how many leading characters count, 0 for all
   */
  record Part(String column, int prefixChars) {
    Part {
      Objects.requireNonNull(column, "column");
    }

    boolean isExpression() {
      return column.isEmpty();
    }
  }

  UniqueKey {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
  }
}
