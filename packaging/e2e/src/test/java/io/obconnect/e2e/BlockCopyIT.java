package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A full copy in blocks, by the source and the sink of this project. */
@ExtendWith(LocalStackExtension.class)
class BlockCopyIT {
  private static final String FILE = "mysql-source-blocks.json";
  private static final String SINK_FILE = "oceanbase-sink-blocks.json";
  private static final int ROWS = 20_000;

  private static Migration blocks(Migration migration) {
    return migration
        .withSource("copy.chunk.bytes", "65536")
        .withSource("copy.block.bytes", "20000")
        .withSource("tasks.max", "3");
  }

  /** Keys of several columns, compared by a collation; rows move, come and go under the copy. */
  @Test
  void tableIsCopiedWhileItIsWrittenTo(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("blk_live", mysql, oceanbase, kafka, connect)) {
      blocks(migration)
          .prepare(
              "CREATE TABLE t (a VARCHAR(40) NOT NULL, b INT NOT NULL, n BIGINT NOT NULL,"
                  + " s VARCHAR(200), PRIMARY KEY (a, b))");
      fill(mysql, "blk_live");
      AtomicBoolean ended = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> write(mysql, "blk_live", ended));
      migration.startSource(FILE).startSink(SINK_FILE);
      migration.awaitOnDestination("SELECT COUNT(*) > " + ROWS / 2 + " FROM t", "1");
      ended.set(true);
      writer.join();
      migration.awaitCaughtUp().assertEqual("t");

