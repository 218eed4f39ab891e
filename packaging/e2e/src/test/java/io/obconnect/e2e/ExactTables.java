package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tables that show whether every change was applied exactly once, and the changes. {@code k} has no
 * key: a row applied twice is there twice. {@code c} counts: a change that is lost or comes out of
 * order leaves another number. In {@code u} rows swap the values of two unique keys all the time.
 */
final class ExactTables {
  private static final int SWAPPERS = 30;

  /** What a round wrote is gone so many rounds later: a long run must not become a slow one. */
  private static final int KEPT_ROUNDS = 20;

  private static final String KEYLESS_ROWS =
      "SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS('/', a, v, n))), 0) FROM k";

  /** How much is written. Every row of the table without key is looked for among all its rows. */
  enum Load {
    HEAVY(48, 200),
    LIGHT(24, 400);

    private final int rows;
    private final int pauseMillis;

    Load(int rows, int pauseMillis) {
      this.rows = rows;
      this.pauseMillis = pauseMillis;
    }
  }

  private final Migration migration;
  private final Random random;
  private final Load load;
  private int rounds;
  private volatile boolean ended;
  private CompletableFuture<Void> writer = CompletableFuture.completedFuture(null);

  /** Tables in the source of a migration, which has to write tables without key. */
  ExactTables(Migration migration, long seed) {
    this(migration, seed, Load.HEAVY);
  }

  /** As above, with another load. */
  ExactTables(Migration migration, long seed, Load load) {
    this.migration = migration;
    this.random = new Random(seed);
    this.load = load;
  }

  /** A migration with the options that exactly once takes from end to end. */
  static Migration migrationOf(Migration migration) {
    return migration
        // Stock Debezium repeats itself after a crash unless it is told not to.
        .withSource("exactly.once.support", "required")
        .withSink("consumer.override.isolation.level", "read_committed")
        // The broker's lower limit: a killed worker's partitions need not wait long.
        .withSink("consumer.override.session.timeout.ms", "6000")
        .withSink("consumer.override.heartbeat.interval.ms", "1000")
        .withSink("keyless.tables", "apply");
  }

  void prepare() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < SWAPPERS; id++) {
      rows.add("(" + id + "," + id + ",'name " + id + "')");
    }
    migration.prepare(
        "CREATE TABLE k (a INT NOT NULL, v VARCHAR(40), n INT NOT NULL)",
        "CREATE TABLE c (id INT PRIMARY KEY, n BIGINT NOT NULL)",
        "CREATE TABLE u (id INT PRIMARY KEY, a INT NOT NULL, b VARCHAR(40) NOT NULL,"
            + " UNIQUE KEY (a), UNIQUE KEY (b))",
        "INSERT INTO u VALUES " + String.join(",", rows),
        "INSERT INTO c VALUES (1,0),(2,0),(3,0),(4,0),(5,0),(6,0),(7,0)");
  }

  /** One round of changes. */
  void write() throws SQLException {
    rounds++;
    List<String> statements = new ArrayList<>();
    StringBuilder insert = new StringBuilder("INSERT INTO k VALUES ");
    for (int i = 0; i < load.rows; i++) {
      // Every third row twice: what is equal must not be taken for one.
      insert.append(i == 0 ? "(" : ",(").append(rounds).append(",'v").append(i / 3 * 2);
      insert.append("',").append(rounds % 7).append(")");
    }
    statements.add(insert.toString());
    statements.add(
        "UPDATE k SET n = n + 100 WHERE a = " + (rounds - 1) + " LIMIT " + load.rows / 6);
    statements.add(
        "DELETE FROM k WHERE a = " + Math.max(0, rounds - 3) + " LIMIT " + load.rows / 2);
    statements.add("UPDATE c SET n = n + 1");
    statements.add("INSERT INTO c VALUES (" + (rounds + 10) + ",1)");
    statements.add("DELETE FROM k WHERE a = " + (rounds - KEPT_ROUNDS));
    statements.add("DELETE FROM c WHERE id > 10 AND id = " + (rounds + 10 - KEPT_ROUNDS));
    for (int i = 0; i < 5; i++) {
      swap(statements);
    }
    migration.onSource(statements.toArray(String[]::new));
  }

  private void swap(List<String> statements) {
    int one = random.nextInt(SWAPPERS);
    int other = (one + 1 + random.nextInt(SWAPPERS - 1)) % SWAPPERS;
    statements.add("SELECT a, b INTO @a1, @b1 FROM u WHERE id = %d".formatted(one));
    statements.add("SELECT a, b INTO @a2, @b2 FROM u WHERE id = %d".formatted(other));
    statements.add("UPDATE u SET a = -1, b = '-' WHERE id = " + one);
    statements.add("UPDATE u SET a = @a1, b = @b1 WHERE id = " + other);
    statements.add("UPDATE u SET a = @a2, b = @b2 WHERE id = " + one);
  }

  /** Waits until all that has been counted by now is counted in the destination, too. */
  void awaitArrival() throws SQLException {
    String counted = migration.onSourceValue("SELECT n FROM c WHERE id = 1");
    migration.awaitOnDestination("SELECT n >= " + counted + " FROM c WHERE id = 1", "1");
  }

  /** Writes rounds until {@link #stopWriting()}. */
  void startWriting() {
    ended = false;
    writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (!ended) {
                  write();
                  TimeUnit.MILLISECONDS.sleep(load.pauseMillis);
                }
              } catch (SQLException e) {
                throw new IllegalStateException("the source refused a change", e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  void stopWriting() throws Exception {
    ended = true;
    writer.get(30, TimeUnit.SECONDS);
  }

  void assertExact() throws Exception {
    migration.awaitCaughtUp().assertEqual("c", "u");
    assertEquals(
        migration.onSourceRow(KEYLESS_ROWS),
        migration.onDestinationRow(KEYLESS_ROWS),
        "rows of the table without key: number and checksum");
  }
}
