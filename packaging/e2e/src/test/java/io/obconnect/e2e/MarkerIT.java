package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is in order with all rows of a table, in several partitions and tasks. */
@ExtendWith(LocalStackExtension.class)
class MarkerIT {
  private static final String TABLE = "CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL)";
  private static final int KEYS = 500;

  /** Rows come and go under the same keys, so that each one on the wrong side shows. */
  private static void write(MySqlServer mysql, String database, AtomicBoolean ended)
      throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(database);
      for (int n = 0; !ended.get(); n++) {
        int first = n * 37 % KEYS;
        statement.execute(
            "REPLACE INTO t VALUES (%d, %d), (%d, %d), (%d, %d)"
                .formatted(first, n, (first + 101) % KEYS, n, (first + 211) % KEYS, n));
      }
    }
  }

  private static void truncate(Migration migration, MySqlServer mysql, Killing killing)
      throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          executor.submit(
              () -> {
                write(mysql, migration.database(), ended);
                return null;
              });
      for (int i = 0; i < 8; i++) {
        migration.onSource("INSERT INTO beside VALUES (" + i + ")", "TRUNCATE TABLE t");
        migration.awaitOnDestination("SELECT COUNT(*) FROM beside WHERE id = " + i, "1");
        if (i == 4) {
          killing.run();
        }
      }
      ended.set(true);
      writing.get();
    } finally {
      ended.set(true);
      executor.shutdown();
    }
  }

  @FunctionalInterface
  private interface Killing {
    void run() throws Exception;
  }

  private static Migration migration(
      String database,
      MySqlServer mysql,
      OceanBaseServer oceanbase,
      KafkaBroker kafka,
      ConnectWorker connect)
      throws Exception {
    return new Migration(database, mysql, oceanbase, kafka, connect)
        .withPartitions(3)
        .withSink("tasks.max", "2")
        .withSink("table.error.policy", "fail")
        .prepare(TABLE, "CREATE TABLE beside (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1, 1)")
        .startSource("mysql-source.json")
        .startSink()
        .awaitCaughtUp();
  }

  @Test
  void truncationsAmidWritesAreInOrderInAllPartitionsAndTasks(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = migration("mark_trunc", mysql, oceanbase, kafka, connect)) {
      truncate(migration, mysql, () -> {});
      migration.awaitCaughtUp().assertEqual("t", "beside");
      assertEquals(
          "8",
          migration.onDestinationValue(
              "SELECT COUNT(*) FROM obconnect.passed_markers WHERE connector = '"
                  + migration.sinkName()
                  + "'"));
    }
  }

  /** Whatever was sent or reached last comes again. */
  @Test
  void sourceAndSinkAreKilledAmidTruncations(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = migration("mark_kill", mysql, oceanbase, kafka, connect)) {
      truncate(
          migration,
          mysql,
          () -> {
            migration.onSource("TRUNCATE TABLE t");
            connect.kill();
            migration.onSource("TRUNCATE TABLE t");
            connect.start();
          });
      migration.awaitCaughtUp().assertEqual("t", "beside");
    }
  }

  /** Rows that were copied as they were behind the truncation come again behind it. */
  @Test
  void tableIsTruncatedWhileItIsCopiedInBlocks(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("mark_copy", mysql, oceanbase, kafka, connect)) {
      migration
          .withPartitions(3)
          .withSource("copy.chunk.bytes", "65536")
          .withSource("copy.block.bytes", "20000")
          .withSource("tasks.max", "3")
          .withSink("tasks.max", "2")
          .prepare(TABLE, "CREATE TABLE beside (id INT PRIMARY KEY)")
          .onSource(rows());
      migration.startSource("mysql-source-blocks.json").startSink("oceanbase-sink-blocks.json");
      truncate(migration, mysql, () -> {});
      migration.awaitCaughtUp().assertEqual("t", "beside");
    }
  }

  private static String rows() {
    return IntStream.range(KEYS, 20_000)
        .mapToObj(id -> "(" + id + ", 0)")
        .collect(Collectors.joining(",", "INSERT INTO t VALUES ", ""));
  }
}
