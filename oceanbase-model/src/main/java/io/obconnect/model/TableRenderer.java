package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes definitions as SQL that MySQL and OceanBase read alike. */
public final class TableRenderer {

  private TableRenderer() {}

  /** Returns CREATE TABLE IF NOT EXISTS, with the database's name if it is known. */
  public static String createTableSql(TableDefinition table) {
    List<String> elements = new ArrayList<>();
    table.columns().forEach(column -> elements.add(column(column)));
    table.indexes().forEach(index -> elements.add(index(index)));
    table.foreignKeys().forEach(key -> elements.add(key.render()));
    table.checks().forEach(check -> elements.add(check.render()));
    return "CREATE TABLE IF NOT EXISTS "
        + table.id().quoted()
        + " (\n  "
        + String.join(",\n  ", elements)
        + "\n)"
        + options(table.options())
        + table.partitioning().map(sql -> "\n" + sql).orElse("");
  }

  /** Returns ALTER TABLE that adds the columns of the definition, at the end. */
  public static String addColumnsSql(TableDefinition columns) {
    return "ALTER TABLE "
        + columns.id().quoted()
        + columns.columns().stream()
            .map(column -> "\n  ADD COLUMN " + column(column))
            .collect(Collectors.joining(","));
  }

  /** Returns CREATE DATABASE IF NOT EXISTS. */
  public static String createDatabaseSql(
      String name, Optional<String> charset, Optional<String> collation) {
    return "CREATE DATABASE IF NOT EXISTS "
        + SqlText.identifier(name)
        + databaseOptions(charset, collation);
  }

  static String databaseOptions(Optional<String> charset, Optional<String> collation) {
    return charset.map(value -> " DEFAULT CHARACTER SET " + value).orElse("")
        + collation.map(value -> " DEFAULT COLLATE " + value).orElse("");
  }

  static String column(ColumnDefinition column) {
    StringBuilder sql = new StringBuilder(SqlText.identifier(column.name()));
    sql.append(' ').append(column.type().render());
    column
        .generated()
        .ifPresent(
            value ->
                sql.append(" GENERATED ALWAYS AS (")
                    .append(value.expression())
                    .append(value.stored() ? ") STORED" : ") VIRTUAL"));
    // Said also where it is the default: a TIMESTAMP may have another one.
    sql.append(column.nullable() ? " NULL" : " NOT NULL");
    column.type().srid().ifPresent(srid -> sql.append(" SRID ").append(srid));
    String value = column.defaultValue().render();
    if (!value.isEmpty()) {
      sql.append(" DEFAULT ").append(value);
    }
    column.onUpdate().ifPresent(expression -> sql.append(" ON UPDATE ").append(expression));
    appendIf(sql, column.autoIncrement(), " AUTO_INCREMENT");
    appendIf(sql, column.invisible(), " INVISIBLE");
    appendIf(sql, !column.comment().isEmpty(), " COMMENT " + SqlText.literal(column.comment()));
    append(sql, column.options(), " ");
    return sql.toString();
  }

  static String index(IndexDefinition index) {
    StringBuilder sql = new StringBuilder(index.kind().sql()).append(' ');
    boolean named = index.kind() != IndexDefinition.Kind.PRIMARY && !index.name().isEmpty();
    appendIf(sql, named, SqlText.identifier(index.name()) + " ");
    sql.append('(')
        .append(String.join(", ", index.parts().stream().map(IndexPart::render).toList()))
        .append(')');
    append(sql, index.options(), " ");
    appendIf(sql, !index.comment().isEmpty(), " COMMENT " + SqlText.literal(index.comment()));
    appendIf(sql, index.invisible(), " INVISIBLE");
    return sql.toString();
  }

  static String options(TableOptions options) {
    StringBuilder sql = new StringBuilder();
    options
        .autoIncrement()
        .ifPresent(next -> sql.append(" AUTO_INCREMENT=").append(Long.toUnsignedString(next)));
    options.charset().ifPresent(charset -> sql.append(" DEFAULT CHARSET=").append(charset));
    options.collation().ifPresent(collation -> sql.append(" COLLATE=").append(collation));
    appendIf(sql, !options.comment().isEmpty(), " COMMENT=" + SqlText.literal(options.comment()));
    append(sql, options.others(), "=");
    return sql.toString();
  }

  private static void append(StringBuilder sql, Map<String, String> options, String separator) {
    options.forEach(
        (name, value) -> {
          sql.append(' ').append(name);
          appendIf(sql, !value.isEmpty(), separator + value);
        });
  }

  private static void appendIf(StringBuilder sql, boolean condition, String text) {
    if (condition) {
      sql.append(text);
    }
  }
}
