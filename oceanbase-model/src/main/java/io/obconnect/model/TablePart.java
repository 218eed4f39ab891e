package io.obconnect.model;

/** Parts of a table that rows can do without, at least for a while. */
public enum TablePart {
  /** Computed columns: without them they are plain columns, and the values arrive computed. */
  GENERATED_COLUMNS,
  /** Non-unique indexes of columns. */
  SECONDARY_INDEXES,
  /** Indexes of expressions, unique ones, too. */
  FUNCTIONAL_INDEXES,
  FULLTEXT_INDEXES,
  SPATIAL_INDEXES,
  FOREIGN_KEYS,
  CHECKS,
  PARTITIONS
}
