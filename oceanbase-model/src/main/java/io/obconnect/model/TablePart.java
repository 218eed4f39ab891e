package io.obconnect.model;

import java.util.Optional;

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
  PARTITIONS;

  /** Returns what an index is to somebody who chooses; empty for keys that tell rows apart. */
  public static Optional<TablePart> of(IndexDefinition index) {
    return switch (index.kind()) {
      case FULLTEXT -> Optional.of(FULLTEXT_INDEXES);
      case SPATIAL -> Optional.of(SPATIAL_INDEXES);
      case PRIMARY, UNIQUE, KEY -> {
        if (index.isFunctional()) {
          yield Optional.of(FUNCTIONAL_INDEXES);
        }
        yield index.isUnique() ? Optional.empty() : Optional.of(SECONDARY_INDEXES);
      }
    };
  }
}
