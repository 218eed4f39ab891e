package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.BinlogQuirk;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * OceanBaseSourceConnector on a live OceanBase, through a stand-in for its Binlog Service: what
 * arrives is what was committed, and what the service does differently from MySQL loses nothing.
 */
@ExtendWith(LocalStackExtension.class)
class OceanBaseSourceIT {
  private static final String TABLE =
      "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL, v VARCHAR(100))";
  private static final String STOCK_FILE = "mysql-source-debezium.json";

  private static String insert(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(id -> "(" + id + ", 1, 'row " + id + "')")
        .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", ""));
  }

  @Test
  void whatIsCommittedArrivesInTheOrderOfTheCommits(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_live", oceanbase, kafka, connect)) {
      capture.prepare(TABLE, insert(1, 20)).start().awaitCaughtUp();

      writeAtOnce(capture);
      capture
          .runTogether(
              "INSERT INTO t VALUES (1000, 1, 'together')",
              "UPDATE t SET n = n + 1 WHERE id = 1000",
              "UPDATE t SET id = 1001 WHERE id = 1000",
              "DELETE FROM t WHERE id <= 2")
          .change("ALTER TABLE t ADD COLUMN more VARCHAR(10) DEFAULT 'x'")
          .run("INSERT INTO t VALUES (2000, 1, 'with the column', 'y')", "UPDATE t SET more = 'z'")
          .awaitCaughtUp();

      assertEquals(capture.rows("t"), RecordReplay.of(capture.records("t")));
    }
  }

  /** Some transactions are given up, others wait for each other's rows. */
  private static void writeAtOnce(OceanBaseCapture capture) throws Exception {
    int writers = 3;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int seed = writer;
        work.add(
            () -> {
              write(capture, new Random(seed));
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void write(OceanBaseCapture capture, Random random) throws SQLException {
    try (Connection connection = capture.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 100; i++) {
        // One row a transaction first, so that nobody waits in a circle.
        int hot = 1 + random.nextInt(20);
        statement.execute(
            "INSERT INTO t VALUES (" + hot + ", 1, 'hot') ON DUPLICATE KEY UPDATE n = n + 1");
        statement.execute(
            random.nextBoolean()
                ? "UPDATE t SET v = 'changed " + i + "' WHERE id = " + hot
                : "DELETE FROM t WHERE id = " + hot);
        if (random.nextInt(5) == 0) {
          connection.rollback();
        } else {
          connection.commit();
        }
      }
    }
  }

  @Test
  void tenantsUserReadsThroughTheProxyAlone(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_tenant", oceanbase, kafka, connect)) {
      capture
          .throughProxyOnly()
          .with("database.user", oceanbase.user() + "@shop#demo")
          .with("binlog.checksum", "none")
          .prepare(TABLE)
          .start()
          .awaitCaughtUp()
          .run(insert(1, 3))
          .awaitCaughtUp();

      assertEquals(capture.rows("t"), RecordReplay.of(capture.records("t")));
    }
  }

  /** The service heartbeats behind each batch that it flushes, whatever the batch ends in. */
  @Test
  void heartbeatInTransactionLosesNothingWhereStockDebeziumDoes(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    int rows = 12;
    try (OceanBaseCapture stock =
        new OceanBaseCapture("ob_beat_stock", oceanbase, kafka, connect)) {
      stock
          .throughProxyOnly()
          .with("snapshot.locking.mode", "none")
          .with("database.initial.statements", "SET _show_ddl_in_compat_mode = 1");
      interruptInTransaction(stock, STOCK_FILE, rows);
      stock.restartTasks();
      stock.awaitCaughtUp();

      assertTrue(stock.records("t").size() < rows, "nothing was lost");
    }
    try (OceanBaseCapture ours = new OceanBaseCapture("ob_beat", oceanbase, kafka, connect)) {
      interruptInTransaction(ours, OceanBaseCapture.FILE, rows);
      ours.awaitCaughtUp();

      assertEquals(rows, ours.records("t").size());
      assertEquals(ours.rows("t"), RecordReplay.of(ours.records("t")));
    }
  }

  private static void interruptInTransaction(OceanBaseCapture capture, String file, int rows)
      throws Exception {
    int sent = 4;
    capture.prepare(TABLE).start(file).awaitCaughtUp();
    capture.service().set(BinlogQuirk.HEARTBEAT_IN_TRANSACTION, true).holdAfterRows(sent);
    capture.run(insert(1, rows));
    capture.awaitRecords("t", sent);
    // A second time there are no heartbeats: it depends on how the service flushes.
    capture.service().set(BinlogQuirk.HEARTBEAT_IN_TRANSACTION, false).disconnect();
    // Stock Debezium looks after its connection once a minute only.
    capture.service().release();
  }

  @Test
  void disconnectsLoseAndRepeatNothing(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    int disconnects = 5;
    int rows = 40;
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_cut", oceanbase, kafka, connect)) {
      capture.prepare(TABLE).start().awaitCaughtUp();
      for (int i = 0; i < disconnects; i++) {
        capture.service().holdAfterRows(7L * i);
        capture.run(insert(1 + rows * i, rows * (i + 1)));
        capture.awaitRecords("t", rows * i + 7 * i);
        capture.service().disconnect();
        if (i % 2 == 0) {
          capture.service().rotate();
        }
        capture.service().release();
        capture.awaitRecords("t", rows * (i + 1));
      }
      capture.awaitCaughtUp();

      assertEquals(disconnects * rows, capture.records("t").size());
      assertEquals(capture.rows("t"), RecordReplay.of(capture.records("t")));
    }
  }

  /** The service tells late what it has: a connector that has read further has lost nothing. */
  @Test
  void statusThatLagsIsNoLostPosition(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_lag", oceanbase, kafka, connect)) {
      capture.prepare(TABLE).start().awaitCaughtUp();
      capture.service().set(BinlogQuirk.LAGGING_STATUS, true);
      capture.run(insert(1, 3)).awaitCaughtUp();

      capture.restartTasks();
      capture.run(insert(4, 6)).awaitCaughtUp();

      assertEquals(capture.rows("t"), RecordReplay.of(capture.records("t")));
    }
  }

  @Test
  void purgedLogFailsWithWhatToDo(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_purged", oceanbase, kafka, connect)) {
      capture.prepare(TABLE).start().awaitCaughtUp();
      // What is purged while nobody reads is missed.
      capture.service().holdAfterRows(0);
      String before = capture.service().position();
      capture.run(insert(1, 3));
      await("the rows in the log")
          .atMost(Migration.TIMEOUT)
          .untilAsserted(() -> assertNotEquals(before, capture.service().position()));
      capture.service().rotate();
      capture.service().purge();
      capture.service().disconnect();

      String failure = capture.awaitFailure();
      assertTrue(failure.contains("changes are missing"), failure);
      assertTrue(failure.contains("copy the tables again"), failure);
    }
  }

  @Test
  void lostPositionIsAnsweredByACopyWhereWanted(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_anew", oceanbase, kafka, connect)) {
      capture
          .with("on.position.lost", "resnapshot")
          .prepare(TABLE, insert(1, 3))
          .start()
          .awaitCaughtUp();
      capture.service().holdAfterRows(0);
      String before = capture.service().position();
      capture.run(insert(4, 6));
      await("the rows in the log")
          .atMost(Migration.TIMEOUT)
          .untilAsserted(() -> assertNotEquals(before, capture.service().position()));
      capture.service().rotate();
      capture.service().purge();
      capture.service().disconnect();
      capture.service().release();
      capture.run(insert(7, 9)).awaitCaughtUp();
      assertEquals(capture.rows("t"), RecordReplay.of(capture.records("t")));

      // A change behind the copy: the log is not lost faster than it is read.
      capture.awaitCaughtUp();
      capture.service().pause(true);
      capture.run(insert(10, 12));
      capture.service().renew();
      capture.service().pause(false);
      capture.run(insert(13, 15)).awaitCaughtUp();
      assertEquals(capture.rows("t").keySet(), RecordReplay.of(capture.records("t")).keySet());
    }
  }

  @Test
  void streamBeginsBehindTransactionsThatAreNamed(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_start", oceanbase, kafka, connect)) {
      capture.prepare(TABLE, insert(1, 3)).run("INSERT INTO t VALUES (4, 1, 'before')");
      await("the row in the log")
          .atMost(Migration.TIMEOUT)
          .until(() -> capture.service().position().endsWith("-2"));
      capture.with("start.position", capture.service().position()).with("snapshot.mode", "no_data");
      capture.run("UPDATE t SET n = 2 WHERE id = 4", "DELETE FROM t WHERE id = 1");
      capture.service().rotate();
      capture.start().awaitCaughtUp();

      assertEquals(
          List.of("u", "d"),
          capture.records("t").stream()
              .filter(record -> !record.value().isNull())
              .map(TopicRecord::operation)
              .toList());
    }
  }

  @Test
  void newInstanceOfTheServiceFailsWithWhatToDo(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_renewed", oceanbase, kafka, connect)) {
      capture.prepare(TABLE).start().awaitCaughtUp();
      capture.service().renew();
      capture.run(insert(1, 3));

      String failure = capture.awaitFailure();
      assertTrue(failure.contains("changes are missing"), failure);
      assertTrue(failure.contains("copy the tables again"), failure);
    }
  }

  @Test
  void changedShapeWithoutSchemaChangeFails(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_shape", oceanbase, kafka, connect)) {
      capture.prepare(TABLE).start().awaitCaughtUp();
      capture.service().set(BinlogQuirk.DDL_LEFT_OUT, true);
      // As many columns as before.
      capture
          .change("ALTER TABLE t DROP COLUMN v", "ALTER TABLE t ADD COLUMN w DATETIME")
          .run("INSERT INTO t VALUES (1, 1, '2024-02-29 12:34:56')");

      String failure = capture.awaitFailure();
      assertTrue(failure.contains("the definition of table ob_shape.t has changed"), failure);
      assertTrue(failure.contains("copy the tables again"), failure);
    }
  }

  @Test
  void minimalRowImageFails(OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_minimal", oceanbase, kafka, connect)) {
      capture.prepare(TABLE, insert(1, 3)).start().awaitCaughtUp();
      capture.service().set(BinlogQuirk.MINIMAL_ROW_IMAGE, true);
      capture.run("UPDATE t SET v = 'changed' WHERE id = 1");

      String failure = capture.awaitFailure();
      assertTrue(failure.contains("set binlog_row_image to FULL"), failure);
    }
  }

  @Test
  void partialUpdateFails(OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_partial", oceanbase, kafka, connect)) {
      capture
          .prepare(
              "CREATE TABLE t (id BIGINT PRIMARY KEY, j JSON)",
              "INSERT INTO t VALUES (1, '{\"a\": 1, \"b\": [true, null, \"text\", 1.5]}')")
          .start()
          .awaitCaughtUp();
      capture.service().set(BinlogQuirk.PARTIAL_UPDATE, true);
      capture.run("UPDATE t SET j = JSON_SET(j, '$.a', 2)");

      String failure = capture.awaitFailure();
      assertTrue(failure.contains("log_row_value_options"), failure);
    }
  }

  @Test
  void serviceThatAnswersWithoutRowsFailsWithItsAddress(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture = new OceanBaseCapture("ob_mute", oceanbase, kafka, connect)) {
      capture.prepare(TABLE).start().awaitCaughtUp();
      capture.service().set(BinlogQuirk.OK_INSTEAD_OF_ROWS, true);
      capture.restartTasks();

      String failure = capture.awaitFailure();
      assertTrue(failure.contains("as a Binlog Service does"), failure);
      assertTrue(failure.contains(capture.service().address().toString()), failure);
    }
  }
}
