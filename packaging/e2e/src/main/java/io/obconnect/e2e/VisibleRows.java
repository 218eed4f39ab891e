package io.obconnect.e2e;

import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Notes when each of the rows with the keys from 1 on becomes visible. A look reads only what is
 * not known to be complete, because rows may come in another order than their keys. One thread
 * only.
 */
final class VisibleRows {
  private static final long NOT_SEEN = 0;

  private final Connection connection;
  private final String query;
  private final long[] seenNanos;

  /** All keys up to this one have been seen. */
  private int complete;

  VisibleRows(Connection connection, TableId table, int rows) {
    this.connection = Objects.requireNonNull(connection, "connection");
    this.query = "SELECT id FROM " + table.quoted() + " WHERE id > ";
    this.seenNanos = new long[rows];
  }

  /** Looks once; the time of a row is when the look that found it had ended. */
  boolean allAfterLook() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query + complete)) {
      long nowNanos = System.nanoTime();
      while (row.next()) {
        int index = Math.toIntExact(row.getLong(1)) - 1;
        if (seenNanos[index] == NOT_SEEN) {
          seenNanos[index] = nowNanos;
        }
      }
    }
    while (complete < seenNanos.length && seenNanos[complete] != NOT_SEEN) {
      complete++;
    }
    return complete == seenNanos.length;
  }

  /** How many rows have been seen without a gap. */
  int complete() {
    return complete;
  }

  /** By key less 1, by {@link System#nanoTime()}. */
  long[] seenNanos() {
    return seenNanos.clone();
  }
}
