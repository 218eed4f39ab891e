package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/**
 * A table as CREATE TABLE describes it.
 *
 * @param partitioning the text from {@code PARTITION BY} on, without version comments
 */
public record TableDefinition(
    TableId id,
    List<ColumnDefinition> columns,
    List<IndexDefinition> indexes,
    List<TableConstraint> foreignKeys,
    List<TableConstraint> checks,
    Optional<String> partitioning,
    TableOptions options) {

  public TableDefinition {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  /** Returns the primary key; a table without one cannot be written by key. */
  public Optional<IndexDefinition> primaryKey() {
    return indexes.stream().filter(i -> i.kind() == IndexDefinition.Kind.PRIMARY).findFirst();
  }

  /** Returns the unique keys, without the primary key. */
  public List<IndexDefinition> uniqueIndexes() {
    return indexes.stream().filter(i -> i.kind() == IndexDefinition.Kind.UNIQUE).toList();
  }

  /** Returns the column of that name; MySQL ignores case in column names. */
  public Optional<ColumnDefinition> column(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }
}
