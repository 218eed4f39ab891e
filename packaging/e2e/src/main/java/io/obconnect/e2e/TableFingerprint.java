package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A cheap sign that all changes of a table have arrived; no proof that they have arrived rightly.
 *
 * @param rows the number of rows
 * @param sum the sum of the table's {@link BenchTable#fingerprint()} column
 */
record TableFingerprint(long rows, long sum) {

  /** The fingerprint column of every row, by the row's key. */
  static Map<Long, Long> byKey(Connection connection, BenchTable table) throws SQLException {
    String query = "SELECT id, %s FROM %s".formatted(table.fingerprint(), table.id().quoted());
    Map<Long, Long> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        rows.put(row.getLong(1), row.getLong(2));
      }
    }
    return rows;
  }

  static TableFingerprint read(Connection connection, BenchTable table) throws SQLException {
    String query =
        "SELECT COUNT(*), SUM(%s) FROM %s".formatted(table.fingerprint(), table.id().quoted());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return new TableFingerprint(row.getLong(1), row.getLong(2));
    }
  }
}
