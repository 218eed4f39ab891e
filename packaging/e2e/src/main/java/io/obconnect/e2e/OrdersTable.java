package io.obconnect.e2e;

import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The table that benchmarks copy: eight columns, about 230 bytes a row as SQL text, one secondary
 * index, keys without a gap from 1. No value is of a kind that some contender cannot carry, so that
 * all of them do the same work.
 */
final class OrdersTable {
  static final TableId ID = new TableId("shop", "orders");

  private static final int ROWS_PER_STATEMENT = 2_000;
  private static final String NOTE =
      "please ring twice, leave the parcel with the neighbours when nobody answers, and send the"
          + " bill to the office in Hangzhou (attn. Ms Li, 3rd floor, room 12)";

  private static final String DEFINITION =
      """
      CREATE TABLE orders (
        id BIGINT NOT NULL AUTO_INCREMENT,
        customer_id BIGINT NOT NULL,
        sku VARCHAR(32) NOT NULL,
        status VARCHAR(16) NOT NULL DEFAULT 'new',
        quantity INT NOT NULL,
        total DECIMAL(14, 2) NOT NULL,
        note VARCHAR(255),
        placed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        KEY by_customer (customer_id, placed_at)
      )""";

  private OrdersTable() {}

  /** Creates the table, empty, in the engine's default collation; an existing one is replaced. */
  static void create(Connection connection) throws SQLException {
    createDatabase(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE " + ID.database());
      statement.execute(DEFINITION);
    }
  }

  /** Creates the database without the table; an existing one is replaced. */
  static void createDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + ID.database());
      statement.execute("CREATE DATABASE " + ID.database());
    }
  }

  /** Inserts rows 1 to the given number. */
  static void fill(Connection connection, long rows) throws SQLException {
    StringBuilder sql = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE " + ID.database());
      for (long first = 1; first <= rows; first += ROWS_PER_STATEMENT) {
        sql.setLength(0);
        sql.append("INSERT INTO orders VALUES ");
        for (long id = first; id <= Math.min(rows, first + ROWS_PER_STATEMENT - 1); id++) {
          sql.append(id == first ? "" : ",").append(tuple(id));
        }
        statement.execute(sql.toString());
      }
    }
  }

  private static String tuple(long id) {
    return String.format(
        Locale.ROOT,
        "(%d,%d,'SKU-%08d','%s',%d,%d.%02d,'%s','2026-%02d-%02d %02d:%02d:%02d.%06d')",
        id,
        id * 7_919 % 100_000,
        id * 31 % 50_000,
        DemoShop.status(id),
        id % 9 + 1,
        id % 3_000,
        id % 100,
        NOTE.substring((int) (id % 7)),
        id % 12 + 1,
        id % 28 + 1,
        id % 24,
        id % 60,
        id % 59,
        id % 1_000_000);
  }
}
