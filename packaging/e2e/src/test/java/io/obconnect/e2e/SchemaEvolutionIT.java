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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Schema changes of the source while rows are written to it. */
@ExtendWith(LocalStackExtension.class)
class SchemaEvolutionIT {
  /** Writes to table t until it is stopped, in columns that no change takes away. */
  private static final class RowWriter {
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Future<?> writing;
    private volatile boolean stopped;

    RowWriter(MySqlServer source, String database) {
      writing =
          executor.submit(
              () -> {
                write(source, database);
                return null;
              });
    }

    private void write(MySqlServer source, String database) throws SQLException {
      try (Connection connection = source.connect();
          Statement statement = connection.createStatement()) {
        connection.setCatalog(database);
        for (int id = 1_000; !stopped; id++) {
          statement.execute("INSERT INTO t (id, kept) VALUES (" + id + ", " + id + ")");
          statement.execute("UPDATE t SET kept = kept + 1 WHERE id = " + (id - 7));
        }
      }
    }

    void stop() throws Exception {
      stopped = true;
      writing.get();
      executor.shutdown();
    }
  }

  @Test
  void changesOfEachKindArriveInOrderWithTheRows(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("evolution", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("ddl.narrowing.wait.ms", "1500")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, kept INT, gone INT, old INT, KEY former (kept))",
              "CREATE TABLE moved (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE dropped (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE emptied (id INT PRIMARY KEY, v INT)",
              "INSERT INTO t VALUES (1, 1, 1, 1), (2, 2, 2, 2)",
              "INSERT INTO moved VALUES (1, 1)",
              "INSERT INTO dropped VALUES (1, 1)",
              "INSERT INTO emptied VALUES (1, 1)")
          .start()
          .awaitCaughtUp();

      RowWriter writer = new RowWriter(mysql, "evolution");
      try {
        migration.onSource(
            "ALTER TABLE t ADD COLUMN added VARCHAR(20) DEFAULT 'none' AFTER id",
            "INSERT INTO t (id, added) VALUES (10, 'at once')",
            "ALTER TABLE t MODIFY COLUMN kept BIGINT",
            "ALTER TABLE t DROP INDEX former, ADD INDEX later (added, kept)",
            "UPDATE t SET gone = 3, old = 4 WHERE id = 1",
            "ALTER TABLE t DROP COLUMN gone",
            "INSERT INTO t (id, old) VALUES (11, 5)",
            "ALTER TABLE t RENAME COLUMN old TO young",
            "UPDATE t SET young = 6 WHERE id = 11",
            "INSERT INTO moved VALUES (2, 2)",
            "RENAME TABLE moved TO arrived",
            "INSERT INTO arrived VALUES (3, 3)",
            "UPDATE arrived SET v = 9 WHERE id = 1",
            "INSERT INTO dropped VALUES (2, 2)",
            "DROP TABLE dropped",
            "CREATE TABLE created (id INT PRIMARY KEY, v VARCHAR(9))",
            "INSERT INTO created VALUES (1, 'new')",
            "TRUNCATE TABLE emptied",
            "INSERT INTO emptied VALUES (7, 7)");
      } finally {
        writer.stop();
      }

