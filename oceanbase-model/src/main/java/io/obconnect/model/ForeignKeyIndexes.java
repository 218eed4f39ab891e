package io.obconnect.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The indexes that MySQL creates for foreign keys, and OceanBase does not. They are created
 * explicitly everywhere, so that later statements find them by the source's names.
 */
final class ForeignKeyIndexes {

  private ForeignKeyIndexes() {}

  /** Returns the table with the indexes that its foreign keys imply. */
  static TableDefinition with(TableDefinition table) {
    TableDefinition result = table;
    for (ForeignKey key : table.foreignKeys()) {
      Optional<IndexDefinition> index = implied(key, result);
      if (index.isPresent()) {
        result = TableEvolution.apply(result, List.of(new AlterAction.AddIndex(index.get())));
      }
    }
    return result;
  }

  /** Returns the index MySQL adds with the key; empty if one leads with the key's columns. */
  static Optional<IndexDefinition> implied(ForeignKey key, TableDefinition table) {
    boolean served = table.indexes().stream().anyMatch(index -> leadsWith(index, key.columns()));
    if (served) {
      return Optional.empty();
    }
    String name = key.indexName().isEmpty() ? key.name() : key.indexName();
    List<IndexPart> parts =
        key.columns().stream()
            .<IndexPart>map(column -> new IndexPart.Column(column, OptionalInt.empty(), false))
            .toList();
    IndexDefinition index =
        new IndexDefinition(name, IndexDefinition.Kind.KEY, parts, "", false, Map.of());
    // MySQL falls back on the column's name if only the server knows the constraint's.
    boolean generated = ConstraintNames.isGenerated(key.name()) && key.indexName().isEmpty();
    return Optional.of(generated ? index.withName("") : index);
  }

  private static boolean leadsWith(IndexDefinition index, List<String> columns) {
    List<IndexPart> parts = index.parts();
    if (parts.size() < columns.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      boolean same =
          parts.get(i) instanceof IndexPart.Column column
              && column.prefix().isEmpty()
              && column.name().equalsIgnoreCase(columns.get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
