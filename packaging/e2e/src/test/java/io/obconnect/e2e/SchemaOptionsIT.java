package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What users decide about tables that exist, about indexes, and about columns without definition.
 */
@ExtendWith(LocalStackExtension.class)
class SchemaOptionsIT {

  @Test
  void existingTablesAreUsedOnlyIfTheyFit(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("existing", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE fits (id INT PRIMARY KEY, v VARCHAR(9), KEY k (v))",
              "CREATE TABLE narrow (id BIGINT PRIMARY KEY, v VARCHAR(9), w INT)",
              "INSERT INTO fits VALUES (1, 'a')")
          .onDestination(
              "CREATE TABLE fits (id BIGINT PRIMARY KEY, v VARCHAR(20), more INT)",
              "CREATE TABLE narrow (id INT PRIMARY KEY, v VARCHAR(3))",
              "INSERT INTO fits VALUES (9, 'old', 1)")
          .start();

      migration.awaitOnDestination("SELECT GROUP_CONCAT(id ORDER BY id) FROM fits", "1,9");
      String used = notes(migration, "fits", "FOUND_EXISTING");
      assertTrue(used.contains("holds rows") && used.contains("`id` is bigint"), used);
      String refused = notes(migration, "narrow", "EXISTING_REFUSED");
      assertTrue(refused.contains("`w` is missing"), refused);
      assertTrue(refused.contains("`id` is int instead of bigint"), refused);

      migration
          .onSource("INSERT INTO narrow VALUES (5000000000, 'longer', 1)")
          .onDestination(
              "ALTER TABLE narrow MODIFY id BIGINT",
              "ALTER TABLE narrow MODIFY v VARCHAR(9)",
              "ALTER TABLE narrow ADD COLUMN w INT")
          .awaitCaughtUp()
          .assertEqual("narrow");
      notes(migration, "narrow", "MENDED");
    }
  }

  @Test
  void foreignTablesAreRecreatedOnceAndOwnOnesNever(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("recreated", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("existing.table", "recreate")
          .prepare("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)")
          .onDestination("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (9)")
          .start()
          .awaitCaughtUp()
          .assertEqual("t");
      migration
          .onSource("RENAME TABLE t TO u", "INSERT INTO u VALUES (2, 2)")
          .awaitCaughtUp()
          .assertEqual("u");
      // What only a table that is kept still has.
      migration.onDestination("INSERT INTO u VALUES (7, 7)");

      connect.rest().stopAndForgetOffsets(migration.sinkName());
      connect.rest().resumeConnector(migration.sinkName());
      migration.awaitCaughtUp();

      assertEquals(
          "1,2,7", migration.onDestinationValue("SELECT GROUP_CONCAT(id ORDER BY id) FROM u"));
    }
  }

  @Test
  void existingTablesOfOthersFailIfTheUserWantsThat(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("strange", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("existing.table", "fail")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY)",
              "CREATE TABLE mine (id INT PRIMARY KEY)",
              "INSERT INTO t VALUES (1)",
              "INSERT INTO mine VALUES (1)")
          .onDestination("CREATE TABLE t (id INT PRIMARY KEY)")
          .start();

      migration.awaitOnDestination("SELECT COUNT(*) FROM mine", "1");
      String refused = notes(migration, "t", "FAILED");
      assertTrue(refused.contains("has not created it"), refused);
      assertEquals("0", migration.onDestinationValue("SELECT COUNT(*) FROM t"));

      migration
          .onDestination(
              "UPDATE obconnect.schema_changes SET outcome = 'MENDED' WHERE connector ="
                  + " 'strange-sink' AND outcome = 'FAILED'")
          .awaitCaughtUp()
          .assertEqual("t", "mine");
    }
  }

  @Test
  void indexesComeAfterTheCopyAndAFailureStopsNoRow(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("late_index", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("schema.indexes", "after-copy")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v INT, w INT, KEY kv (v), KEY kw (w),"
                  + " UNIQUE KEY u (w, id))",
              "CREATE TABLE renamed (id INT PRIMARY KEY, v INT, KEY kv (v))",
              "CREATE TABLE unlucky (id INT PRIMARY KEY, v INT, KEY kv (v))",
              "INSERT INTO t VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3)");
      migration.startSource().startSink();
      String indexes =
          "SELECT GROUP_CONCAT(DISTINCT index_name ORDER BY index_name) FROM"
              + " information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ";

      migration.awaitOnDestination(indexes + "'t'", "kv,kw,PRIMARY,u");
      migration.awaitOnDestination(outcomes(migration, "unlucky", "HELD_BACK"), "1");
      migration.onDestination(
          "UPDATE obconnect.schema_changes SET converted_ddl = 'ALTER TABLE `late_index`.`unlucky`"
              + " ADD KEY `kv` (`nowhere`)' WHERE connector = 'late_index-sink' AND kind ="
              + " 'index-after-copy' AND source_table = 'unlucky'");
      migration
          .onSource("INSERT INTO unlucky VALUES (1, 1)", "INSERT INTO unlucky VALUES (2, 2)")
          .awaitCaughtUp()
          .assertEqual("t", "unlucky");
      migration.awaitOnDestination(outcomes(migration, "t", "APPLIED"), "2");
      migration.awaitOnDestination(outcomes(migration, "unlucky", "FAILED"), "1");

      migration
          .onSource("RENAME TABLE renamed TO moved", "INSERT INTO moved VALUES (1, 1)")
          .awaitCaughtUp()
          .assertEqual("moved");
      assertEquals("kv,PRIMARY", migration.onDestinationValue(indexes + "'moved'"));
    }
  }

  @Test
  void dryRunReportsAndWritesNothing(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("rehearsal", mysql, oceanbase, kafka, connect)) {
      migration
          .withSink("dry.run", "true")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9))",
              "CREATE TABLE heap (v INT)",
              "INSERT INTO t VALUES (1, 'a')")
          .onDestination()
          .start();
      await("the report")
          .atMost(Migration.TIMEOUT)
          .until(() -> reportOf(connect).contains("`rehearsal`.`heap`: REFUSED"));
      migration.onSource("ALTER TABLE t ADD COLUMN w INT");
      await("the report of the change")
          .atMost(Migration.TIMEOUT)
          .until(() -> reportOf(connect).contains("add-column of `rehearsal`.`t`: carried over"));

      assertTrue(reportOf(connect).contains("`rehearsal`.`t`: created: CREATE TABLE"));
      assertEquals(
          "0",
          migration.onDestinationValue(
              "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'rehearsal'"));
      // Others may have created the ledger.
      String recorded =
          migration.onDestinationValue(
              "SELECT COUNT(*) FROM obconnect.schema_changes WHERE connector = 'rehearsal-sink'");
      assertTrue(List.of("", "0").contains(recorded), recorded);

      migration.reconfigureSink("dry.run", "false").awaitCaughtUp().assertEqual("t");
    }
  }

  /** The default, of a sink that does not read the source's schema change topic. */
  @Test
  void columnWithoutDefinitionIsWaitedForAndThenMadeFromTheData(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("from_data", mysql, oceanbase, kafka, connect)
            .withSink("topics.regex", "from_data\\..*")
            .withSink("schema.wait.timeout.ms", "3000")) {
      migration
          .prepare("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
          .onDestination("CREATE TABLE t (id INT PRIMARY KEY)")
          .start()
          .awaitOnDestination("SELECT COUNT(*) FROM t", "1");

      migration.onSource("ALTER TABLE t ADD COLUMN v VARCHAR(9)", "INSERT INTO t VALUES (2, 'b')");
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        await("the row to wait for its column")
            .atMost(Migration.TIMEOUT)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> beans.value("reason=column-unknown", "partitions-held") > 0);
        assertEquals("1", migration.onDestinationValue("SELECT COUNT(*) FROM t"));

        migration.awaitOnDestination("SELECT v FROM t WHERE id = 2", "b");
        await("the partition to be let go")
            .atMost(Migration.TIMEOUT)
            .until(() -> beans.value("reason=column-unknown", "partitions-held") == 0);
      }
      migration
          .onSource("UPDATE t SET v = 'a' WHERE id = 1")
          .awaitOnDestination("SELECT v FROM t WHERE id = 1", "a");
      migration.assertEqual("t");
    }
  }

  /** The last report in the worker's log. */
  private static String reportOf(ConnectWorker connect) throws IOException {
    String log = Files.readString(connect.logFile());
    return log.substring(Math.max(0, log.lastIndexOf("Dry run of rehearsal-sink")));
  }

  private static String notes(Migration migration, String table, String outcome) {
    String query =
        "SELECT notes FROM obconnect.schema_changes WHERE connector = '"
            + migration.sinkName()
            + "' AND kind = 'create-table' AND source_table = '"
            + table
            + "' AND outcome = '"
            + outcome
            + "'";
    return await(query)
        .atMost(Migration.TIMEOUT)
        .until(() -> migration.onDestinationValue(query), notes -> !notes.isEmpty());
  }

  private static String outcomes(Migration migration, String table, String outcome) {
    return "SELECT COUNT(*) FROM obconnect.schema_changes WHERE connector = '"
        + migration.sinkName()
        + "' AND kind = 'index-after-copy' AND source_table = '"
        + table
        + "' AND outcome = '"
        + outcome
        + "'";
  }
}
