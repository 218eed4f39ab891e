package io.obconnect.model;

import java.util.OptionalInt;

/** One part of an index. */
public sealed interface IndexPart {

  /** Returns whether the part is sorted downwards. */
  boolean descending();

  /** Returns the part's SQL. */
  String render();

  /**
   * A column.
   *
   * @param prefix number of leading characters (bytes for binary types) that are indexed; empty for
   *     the whole value
   */
  record Column(String name, OptionalInt prefix, boolean descending) implements IndexPart {
    @Override
    public String render() {
      return SqlText.identifier(name)
          + (prefix.isPresent() ? "(" + prefix.getAsInt() + ")" : "")
          + (descending ? " DESC" : "");
    }
  }

  /**
   * An expression.
   *
   * @param sql the expression, without its outer parentheses
   */
  record Expression(String sql, boolean descending) implements IndexPart {
    @Override
    public String render() {
      return "(" + sql + ")" + (descending ? " DESC" : "");
    }
  }
}
