package io.obconnect.e2e;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A table that benchmarks write, the same on both sides. Its primary key is the column {@code id}
 * of type BIGINT, the first one.
 *
 * @param elements columns and indexes, as between the parentheses of CREATE TABLE
 * @param columns the columns' names in order
 * @param fingerprint a numeric column that nearly every change of a row changes: its sum tells
 *     cheaply whether all changes have arrived
 * @param furtherUniqueKeys whether there is a unique key besides the primary key
 * @param rowMaker makes the table's rows
 */
record BenchTable(
    TableId id,
    String elements,
    List<String> columns,
    String fingerprint,
    boolean furtherUniqueKeys,
    RowMaker rowMaker) {
  private static final int STATEMENT_CHARS = 512 * 1024;

  /** Makes rows: the same arguments make the same row. */
  @FunctionalInterface
  interface RowMaker {
    /**
     * A row as SQL literals in the order of the columns.
     *
     * @param content a number from which all columns but the key follow
     */
    List<String> row(long key, long content);
  }

  BenchTable {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(elements, "elements");
    columns = List.copyOf(columns);
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(rowMaker, "rowMaker");
  }

  String createStatement() {
    return "CREATE TABLE " + id.quoted() + " (" + elements + ")";
  }

  /** The beginning of INSERT or REPLACE, up to the first tuple. */
  String into(String verb) {
    return verb + " INTO " + id.quoted() + " (" + columnList() + ") VALUES ";
  }

  /** Inserts rows, in large statements. */
  void insert(Connection connection, Stream<List<String>> rows) throws SQLException {
    Stream<String> tuples = rows.map(BenchTable::tuple);
    Iterator<String> statements =
        new MultiRowStatements(into("INSERT"), "", STATEMENT_CHARS, Integer.MAX_VALUE, tuples);
    try (Statement statement = connection.createStatement()) {
      while (statements.hasNext()) {
        statement.execute(statements.next());
      }
    }
  }

  private String columnList() {
    return String.join(",", columns.stream().map(SqlText::identifier).toList());
  }

  List<String> row(long key, long content) {
    return rowMaker.row(key, content);
  }

  static String tuple(List<String> row) {
    return "(" + String.join(",", row) + ")";
  }
}
