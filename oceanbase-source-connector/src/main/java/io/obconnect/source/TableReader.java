package io.obconnect.source;

import io.obconnect.model.TableId;
import io.obconnect.source.TableFacts.ColumnFacts;
import io.obconnect.source.TableFacts.ReferenceFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Asks information_schema for the captured tables: one statement for each kind of thing, and so
 * many rows at most.
 */
final class TableReader {
  private static final String TABLES =
      """
      SELECT table_schema, table_name, engine FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN
        ('information_schema', 'mysql', 'performance_schema', 'sys', 'oceanbase', '__recyclebin')
      ORDER BY table_schema, table_name LIMIT 100000""";
  private static final String KEYED =
      """
      SELECT DISTINCT table_schema, table_name FROM (
        SELECT table_schema, table_name, index_name FROM information_schema.statistics
        WHERE non_unique = 0 AND table_schema IN (%s)
        GROUP BY table_schema, table_name, index_name
        HAVING SUM(nullable = 'YES') = 0 AND COUNT(column_name) = COUNT(*)) k LIMIT 100000""";
  private static final String COLUMNS =
      """
      SELECT table_schema, table_name, column_name, data_type, column_type,
        character_octet_length, extra
      FROM information_schema.columns
      WHERE table_schema IN (%s) AND (extra LIKE '%%VIRTUAL%%' OR character_octet_length > 65535
        OR data_type NOT IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal',
          'float', 'double', 'char', 'varchar', 'binary', 'varbinary', 'tinytext', 'text',
          'tinyblob', 'blob', 'date', 'time', 'datetime', 'year', 'bit'))
      ORDER BY table_schema, table_name, ordinal_position LIMIT 100000""";
  private static final String REFERENCES =
      """
      SELECT constraint_schema, table_name, unique_constraint_schema, referenced_table_name,
        update_rule, delete_rule
      FROM information_schema.referential_constraints WHERE constraint_schema IN (%s)
      LIMIT 100000""";

  /** What the server does to rows by itself. */
  private static final Set<String> CASCADES = Set.of("CASCADE", "SET NULL", "SET DEFAULT");

  private final Connection connection;
  private final Predicate<TableId> captured;

  TableReader(Connection connection, Predicate<TableId> captured) {
    this.connection = Objects.requireNonNull(connection, "connection");
    this.captured = Objects.requireNonNull(captured, "captured");
  }

  @FunctionalInterface
  private interface Row {
    void take(TableId table, ResultSet row) throws SQLException;
  }

  /** All captured tables that the user may see. */
  List<TableFacts> read() throws SQLException {
    Map<TableId, String> engines = new LinkedHashMap<>();
    read(
        TABLES,
        Set.of(),
        (table, row) -> engines.put(table, Objects.requireNonNullElse(row.getString(3), "")));
    Set<String> databases = new HashSet<>();
    engines.keySet().forEach(table -> databases.add(table.database()));
    if (databases.isEmpty()) {
      return List.of();
    }
    Set<TableId> keyed = new HashSet<>();
    read(KEYED, databases, (table, row) -> keyed.add(table));
    Map<TableId, List<ColumnFacts>> columns = new LinkedHashMap<>();
    read(COLUMNS, databases, (table, row) -> add(columns, table, column(row)));
    Map<TableId, List<ReferenceFacts>> references = new LinkedHashMap<>();
    read(REFERENCES, databases, (table, row) -> add(references, table, reference(row)));
    List<TableFacts> facts = new ArrayList<>();
    engines.forEach(
        (table, engine) ->
            facts.add(
                new TableFacts(
                    table,
                    engine,
                    keyed.contains(table),
                    columns.getOrDefault(table, List.of()),
                    references.getOrDefault(table, List.of()))));
    return facts;
  }

  private static <T> void add(Map<TableId, List<T>> lists, TableId table, T one) {
    lists.computeIfAbsent(table, t -> new ArrayList<>()).add(one);
  }

  private static ColumnFacts column(ResultSet row) throws SQLException {
    return new ColumnFacts(
        row.getString(3),
        row.getString(4).toLowerCase(Locale.ROOT),
        row.getString(5),
        row.getLong(6),
        row.getString(7).toUpperCase(Locale.ROOT).contains("VIRTUAL"));
  }

  private static ReferenceFacts reference(ResultSet row) throws SQLException {
    return new ReferenceFacts(
        new TableId(row.getString(3), row.getString(4)),
        CASCADES.contains(row.getString(5)) || CASCADES.contains(row.getString(6)));
  }

  /** Gives what concerns captured tables, whose names the first two columns are. */
  private void read(String sql, Set<String> databases, Row taker) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(databases.size(), "?"));
    try (PreparedStatement select = connection.prepareStatement(sql.formatted(marks))) {
      int parameter = 1;
      for (String database : databases) {
        select.setString(parameter++, database);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          TableId table = new TableId(row.getString(1), row.getString(2));
          if (captured.test(table)) {
            taker.take(table, row);
          }
        }
      }
    }
  }
}
