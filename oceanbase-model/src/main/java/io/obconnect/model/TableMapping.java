package io.obconnect.model;

import java.util.List;

/**
 * Gives a table of the source the name and the columns that it shall have in the destination,
 * before {@link SchemaConverter} converts it.
 *
 * @param table with the new names; the tables that its foreign keys refer to keep theirs
 * @param rewrites one for each part that is left out, and for each new name
 */
public record TableMapping(TableDefinition table, List<Rewrite> rewrites) {

  public TableMapping {
    rewrites = List.copyOf(rewrites);
  }

  /**
   * Maps a table. What needs a column which is left out is left out, too: indexes, foreign keys,
   * checks, defaults and partitions. A column that is computed from it becomes a plain one.
   *
   * @throws IllegalArgumentException if two columns get the same name, none is kept, or one of the
   *     primary key is left out
   */
  public static TableMapping map(TableDefinition source, TableId name, ColumnSelector selector) {
    ConversionLog log = new ConversionLog();
    if (!source.id().equals(name)) {
      log.mapped("table", source.id().quoted(), name.quoted(), ElementMapping.AS_CONFIGURED);
    }
    TableDefinition mapped = selector.isEmpty() ? source : mapped(source, selector, log);
    return new TableMapping(mapped.withId(name), log.rewrites());
  }

  private static TableDefinition mapped(
      TableDefinition source, ColumnSelector selector, ConversionLog log) {
    ElementMapping elements =
        new ElementMapping(source.id(), selector, ColumnNames.of(source, selector), log);
    // The source's server counts those that are left out, too, when it names constraints.
    TableDefinition named =
        elements.keepsConstraints(source) ? source : ConstraintNames.named(source);
    return new TableDefinition(
        source.id(),
        named.columns().stream().flatMap(column -> elements.column(column).stream()).toList(),
        named.indexes().stream().flatMap(index -> elements.index(index).stream()).toList(),
        named.foreignKeys().stream().flatMap(key -> elements.foreignKey(key).stream()).toList(),
        named.checks().stream().flatMap(check -> elements.check(check).stream()).toList(),
        named.partitioning().flatMap(elements::partitioning),
        named.options());
  }
}
