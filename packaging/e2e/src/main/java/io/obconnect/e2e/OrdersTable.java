package io.obconnect.e2e;

import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The table that most benchmarks write: eight columns, about 230 bytes a row as SQL text, one
 * secondary index. No value is of a kind that some contender cannot carry, so that all of them do
 * the same work.
 */
final class OrdersTable {
  /** Where the full copy has it, with keys without a gap from 1. */
  static final TableId ID = new TableId("shop", "orders");

  private static final String NOTE =
      "please ring twice, leave the parcel with the neighbours when nobody answers, and send the"
          + " bill to the office in Hangzhou (attn. Ms Li, 3rd floor, room 12)";

  private static final String ELEMENTS =
      """

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
      """;
  private static final List<String> COLUMNS =
      List.of("id", "customer_id", "sku", "status", "quantity", "total", "note", "placed_at");

  static final BenchTable TABLE = at(ID);

  private OrdersTable() {}

  /** The table under another name. */
  static BenchTable at(TableId id) {
    return new BenchTable(id, ELEMENTS, COLUMNS, "customer_id", false, OrdersTable::row);
  }

  /** Creates the table, empty, in the engine's default collation; an existing one is replaced. */
  static void create(Connection connection) throws SQLException {
    createDatabase(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE.createStatement());
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
    TABLE.insert(connection, LongStream.rangeClosed(1, rows).mapToObj(id -> row(id, id)));
  }

  /** Creates and fills the table in the benchmark's MySQL. */
  static void prepareSource(BenchContext context) throws Exception {
    context
        .screen()
        .step(
            "MySQL (source)",
            () -> {
              try (Connection source = context.stack().mysql().connect()) {
                create(source);
                fill(source, context.rows());
              }
              return Screen.number(context.rows()) + " rows in " + ID;
            });
  }

  private static List<String> row(long key, long content) {
    return List.of(
        Long.toString(key),
        Long.toString(content * 7_919 % 100_000),
        format("'SKU-%08d'", content * 31 % 50_000),
        "'" + DemoShop.status(content) + "'",
        Long.toString(content % 9 + 1),
        format("%d.%02d", content % 3_000, content % 100),
        "'" + NOTE.substring((int) (content % 7)) + "'",
        format(
            "'2026-%02d-%02d %02d:%02d:%02d.%06d'",
            content % 12 + 1,
            content % 28 + 1,
            content % 24,
            content % 60,
            content % 59,
            content % 1_000_000));
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
