package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * The demo's database: a shop of six related tables, filled with rows that differ from one another.
 */
final class DemoShop {
  static final String DATABASE = "shop";
  static final List<String> TABLES =
      List.of("customers", "products", "orders", "order_items", "payments", "pulse");

  private static final int ROWS_PER_STATEMENT = 1_000;
  private static final List<String> CITIES =
      List.of("Hangzhou", "São Paulo", "杭州", "Zürich", "Kraków", "東京", "Nairobi", "Montréal");
  private static final List<String> STATES = List.of("new", "paid", "shipped", "returned");

  private static final List<String> DDL =
      List.of(
          """
          CREATE TABLE customers (
            id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
            email VARCHAR(120) NOT NULL,
            name VARCHAR(80) NOT NULL COMMENT 'as printed on parcels',
            city VARCHAR(60) DEFAULT 'Hangzhou',
            created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
            updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
            PRIMARY KEY (id),
            UNIQUE KEY uk_email (email),
            KEY by_city (city(10))
          )""",
          """
          CREATE TABLE products (
            sku VARCHAR(32) NOT NULL,
            title VARCHAR(200) NOT NULL,
            price DECIMAL(12, 2) NOT NULL,
            stock INT UNSIGNED NOT NULL DEFAULT 0,
            weight_kg DOUBLE,
            attributes JSON,
            thumbnail VARBINARY(64),
            PRIMARY KEY (sku)
          )""",
          """
          CREATE TABLE orders (
            id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
            customer_id BIGINT UNSIGNED NOT NULL,
            status ENUM('new','paid','shipped','returned') NOT NULL DEFAULT 'new',
            total DECIMAL(14, 2) NOT NULL,
            note TEXT,
            gift BIT(1) NOT NULL DEFAULT b'0',
            placed_at DATETIME(6) NOT NULL,
            PRIMARY KEY (id),
            KEY by_customer (customer_id, placed_at)
          )""",
          """
          CREATE TABLE order_items (
            order_id BIGINT UNSIGNED NOT NULL,
            line_no SMALLINT UNSIGNED NOT NULL,
            sku VARCHAR(32) NOT NULL,
            quantity INT NOT NULL,
            price DECIMAL(12, 2) NOT NULL,
            PRIMARY KEY (order_id, line_no),
            KEY by_sku (sku)
          )""",
          """
          CREATE TABLE payments (
            reference CHAR(20) NOT NULL,
            order_id BIGINT UNSIGNED NOT NULL,
            method SET('card','voucher','transfer') NOT NULL,
            amount DECIMAL(14, 2) NOT NULL,
            paid_on DATE,
            PRIMARY KEY (reference),
            KEY by_order (order_id)
          )""",
          """
          CREATE TABLE pulse (
            id INT NOT NULL,
            beat BIGINT NOT NULL COMMENT 'written by the demo to measure how far the destination is behind',
            PRIMARY KEY (id)
          )""");

  private final long customers;
  private final long products;
  private final long orders;

  /** A shop of about so many rows over all tables. */
  DemoShop(long rows) {
    // One order comes with two items and a payment; a tenth of the rows are customers, a twentieth
    // products.
    this.orders = Math.max(10, rows * 85 / 100 / 4);
    this.customers = Math.max(10, rows / 10);
    this.products = Math.max(10, rows - orders * 4 - customers);
  }

  long customers() {
    return customers;
  }

  long products() {
    return products;
  }

  long orders() {
    return orders;
  }

  /** Rows over all tables, as {@link #create} leaves them. */
  long rows() {
    return customers + products + orders * 4 + 1;
  }

  /** The engines may be somebody's own: the demo never replaces a database. */
  static void refuseExisting(Connection connection, String side) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW DATABASES LIKE '" + DATABASE + "'")) {
      if (row.next()) {
        throw new IllegalStateException(
            side + " has a database " + DATABASE + " already; drop it, or use another server");
      }
    }
  }

  /** Creates and fills the database. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
      statement.execute("USE " + DATABASE);
      for (String table : DDL) {
        statement.execute(table);
      }
      statement.execute("INSERT INTO pulse VALUES (1, 0)");
      fill(statement, "customers (id, email, name, city)", customers, DemoShop::customer);
      fill(statement, "products", products, DemoShop::product);
      fill(statement, "orders", orders, this::order);
      fill(statement, "order_items", orders * 2, this::item);
      fill(statement, "payments", orders, DemoShop::payment);
    }
  }

  private static void fill(Statement statement, String into, long count, LongFunction<String> tuple)
      throws SQLException {
    StringBuilder sql = new StringBuilder();
    for (long first = 0; first < count; first += ROWS_PER_STATEMENT) {
      sql.setLength(0);
      sql.append("INSERT INTO ").append(into).append(" VALUES ");
      for (long i = first; i < Math.min(count, first + ROWS_PER_STATEMENT); i++) {
        sql.append(i == first ? "" : ",").append(tuple.apply(i));
      }
      statement.execute(sql.toString());
    }
  }

  private static String customer(long i) {
    return format("(%d,'customer%d@example.com','Customer %d','%s')", i + 1, i, i, city(i));
  }

  static String city(long i) {
    return CITIES.get((int) (i % CITIES.size()));
  }

  static String status(long i) {
    return STATES.get((int) (i % STATES.size()));
  }

  private static String product(long i) {
    return format(
        "('%s','Product %d','%d.%02d',%d,%s,'{\"colour\": \"%s\", \"size\": %d}',x'%016x')",
        sku(i),
        i,
        i % 900 + 1,
        i % 100,
        i % 5_000,
        i % 7 == 0 ? "NULL" : Double.toString(i / 7.0),
        i % 2 == 0 ? "red" : "深蓝",
        i % 50,
        i * 2_654_435_761L);
  }

  static String sku(long i) {
    return format("SKU-%08d", i);
  }

  private String order(long i) {
    return format(
        "(%d,%d,'%s','%d.%02d',%s,b'%d','2026-%02d-%02d %02d:%02d:%02d.%06d')",
        i + 1,
        i % customers + 1,
        status(i),
        i % 3_000,
        i % 100,
        i % 5 == 0 ? "'leave it at the door, it''s open 🙂'" : "NULL",
        i % 2,
        i % 12 + 1,
        i % 28 + 1,
        i % 24,
        i % 60,
        i % 59,
        i % 1_000_000);
  }

  private String item(long i) {
    return format(
        "(%d,%d,'%s',%d,'%d.50')", i / 2 + 1, i % 2 + 1, sku(i % products), i % 9 + 1, i % 800);
  }

  private static String payment(long i) {
    return format(
        "('%s',%d,'%s','%d.25',%s)",
        reference("S", i),
        i + 1,
        i % 3 == 0 ? "card,voucher" : "transfer",
        i % 3_000,
        i % 11 == 0 ? "NULL" : format("'2026-%02d-%02d'", i % 12 + 1, i % 28 + 1));
  }

  static String reference(String series, long i) {
    return format("%s-%012d", series, i);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