      migration.awaitCaughtUp().assertEqual("t", "arrived", "created", "emptied");
      for (String query :
          new String[] {
            "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM"
                + " information_schema.columns WHERE table_schema = DATABASE() AND table_name = 't'",
            "SELECT GROUP_CONCAT(DISTINCT data_type ORDER BY data_type) FROM"
                + " information_schema.columns WHERE table_schema = DATABASE() AND table_name = 't'",
            "SELECT GROUP_CONCAT(DISTINCT index_name ORDER BY index_name) FROM"
                + " information_schema.statistics WHERE table_schema = DATABASE() AND table_name ="
                + " 't'",
            "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables"
                + " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
          }) {
        assertEquals(migration.onSourceValue(query), migration.onDestinationValue(query), query);
      }
      assertEquals("", failures(migration));
    }
  }

  @Test
  void databasesAndViewsComeAndGo(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String databases =
        "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'guest'";
    String views =
        "SELECT GROUP_CONCAT(table_schema, '.', table_name ORDER BY table_name) FROM"
            + " information_schema.views WHERE table_schema IN ('host', 'guest')";
    try (Migration migration = new Migration("host", mysql, oceanbase, kafka, connect)) {
      migration
          .withSource("database.include.list", "host,guest")
          .withViews()
          .withSink("ddl.drop-database", "apply")
          .prepare("DROP DATABASE IF EXISTS guest", "CREATE TABLE t (id INT PRIMARY KEY)")
          .start()
          .awaitCaughtUp();

      migration.onSource(
          "CREATE DATABASE guest CHARACTER SET latin1",
          "CREATE TABLE guest.t (id INT PRIMARY KEY, v VARCHAR(5))",
          "INSERT INTO guest.t VALUES (1, '\u00e9')",
          "CREATE VIEW before_it AS SELECT id FROM t",
          "CREATE VIEW guest.w AS SELECT v FROM guest.t",
          "ALTER VIEW before_it AS SELECT id + 1 AS id FROM t");
      migration.awaitOnDestination("SELECT v FROM guest.t WHERE id = 1", "\u00e9");
      migration.awaitOnDestination(views, "host.before_it,guest.w");
      assertEquals("\u00e9", migration.onDestinationValue("SELECT v FROM guest.w"));

      migration.onSource(
          "DROP VIEW before_it",
          "SET SESSION cte_max_recursion_depth = 30000",
          "INSERT INTO guest.t WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < 20000) SELECT i, 'row' FROM n",
          "DROP DATABASE guest");
      migration.awaitOnDestination(databases, "0");
      migration.awaitOnDestination(views, migration.onSourceValue(views));
      assertEquals("", failures(migration));
    }
  }

  @Test
  void workerKilledInTheMiddleOfChanges(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    int changes = 24;
    try (Migration migration = new Migration("kill_changes", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("ddl.narrowing.wait.ms", "1000")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, kept INT, c0 INT)",
              "INSERT INTO t VALUES (1, 1, 1)")
          .start()
          .awaitCaughtUp();

      for (int i = 0; i < changes; i++) {
        String column = "c" + (i / 3);
        migration.onSource(
            switch (i % 3) {
              case 0 -> "ALTER TABLE t ADD COLUMN extra" + i + " INT DEFAULT " + i;
              case 1 -> "ALTER TABLE t RENAME COLUMN " + column + " TO c" + (i / 3 + 1);
              default -> "ALTER TABLE t DROP COLUMN extra" + (i - 2);
            },
            "INSERT INTO t (id, kept) VALUES (" + (100 + i) + ", " + i + ")");
      }
      migration.awaitOnDestination(
          "SELECT COUNT(*) > 6 FROM obconnect.schema_changes WHERE connector = 'kill_changes-sink'"
              + " AND source_table = 't'",
          "1");
      connect.kill();
      connect.start();
      // What a killed source left of a transaction stays at a topic's end until more comes.
      migration.onSource(
          "ALTER TABLE t ADD COLUMN last INT", "INSERT INTO t (id, kept) VALUES (999, 9)");

      migration.awaitCaughtUp().assertEqual("t");
      String applied =
          "SELECT COUNT(*) FROM obconnect.schema_changes WHERE connector = 'kill_changes-sink' AND"
              + " source_table = 't' AND original_ddl LIKE 'ALTER%' AND outcome = 'APPLIED'";
      assertEquals(String.valueOf(changes + 1), migration.onDestinationValue(applied));
      assertEquals("", failures(migration));
    }
  }

  @Test
  void changeThatCannotBeFollowedStopsItsTableUntilItIsMended(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("unfollowed", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("ddl.drop-column", "fail")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT)",
              "CREATE TABLE other (id INT PRIMARY KEY)",
              "INSERT INTO t VALUES (1, 1, 1)")
          .start()
          .awaitCaughtUp();

      migration.onSource("ALTER TABLE t DROP COLUMN b");
      String failed =
          "SELECT COUNT(*) FROM obconnect.schema_changes WHERE connector = 'unfollowed-sink' AND"
              + " kind = 'drop-column' AND outcome = 'FAILED'";
      migration.awaitOnDestination(failed, "1");
      migration.onSource("INSERT INTO t VALUES (2, 2)", "INSERT INTO other VALUES (1)");
      migration.awaitOnDestination("SELECT COUNT(*) FROM other", "1");
      assertEquals("1", migration.onDestinationValue("SELECT COUNT(*) FROM t"));

      migration.onDestination(
          "ALTER TABLE t DROP COLUMN b",
          "UPDATE obconnect.schema_changes SET outcome = 'MENDED' WHERE connector ="
              + " 'unfollowed-sink' AND outcome = 'FAILED'");

      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  /** Rows in front of the change may be in another task. */
  @Test
  void changeThatTakesSomethingAwayIsRefusedAcrossTasksUnlessItIsWanted(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("across", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("tasks.max", "2")
          .withSink("ddl.narrowing.wait.ms", "500")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT)", "INSERT INTO t VALUES (1, 1, 1)")
          .start()
          .awaitCaughtUp();

      migration.onSource("ALTER TABLE t ADD COLUMN c INT", "ALTER TABLE t DROP COLUMN b");
      migration.awaitOnDestination(
          "SELECT notes LIKE '%ddl.narrowing.across.tasks%' FROM obconnect.schema_changes"
              + " WHERE connector = 'across-sink' AND outcome = 'FAILED'",
          "1");
      migration.onDestination(
          "ALTER TABLE t DROP COLUMN b",
          "UPDATE obconnect.schema_changes SET outcome = 'MENDED' WHERE connector = 'across-sink'"
              + " AND outcome = 'FAILED'");
      migration.onSource("INSERT INTO t VALUES (2, 2, 2)").awaitCaughtUp().assertEqual("t");

      migration.reconfigureSink("ddl.narrowing.across.tasks", "apply");
      migration.onSource("ALTER TABLE t DROP COLUMN a", "INSERT INTO t VALUES (3, 3)");
      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  /** As the sample configuration promises. */
  @Test
  void rowsOfATableCreatedWhileStreamingAreSeenWithinTenSeconds(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("newcomer", mysql, oceanbase, kafka, connect)) {
      migration.prepare().start().awaitCaughtUp();

      migration.onSource("CREATE TABLE late (id INT PRIMARY KEY)", "INSERT INTO late VALUES (1)");

      await("the row of the new table")
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> migration.onDestinationValue("SELECT COUNT(*) FROM late").equals("1"));
      assertTrue(migration.failureOf(migration.sinkName()).isEmpty());
    }
  }

  /** The value of an option, as docs/ddl.md advises. */
  private static String failures(Migration migration) {
    return migration.onDestinationValue(
        "SELECT notes FROM obconnect.schema_changes WHERE connector = '"
            + migration.sinkName()
            + "' AND outcome IN ('FAILED', 'STARTED')");
  }
}
