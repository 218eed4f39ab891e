package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class SchemaMigrationIT {

  @Test
  void definitionsArriveAndEveryRewriteIsKeptWithItsReason(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("definitions", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              """
              CREATE TABLE wide (
                id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'it''s the key',
                name VARCHAR(50) NOT NULL DEFAULT 'no one',
                price DECIMAL(12,3) UNSIGNED DEFAULT '1.500',
                state ENUM('a','b''c') DEFAULT 'a',
                changed TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
                body TEXT,
                doubled BIGINT GENERATED ALWAYS AS (LENGTH(name) * 2) STORED,
                PRIMARY KEY (id),
                UNIQUE KEY uk (name),
                KEY prefix (body(20)),
                CONSTRAINT positive CHECK (price > 0)
              ) COMMENT = 'a wide; table'""",
              "INSERT INTO wide (name, body) VALUES ('x', 'text'), ('y', NULL)")
          .start()
          .awaitCaughtUp();
      migration
          .onSource("UPDATE wide SET name = CONCAT(name, name)")
          .awaitCaughtUp()
          .assertEqual("wide");

      String column =
          "FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'wide' AND";
      assertEquals(
          "bigint(20) unsigned",
          value(migration, "SELECT column_type " + column + " column_name = 'id'"));
      assertEquals(
          "auto_increment", value(migration, "SELECT extra " + column + " column_name = 'id'"));
      assertEquals(
          "it's the key",
          value(migration, "SELECT column_comment " + column + " column_name = 'id'"));
      assertEquals(
          "no one", value(migration, "SELECT column_default " + column + " column_name = 'name'"));
      assertEquals(
          "decimal(12,3) unsigned",
          value(migration, "SELECT column_type " + column + " column_name = 'price'"));
      assertTrue(
          value(migration, "SELECT extra " + column + " column_name = 'changed'")
              .contains("on update"));
      assertEquals(
          "20",
          value(
              migration,
              "SELECT sub_part FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name ="
                  + " 'prefix'"));
      String notes =
          value(
              migration,
              "SELECT notes FROM obconnect.schema_changes WHERE connector = 'definitions-sink' AND source_table ="
                  + " 'wide' AND outcome = 'APPLIED'");
      assertTrue(notes.contains("collation"), notes);
      assertTrue(
          value(migration, "SELECT extra " + column + " column_name = 'doubled'")
              .contains("GENERATED"));
      assertThrows(
          SQLException.class,
          () -> migration.onDestination("INSERT INTO wide (name, price) VALUES ('negative', -1)"));
    }
  }

  @Test
  void tableThatCannotBeConvertedFailsByNameWhileOthersGoOn(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("refused", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE places (id INT PRIMARY KEY, at GEOMETRY NOT NULL SRID 4326)",
              "CREATE TABLE heap (v INT)",
              "CREATE TABLE other (id INT PRIMARY KEY, v INT)",
              "INSERT INTO places VALUES (1, ST_GeomFromText('POINT(1 2)', 4326))",
              "INSERT INTO other VALUES (1, 3)")
          .start();

      migration.awaitOnDestination("SELECT v FROM other WHERE id = 1", "3");
      assertTrue(reason(migration, "places").contains("SRID"));
      assertTrue(reason(migration, "heap").contains("has no primary key"));
    }
  }

  /** Stock Debezium's snapshot begins with DROP TABLE IF EXISTS and DROP DATABASE IF EXISTS. */
  @Test
  void dropsOfASnapshotAreNeverExecuted(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("drops", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
          .onDestination(
              "DROP TABLE IF EXISTS t",
              "CREATE TABLE IF NOT EXISTS kept (id INT PRIMARY KEY)",
              "CREATE TABLE t (id INT PRIMARY KEY, extra INT)",
              "INSERT INTO t VALUES (7, 7)")
          .start()
          .awaitCaughtUp();

      assertEquals("2", value(migration, "SELECT COUNT(*) FROM t"));
      assertEquals("0", value(migration, "SELECT COUNT(*) FROM kept"));
    }
  }

  @Test
  void partsThatAreHeldBackCanBeAddedFromTheLedger(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("held_back", mysql, oceanbase, kafka, connect)
            .withSink("schema.hold.back", "secondary-indexes,foreign-keys")) {
      migration
          .prepare(
              "CREATE TABLE parent (id INT PRIMARY KEY)",
              "CREATE TABLE child (id INT PRIMARY KEY, p INT, v INT, KEY later (v),"
                  + " CONSTRAINT fk FOREIGN KEY (p) REFERENCES parent (id))")
          .start()
          .awaitCaughtUp();
      String indexes =
          "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND"
              + " index_name = 'later'";
      assertEquals("0", value(migration, indexes));

      // The query of docs/ddl.md.
      String heldBack =
          value(
              migration,
              "SELECT GROUP_CONCAT(COALESCE(converted_ddl, original_ddl) ORDER BY FIELD(kind,"
                  + " 'add-check', 'add-foreign-key', 'trigger'), recorded_at SEPARATOR ';') FROM"
                  + " obconnect.schema_changes WHERE connector = 'held_back-sink' AND outcome ="
                  + " 'HELD_BACK'");
      assertTrue(heldBack.indexOf("`later`") < heldBack.indexOf("FOREIGN KEY"), heldBack);
      migration.onDestination(heldBack.split(";"));

      assertEquals("1", value(migration, indexes));
    }
  }

  @Test
  void truncateIsAppliedInOrder(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("truncated", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
              "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)")
          .start()
          .awaitCaughtUp();
      migration
          .onSource(
              "INSERT INTO t VALUES (4, 4)", "TRUNCATE TABLE t", "INSERT INTO t VALUES (1, 5)")
          .awaitCaughtUp()
          .assertEqual("t");
      assertEquals("1", value(migration, "SELECT COUNT(*) FROM t"));
    }
  }

  /** Nothing tells which rows of the other partitions stand behind it. */
  @Test
  void truncateIsRefusedWhereTheTopicHasSeveralPartitions(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("truncated_wide", mysql, oceanbase, kafka, connect)
            .withPartitions(2)
            .withSink("table.error.policy", "fail")) {
      migration
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY)",
              // Enough for either partition to have some.
              IntStream.range(0, 100)
                  .mapToObj(id -> "(" + id + ")")
                  .collect(Collectors.joining(",", "INSERT INTO t VALUES ", "")))
          .start()
          .awaitCaughtUp();

      migration.onSource("TRUNCATE TABLE t");

      String failure = migration.awaitFailure();
      assertTrue(failure.contains("2 partitions"), failure);
      assertTrue(failure.contains("ddl.truncate-table"), failure);
      assertEquals("100", value(migration, "SELECT COUNT(*) FROM t"));
    }
  }

  @Test
  void tableWithoutDefinitionFailsTheTaskAfterABoundedWait(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("undefined", mysql, oceanbase, kafka, connect)
            .withSink("topics.regex", "undefined\\..*")
            .withSink("schema.wait.timeout.ms", "2000")
            .withSink("schema.from.data", "never")) {
      migration.prepare().start();

      String failure = migration.awaitFailure();

      assertTrue(failure.contains("definition of table `undefined`.`marker`"), failure);
      assertTrue(failure.contains("schema change topic"), failure);
    }
  }

  @Test
  void redeliveryOfEverythingChangesNothing(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("redelivery", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v INT, u INT UNIQUE)",
              "INSERT INTO t VALUES (1, 1, 10), (2, 2, 20), (3, 3, 30)")
          .start()
          .awaitCaughtUp();
      migration
          .onSource(
              "UPDATE t SET v = 9 WHERE id = 1",
              "DELETE FROM t WHERE id = 2",
              "UPDATE t SET u = 20 WHERE id = 3",
              "INSERT INTO t VALUES (2, 5, 30)",
              "UPDATE t SET id = 4 WHERE id = 1")
          .awaitCaughtUp()
          .assertEqual("t");

      connect.rest().stopAndForgetOffsets(migration.sinkName());
      connect.rest().resumeConnector(migration.sinkName());

      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  private static String reason(Migration migration, String table) {
    String query =
        "SELECT notes FROM obconnect.schema_changes WHERE connector = 'refused-sink' AND source_table = '"
            + table
            + "' AND outcome = 'FAILED'";
    return await("the refusal of " + table)
        .atMost(Migration.TIMEOUT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> migration.onDestinationValue(query), notes -> !notes.isEmpty());
  }

  private static String value(Migration migration, String query) {
    return migration.onDestinationValue(query);
  }
}
