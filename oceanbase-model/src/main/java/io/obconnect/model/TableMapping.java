package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives a table of the source the name and the columns that it shall have in the destination,
 * before {@link SchemaConverter} converts it.
 *
 * @param table with the new names
 * @param rewrites one for each column and index that is left out, and for each new name
 */
public record TableMapping(TableDefinition table, List<Rewrite> rewrites) {

  private static final String REASON = "as configured";

  public TableMapping {
    rewrites = List.copyOf(rewrites);
  }

  /**
   * Maps a table. Indexes that need a column which is left out are left out, too.
   *
   * @throws IllegalArgumentException if two columns get the same name, none is kept, or one of the
   *     primary key is left out
   */
  public static TableMapping map(TableDefinition source, TableId name, ColumnSelector selector) {
    Map<String, String> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    columns.putAll(
        selector.map(source.id(), source.columns().stream().map(ColumnDefinition::name).toList()));
    List<Rewrite> rewrites = new ArrayList<>();
    if (!source.id().equals(name)) {
      rewrites.add(renaming("table", source.id().quoted(), name.quoted()));
    }
    TableDefinition mapped =
        new TableDefinition(
            name,
            columns(source, columns, rewrites),
            indexes(source, columns, rewrites),
            source.foreignKeys(),
            source.checks(),
            source.partitioning(),
            source.options());
    return new TableMapping(mapped, rewrites);
  }

  private static Rewrite renaming(String object, String from, String to) {
    return new Rewrite(object, from, to, REASON, Rewrite.Kind.MAPPED);
  }

  private static List<ColumnDefinition> columns(
      TableDefinition source, Map<String, String> names, List<Rewrite> rewrites) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ColumnDefinition column : source.columns()) {
      String name = names.get(column.name());
      String object = ConversionLog.column(column);
      if (name == null) {
        rewrites.add(new Rewrite(object, "the column", "", REASON, Rewrite.Kind.NOT_CARRIED_OVER));
      } else {
        columns.add(column.withName(name));
        if (!name.equals(column.name())) {
          rewrites.add(renaming(object, "its name", SqlText.identifier(name)));
        }
      }
    }
    return columns;
  }

  private static List<IndexDefinition> indexes(
      TableDefinition source, Map<String, String> names, List<Rewrite> rewrites) {
    List<IndexDefinition> indexes = new ArrayList<>();
    for (IndexDefinition index : source.indexes()) {
      List<String> lost =
          index.columnNames().stream().filter(name -> !names.containsKey(name)).toList();
      if (lost.isEmpty()) {
        indexes.add(index.withParts(index.parts().stream().map(p -> part(p, names)).toList()));
        continue;
      }
      String columns = String.join(", ", lost.stream().map(SqlText::identifier).toList());
      if (index.kind() == IndexDefinition.Kind.PRIMARY) {
        throw new IllegalArgumentException(
            "table "
                + source.id().quoted()
                + ": "
                + columns
                + " of its primary key cannot be left out, changes could not find their rows;"
                + " include the column");
      }
      rewrites.add(
          new Rewrite(
              ConversionLog.index(index),
              index.kind().name().toLowerCase(Locale.ROOT),
              "",
              columns + " is left out",
              Rewrite.Kind.NOT_CARRIED_OVER));
    }
    return indexes;
  }

  private static IndexPart part(IndexPart part, Map<String, String> names) {
    return part instanceof IndexPart.Column column
        ? new IndexPart.Column(names.get(column.name()), column.prefix(), column.descending())
        : part;
  }
}
