package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalLong;

/** Looks at the demo's database on one side. One thread only. */
final class ShopView {
  private static final int NO_SUCH_TABLE = 1146;
  private static final int NO_SUCH_DATABASE = 1049;

  private final Connection connection;

  ShopView(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  /** Rows over all tables that exist. */
  long rows() throws SQLException {
    long rows = 0;
    for (String table : DemoShop.TABLES) {
      rows += number("SELECT COUNT(*) FROM " + DemoShop.DATABASE + "." + table).orElse(0);
    }
    return rows;
  }

  /** The last beat that has arrived, in milliseconds since 1970. */
  OptionalLong beat() throws SQLException {
    return number("SELECT beat FROM " + DemoShop.DATABASE + ".pulse WHERE id = 1");
  }

  private OptionalLong number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
