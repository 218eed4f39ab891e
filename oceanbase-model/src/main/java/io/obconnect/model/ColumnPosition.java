package io.obconnect.model;

/** Where ALTER TABLE puts a column. */
public sealed interface ColumnPosition {

  /** Behind all others if the column is new; else where it is. */
  record Unchanged() implements ColumnPosition {}

  /** Before all others. */
  record First() implements ColumnPosition {}

  /** Behind the named column. */
  record After(String column) implements ColumnPosition {}

  /** Returns what follows the column's definition, with a leading blank; empty if nothing does. */
  default String render() {
    if (this instanceof After after) {
      return " AFTER " + SqlText.identifier(after.column());
    }
    return this instanceof First ? " FIRST" : "";
  }
}
