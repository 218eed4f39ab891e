package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Transactions of the source become visible as a whole: money moves between the accounts of several
 * tables, and whoever looks at the destination at any time finds the same sum.
 */
@ExtendWith(LocalStackExtension.class)
class SourceTransactionsIT {
  private static final int TABLES = 3;
  private static final int ACCOUNTS = 20;
  private static final int TRANSFERS = 4;
  private static final int WRITERS = 4;
  private static final int DEADLOCK = 1213;

  /** Between two transactions of a writer: one lane has to keep up. */
  private static final int PAUSE_MILLIS = 20;

  private static final String DATABASE = "bank";
  private static final String SUM =
      "SELECT SUM(n), SUM(moves) FROM ("
          + IntStream.range(0, TABLES)
              .mapToObj(i -> "SELECT n, moves FROM accounts" + i)
              .collect(Collectors.joining(" UNION ALL "))
          + ") AS all_accounts";

  private final AtomicBoolean writing = new AtomicBoolean(true);
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private final AtomicLong moved = new AtomicLong();
  private final Set<Long> sums = ConcurrentHashMap.newKeySet();
  private final Set<Long> states = ConcurrentHashMap.newKeySet();

  @Test
  void sumOfAllAccountsNeverChangesThoughTheWorkerIsKilled(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Migration migration =
        new Migration(DATABASE, mysql, oceanbase, kafka, connect)
            .withSource("provide.transaction.metadata", "true")
            .withPartitions(3)
            .withSink("transaction.mode", "source")) {
      migration.prepare(tables()).start().awaitCaughtUp();
      Future<?> reader = threads.submit(() -> read(oceanbase));
      Future<?>[] writers =
          IntStream.range(0, WRITERS)
              .mapToObj(seed -> threads.submit(() -> write(mysql, seed)))
              .toArray(Future<?>[]::new);

      for (int kill = 0; kill < 2; kill++) {
        awaitStates(20);
        connect.kill();
        connect.start();
      }
      awaitStates(20);
      writing.set(false);
      for (Future<?> writer : writers) {
        writer.get();
      }
      migration.awaitCaughtUp();
      reading.set(false);
      reader.get();

      assertEquals(Set.of((long) TABLES * ACCOUNTS * 100), sums);
      assertTrue(moved.get() > 0);
      migration.assertEqual("accounts0", "accounts1", "accounts2");
      assertEquals(
          "0", migration.onDestinationValue("SELECT SUM(moves) - " + 2 * moved.get() + sources()));
    } finally {
      reading.set(false);
      writing.set(false);
      threads.shutdownNow();
    }
  }

  private static String sources() {
    return SUM.substring(SUM.indexOf(" FROM ("));
  }

  private static String[] tables() {
    return IntStream.range(0, TABLES)
        .boxed()
        .flatMap(
            i ->
                Stream.of(
                    "CREATE TABLE accounts"
                        + i
                        + " (id INT PRIMARY KEY, n BIGINT NOT NULL, moves BIGINT NOT NULL)",
                    "INSERT INTO accounts"
                        + i
                        + " VALUES "
                        + IntStream.range(0, ACCOUNTS)
                            .mapToObj(id -> "(" + id + ",100,0)")
                            .collect(Collectors.joining(","))))
        .toArray(String[]::new);
  }

  /** The reader has seen that many more states. */
  private void awaitStates(int more) {
    int before = states.size();
    await("changes in the destination")
        .atMost(Migration.TIMEOUT)
        .until(() -> states.size() >= before + more);
  }

  private Void write(SqlEngine source, int seed) throws SQLException, InterruptedException {
    Random random = new Random(seed);
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(DATABASE);
      connection.setAutoCommit(false);
      while (writing.get()) {
        try {
          for (int i = 0; i < TRANSFERS; i++) {
            int amount = random.nextInt(50);
            statement.execute(move(random, -amount));
            statement.execute(move(random, amount));
          }
          connection.commit();
          moved.addAndGet(TRANSFERS);
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (SQLException e) {
          if (e.getErrorCode() != DEADLOCK) {
            throw e;
          }
          connection.rollback();
        }
      }
    }
    return null;
  }

  private static String move(Random random, int amount) {
    return "UPDATE accounts"
        + random.nextInt(TABLES)
        + " SET n = n + ("
        + amount
        + "), moves = moves + 1 WHERE id = "
        + random.nextInt(ACCOUNTS);
  }

  /** One statement sees one state. */
  private Void read(SqlEngine destination) throws SQLException {
    try (Connection connection = destination.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(DATABASE);
      while (reading.get()) {
        try (ResultSet row = statement.executeQuery(SUM)) {
          row.next();
          sums.add(row.getLong(1));
          states.add(row.getLong(2));
        }
      }
    }
    return null;
  }
}
