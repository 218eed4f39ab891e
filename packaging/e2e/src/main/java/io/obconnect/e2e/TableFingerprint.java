package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A cheap sign that all changes of a table have arrived; no proof that they have arrived rightly.
 *
 * @param rows the number of rows
 * @param sum the sum of the table's {@link BenchTable#fingerprint()} column
 */
record TableFingerprint(long rows, long sum) {

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
