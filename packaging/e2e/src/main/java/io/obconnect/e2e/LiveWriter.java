package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The application that goes on writing: orders with items and payments in one transaction, status
 * updates, hot products, cancelled orders, payments that get another reference (a primary-key
 * change). It runs in a thread of its own at a steady pace until it is closed.
 */
final class LiveWriter implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration BEAT = Duration.ofMillis(100);
  private static final int HOT_PRODUCTS = 20;
  private static final int MIN_OWN_ORDERS = 50;

  private record OwnOrder(long id, int items, String payment) {}

  private final Connection connection;
  private final DemoShop shop;
  private final Random random = new Random(20_261_122L);
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "live-writer");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong writes = new AtomicLong();
  private final AtomicReference<SQLException> failure = new AtomicReference<>();
  private final Deque<OwnOrder> ownOrders = new ArrayDeque<>();
  private long nextOrder;
  private long nextCustomer;
  private long nextReference;
  private long lastBeatNanos;

  /** Writes through a connection that is this object's alone from now on. */
  LiveWriter(Connection connection, DemoShop shop) throws SQLException {
    this.connection = Objects.requireNonNull(connection, "connection");
    this.shop = Objects.requireNonNull(shop, "shop");
    this.nextOrder = shop.orders() + 1;
    this.nextCustomer = shop.customers() + 1;
    connection.setCatalog(DemoShop.DATABASE);
    connection.setAutoCommit(false);
  }

  void start() {
    Future<?> unused =
        scheduler.scheduleAtFixedRate(this::writeOnce, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    Objects.requireNonNull(unused);
  }

  /** Rows written so far, over all tables. */
  long writes() {
    return writes.get();
  }

  private void writeOnce() {
    try (Statement statement = connection.createStatement()) {
      long rows = transaction(statement);
      if (System.nanoTime() - lastBeatNanos > BEAT.toNanos()) {
        rows += beat(statement, System.currentTimeMillis());
        lastBeatNanos = System.nanoTime();
      }
      connection.commit();
      writes.addAndGet(rows);
    } catch (SQLException e) {
      failure.set(e);
      scheduler.shutdown();
    }
  }

  private int transaction(Statement statement) throws SQLException {
    int dice = random.nextInt(100);
    if (ownOrders.size() < MIN_OWN_ORDERS || dice < 35) {
      return placeOrder(statement);
    } else if (dice < 60) {
      return advanceOrder(statement);
    } else if (dice < 75) {
      return sellHotProduct(statement);
    } else if (dice < 85) {
      return cancelOrder(statement);
    } else if (dice < 93) {
      return renamePayment(statement);
    }
    return welcomeCustomer(statement);
  }

  private int placeOrder(Statement statement) throws SQLException {
    long id = nextOrder++;
    int items = 1 + random.nextInt(4);
    String payment = DemoShop.reference("L", nextReference++);
    execute(
        statement,
        "INSERT INTO orders VALUES (%d,%d,'new','%d.%02d',%s,b'%d',NOW(6))",
        id,
        1 + random.nextInt((int) shop.customers()),
        random.nextInt(3_000),
        random.nextInt(100),
        random.nextBoolean() ? "NULL" : "'gift for 李雷'",
        random.nextInt(2));
    for (int line = 1; line <= items; line++) {
      execute(
          statement,
          "INSERT INTO order_items VALUES (%d,%d,'%s',%d,'%d.99')",
          id,
          line,
          DemoShop.sku(random.nextInt((int) shop.products())),
          1 + random.nextInt(9),
          random.nextInt(500));
    }
    execute(
        statement,
        "INSERT INTO payments VALUES ('%s',%d,'card','%d.00',NULL)",
        payment,
        id,
        random.nextInt(3_000));
    ownOrders.addLast(new OwnOrder(id, items, payment));
    return items + 2;
  }

  private int advanceOrder(Statement statement) throws SQLException {
    long id = 1 + (long) (random.nextDouble() * (nextOrder - 1));
    return execute(
        statement,
        "UPDATE orders SET status = '%s', total = total + 1.25 WHERE id = %d",
        DemoShop.status(random.nextInt(4)),
        id);
  }

  private int sellHotProduct(Statement statement) throws SQLException {
    String sku = DemoShop.sku(random.nextInt((int) Math.min(HOT_PRODUCTS, shop.products())));
    return execute(
        statement,
        "UPDATE products SET stock = stock + 1, price = price + 0.01, attributes ="
            + " JSON_SET(attributes, '$.sold', %d) WHERE sku = '%s'",
        random.nextInt(1_000),
        sku);
  }

  private int cancelOrder(Statement statement) throws SQLException {
    OwnOrder order = ownOrders.removeFirst();
    return execute(statement, "DELETE FROM payments WHERE reference = '%s'", order.payment())
        + execute(statement, "DELETE FROM order_items WHERE order_id = %d", order.id())
        + execute(statement, "DELETE FROM orders WHERE id = %d", order.id());
  }

  private int renamePayment(Statement statement) throws SQLException {
    OwnOrder order = ownOrders.removeLast();
    String reference = DemoShop.reference("R", nextReference++);
    ownOrders.addLast(new OwnOrder(order.id(), order.items(), reference));
    return execute(
        statement,
        "UPDATE payments SET reference = '%s', paid_on = CURRENT_DATE WHERE reference = '%s'",
        reference,
        order.payment());
  }

  private int welcomeCustomer(Statement statement) throws SQLException {
    long id = nextCustomer++;
    return execute(
            statement,
            "INSERT INTO customers (id, email, name, city) VALUES (%d,'live%d@example.com','Live %d','%s')",
            id,
            id,
            id,
            DemoShop.city(id))
        + execute(
            statement,
            "UPDATE customers SET city = '%s' WHERE id = %d",
            DemoShop.city(random.nextInt(100)),
            1 + random.nextInt((int) shop.customers()));
  }

  private static int beat(Statement statement, long epochMillis) throws SQLException {
    return execute(statement, "UPDATE pulse SET beat = %d WHERE id = 1", epochMillis);
  }

  private static int execute(Statement statement, String sql, Object... arguments)
      throws SQLException {
    return statement.executeUpdate(String.format(Locale.ROOT, sql, arguments));
  }

  /**
   * Ends the writing with one last beat.
   *
   * @return the beat, in milliseconds since 1970; when the destination has it, the source has sent
   *     everything
   * @throws SQLException also when writing had ended before because of a failure
   */
  long finish() throws SQLException {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new SQLException("the live writer's last transaction took more than 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the live writer ended", e);
    }
    SQLException failed = failure.get();
    if (failed != null) {
      throw new SQLException("the live writer failed: " + failed.getMessage(), failed);
    }
    long last = System.currentTimeMillis() + 1;
    try (Statement statement = connection.createStatement()) {
      writes.addAndGet(beat(statement, last));
      connection.commit();
    }
    return last;
  }

  @Override
  public void close() throws SQLException {
    scheduler.shutdownNow();
    connection.close();
  }
}