      assertTrue(
          Integer.parseInt(
                  migration.onDestinationValue(
                      "SELECT COUNT(DISTINCT chunk) FROM obconnect.copied_chunks WHERE connector ="
                          + " 'blk_live-sink' AND source_table = 't' AND finished = 1"))
              > 10);
    }
  }

  @Test
  void valuesOfAllTypesAreTheSame(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("blk_types", mysql, oceanbase, kafka, connect)) {
      blocks(migration)
          .withSource("tasks.max", "1")
          .prepare(TypeMatrix.tables().toArray(String[]::new))
          .onSource(TypeMatrix.rows(0).toArray(String[]::new));
      migration.startSource(FILE).startSink(SINK_FILE).awaitCaughtUp();
      for (TypeCase type : TypeCase.EXACT) {
        migration.assertEqual(type.table());
      }
      assertEquals("1", migration.onDestinationValue("SELECT COUNT(*) > 0 FROM t_int"));
    }
  }

  /** What Debezium's records cannot say. */
  @Test
  void valuesThatChangeEventsCannotCarryArrive(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("blk_exact", mysql, oceanbase, kafka, connect)) {
      blocks(migration)
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, d DATE, dt DATETIME(6), y YEAR, f FLOAT,"
                  + " g DOUBLE, b BIT(64), v VARBINARY(20), z INT ZEROFILL,"
                  + " e ENUM('', 'x'))",
              "SET sql_mode = 'ALLOW_INVALID_DATES'",
              "INSERT INTO t VALUES (1, '0000-00-00', '0000-00-00 00:00:00', 0, 0.1, -0e0, ~0,"
                  + " x'00ff27', 7, 0),"
                  + " (2, '2024-00-15', '2024-02-31 23:59:59.999999', 2155, 3.4e38, 2.2250738585072014e-308,"
                  + " 1, '', 0, ''), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)")
          .startSource(FILE)
          .startSink(SINK_FILE)
          .awaitCaughtUp()
          .assertEqual("t");
      assertEquals(
          "0000-00-00 2024-00-15",
          migration.onDestinationValue(
              "SELECT GROUP_CONCAT(CONCAT(d) ORDER BY id SEPARATOR ' ') FROM t"));
    }
  }

  /** Also with Kafka's own converter, to which a block is bytes like any other. */
  @Test
  void workerIsKilledInTheMiddleOfACopyThatIsResumed(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String converter = "org.apache.kafka.connect.json.JsonConverter";
    try (Migration migration = new Migration("blk_kill", mysql, oceanbase, kafka, connect)) {
      blocks(migration)
          .withSource("value.converter", converter)
          .withSink("value.converter", converter)
          .prepare(
              "CREATE TABLE t (a VARCHAR(40) NOT NULL, b INT NOT NULL, n BIGINT NOT NULL,"
                  + " s VARCHAR(200), PRIMARY KEY (a, b), UNIQUE KEY (b))");
      fill(mysql, "blk_kill");
      migration.startSource(FILE).startSink(SINK_FILE);
      for (int percent : new int[] {10, 60}) {
        migration.awaitOnDestination("SELECT COUNT(*) > " + ROWS * percent / 100 + " FROM t", "1");
        migration.onSource("UPDATE t SET n = n + 1 WHERE b % 10 = 3");
        connect.kill();
        migration.onSource("DELETE FROM t WHERE b % 97 = " + percent);
        connect.start();
      }
      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  /** No row says whether it is there already: each attempt begins with an empty table. */
  @Test
  void tableWithoutAKeyIsCopiedWhileItIsWrittenToAndAWorkerIsKilled(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        ExactTables.migrationOf(new Migration("blk_keyless", mysql, oceanbase, kafka, connect))) {
      blocks(migration)
          .withSource("copy.block.bytes", "2048")
          .prepare(
              "CREATE TABLE t (a VARCHAR(40) NOT NULL, b INT NOT NULL, n BIGINT NOT NULL,"
                  + " s VARCHAR(200), KEY (b))");
      fill(mysql, "blk_keyless");
      AtomicBoolean ended = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> writeKeyless(migration, ended));
      migration.startSource(FILE);
      awaitBlocks(kafka, "blk_keyless.copy", 20);
      connect.kill();
      connect.start();
      migration.startSink(SINK_FILE);
      migration.awaitOnDestination(
          "SELECT COUNT(*) FROM obconnect.copied_chunks WHERE connector = 'blk_keyless-sink' AND"
              + " source_table = 't' AND finished = 1",
          "1");
      ended.set(true);
      writer.join();
      migration.awaitCaughtUp().assertEqual("t");
      assertEquals(
          "0,1",
          migration.onDestinationValue(
              "SELECT GROUP_CONCAT(finished ORDER BY finished) FROM obconnect.copied_chunks WHERE"
                  + " connector = 'blk_keyless-sink' AND source_table = 't'"),
          "attempts");
    }
  }

  private static void awaitBlocks(KafkaBroker kafka, String topic, long count) {
    TopicPartition only = new TopicPartition(topic, 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await("the first blocks")
          .atMost(Migration.TIMEOUT)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsMatching(e -> e.getCause() instanceof UnknownTopicOrPartitionException)
          .until(
              () ->
                  admin
                          .listOffsets(Map.of(only, OffsetSpec.latest()))
                          .partitionResult(only)
                          .get(30, TimeUnit.SECONDS)
                          .offset()
                      >= count);
    }
  }

  /** Who waits for the lock holds up all writers, so nobody waits for long. */
  @Test
  void longTransactionIsOutwaitedBeforeATableWithoutAKeyIsCopied(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String waiting =
        "SELECT COUNT(*) FROM performance_schema.metadata_locks WHERE object_schema = 'blk_lock'"
            + " AND object_name = 't' AND lock_status = 'PENDING'";
    try (Migration migration =
            ExactTables.migrationOf(new Migration("blk_lock", mysql, oceanbase, kafka, connect));
        Connection writer = mysql.connect()) {
      blocks(migration).prepare("CREATE TABLE t (n INT)", "INSERT INTO t VALUES (1), (1)");
      writer.setAutoCommit(false);
      writer.createStatement().execute("INSERT INTO blk_lock.t VALUES (2)");
      migration.startSource(FILE).startSink(SINK_FILE);
      for (String expected : new String[] {"1", "0"}) {
        await("a lock asked for, then given up")
            .atMost(Migration.TIMEOUT)
            .until(() -> migration.onSourceValue(waiting), expected::equals);
      }
      writer.createStatement().execute("INSERT INTO blk_lock.t VALUES (2)");
      writer.commit();
      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  /** The same row twice, one of two equal rows, a row that another one becomes equal to. */
  private static void writeKeyless(Migration migration, AtomicBoolean ended) {
    Random random = new Random(11);
    try {
      for (int round = 0; round < 150 && !ended.get(); round++) {
        int b = random.nextInt(ROWS);
        migration.onSource(
            "INSERT INTO t SELECT * FROM t WHERE b = " + b,
            "UPDATE t SET n = n + 1 WHERE b IN (" + b + "," + (b + 1) + ") LIMIT 3",
            "DELETE FROM t WHERE b = " + (b + 1) + " LIMIT 1",
            "DELETE FROM t WHERE b = " + b + " LIMIT 1");
      }
    } catch (Exception e) {
      throw new IllegalStateException("writing failed", e);
    }
  }

  /** Nothing says of a table that is there whether its rows are to come, but its definition. */
  @Test
  void tableThatTheDestinationHasIsCopiedBeforeItsChangesAreApplied(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    // The collation that the destination would get, which lacks MySQL's default one.
    String table =
        "CREATE TABLE t (a VARCHAR(40) COLLATE utf8mb4_bin NOT NULL, b INT NOT NULL, n BIGINT NOT NULL,"
            + " s VARCHAR(200), PRIMARY KEY (a, b))";
    try (Migration migration = new Migration("blk_there", mysql, oceanbase, kafka, connect)) {
      blocks(migration)
          .prepare(table, "CREATE TABLE later (id INT PRIMARY KEY)", "INSERT INTO later VALUES (1)")
          .withSource("table.include.list", "blk_there.t,blk_there.marker")
          .onDestination(table, "INSERT INTO t VALUES ('Key', 1, 5, 'old')");
      fill(mysql, "blk_there");
      migration.onSource("INSERT INTO t VALUES ('Key', 1, 6, 'new')");
      migration.startSource(FILE).startSink(SINK_FILE).awaitCaughtUp().assertEqual("t");

      migration.onSource("CREATE TABLE streamed (id INT PRIMARY KEY)");
      migration
          .reconfigureSource(
              FILE,
              "table.include.list",
              "blk_there.t,blk_there.marker,blk_there.later,blk_there.streamed")
          .onSource("INSERT INTO later VALUES (2)")
          .awaitCaughtUp()
          .awaitOnDestination("SELECT COUNT(*) FROM later", "2");
    }
  }

  private static void fill(MySqlServer mysql, String database) throws Exception {
    try (Connection connection = mysql.connect()) {
      connection.setCatalog(database);
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setString(1, "Key'\\" + (char) ('a' + i % 26) + (char) ('Z' - i % 7) + i % 500);
          insert.setInt(2, i);
          insert.setLong(3, 0);
          insert.setString(4, i % 10 == 0 ? null : "x\"\\'\n\0é漢😀" + "-".repeat(i % 150));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    }
  }

  private static void write(MySqlServer mysql, String database, AtomicBoolean ended) {
    Random random = new Random(7);
    try (Connection connection = mysql.connect()) {
      connection.setCatalog(database);
      try (PreparedStatement update =
              connection.prepareStatement("UPDATE t SET n = n + 1 WHERE b = ?");
          PreparedStatement move =
              connection.prepareStatement("UPDATE IGNORE t SET b = b + 1000000 WHERE b = ?");
          PreparedStatement delete = connection.prepareStatement("DELETE FROM t WHERE b = ?");
          PreparedStatement insert =
              connection.prepareStatement("INSERT IGNORE INTO t VALUES ('m', ?, 1, 'new')")) {
        connection.createStatement().execute("CREATE INDEX by_b ON t (b)");
        while (!ended.get()) {
          PreparedStatement[] all = {update, update, update, move, delete, insert};
          PreparedStatement one = all[random.nextInt(all.length)];
          one.setInt(1, random.nextInt(ROWS));
          one.executeUpdate();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("writing failed", e);
    }
  }
}
