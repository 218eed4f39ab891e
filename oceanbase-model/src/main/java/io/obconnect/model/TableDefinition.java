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
    List<ForeignKey> foreignKeys,
    List<CheckConstraint> checks,
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

  /** Returns the index of that name; MySQL ignores case in index names. */
  public Optional<IndexDefinition> index(String name) {
    return indexes.stream().filter(i -> i.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Returns the foreign key of that name; MySQL ignores case in it. */
  public Optional<ForeignKey> foreignKey(String name) {
    return foreignKeys.stream().filter(k -> k.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Returns the check of that name; MySQL ignores case in it. */
  public Optional<CheckConstraint> check(String name) {
    return checks.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  TableDefinition withId(TableId newId) {
    return new TableDefinition(newId, columns, indexes, foreignKeys, checks, partitioning, options);
  }

  /** The table with other columns; its keys are not looked at. */
  public TableDefinition withColumns(List<ColumnDefinition> newColumns) {
    return new TableDefinition(id, newColumns, indexes, foreignKeys, checks, partitioning, options);
  }

  TableDefinition withIndexes(List<IndexDefinition> newIndexes) {
    return new TableDefinition(id, columns, newIndexes, foreignKeys, checks, partitioning, options);
  }

  TableDefinition withForeignKeys(List<ForeignKey> newKeys) {
    return new TableDefinition(id, columns, indexes, newKeys, checks, partitioning, options);
  }

  TableDefinition withChecks(List<CheckConstraint> newChecks) {
    return new TableDefinition(id, columns, indexes, foreignKeys, newChecks, partitioning, options);
  }

  TableDefinition withPartitioning(Optional<String> newPartitioning) {
    return new TableDefinition(id, columns, indexes, foreignKeys, checks, newPartitioning, options);
  }

  TableDefinition withOptions(TableOptions newOptions) {
    return new TableDefinition(id, columns, indexes, foreignKeys, checks, partitioning, newOptions);
  }

  /** A primary key makes its columns NOT NULL, whatever they say. */
  TableDefinition withKeyColumnsNotNull() {
    List<String> keys = primaryKey().map(IndexDefinition::columnNames).orElse(List.of());
    return withColumns(
        columns.stream()
            .map(
                c -> keys.stream().anyMatch(c.name()::equalsIgnoreCase) ? c.withNullable(false) : c)
            .toList());
  }
}
