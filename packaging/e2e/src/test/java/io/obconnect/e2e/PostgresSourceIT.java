package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stock Debezium makes of a PostgreSQL source with the settings that users find. */
@ExtendWith(LocalStackExtension.class)
class PostgresSourceIT {
  private static final String PUBLISHED =
      "SELECT count(*) FROM pg_publication_tables WHERE pubname = 'pg_later'";

  @Test
  void everyTypeArrivesWholeFromTheSnapshotAndFromTheStream(
      PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    List<PostgresTypes.Case> cases = PostgresTypes.KEPT;
    try (PostgresSource source = new PostgresSource("pg_types", postgres, kafka, connect)) {
      source
          .prepare(PostgresTypes.PREREQUISITES)
          .run(
              PostgresTypes.definition("kinds", cases),
              PostgresTypes.insert("kinds", 1, cases),
              "INSERT INTO kinds VALUES (2)")
          .start()
          .awaitRecords("kinds", 2);
      source.run(PostgresTypes.insert("kinds", 3, cases), "INSERT INTO kinds VALUES (4)");

      List<TopicRecord> records = source.awaitRecords("kinds", 4);
      assertEquals(List.of("r", "r", "c", "c"), operations(records));
      assertAll(
          IntStream.range(0, cases.size()).mapToObj(i -> () -> check(cases.get(i), i, records)));
    }
  }

  private static void check(PostgresTypes.Case type, int index, List<TopicRecord> records)
      throws Exception {
    String column = PostgresTypes.column(index);
    JsonNode expected = new ObjectMapper().readTree(type.json());
    String what = type.type() + " " + type.literal();
    assertEquals(expected, records.get(0).after().get(column), what + " in the snapshot");
    assertEquals(expected, records.get(2).after().get(column), what + " in the stream");
    assertTrue(records.get(1).after().get(column).isNull(), what + ": null in the snapshot");
    assertTrue(records.get(3).after().get(column).isNull(), what + ": null in the stream");
  }

  /** What a table is created from where there is no DDL. */
  @Test
  void schemaTellsTheTypesOfTheSource(
      PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (PostgresSource source = new PostgresSource("pg_schema", postgres, kafka, connect)) {
      source
          .prepare(List.of())
          .run(
              "CREATE TABLE t (id BIGINT PRIMARY KEY, v VARCHAR(20) NOT NULL, n NUMERIC(20,4))",
              "INSERT INTO t VALUES (1, 'a', 1)")
          .start();

      TopicRecord record = source.awaitRecords("t", 1).get(0);
      assertEquals("INT8", sourceType(record, "id", "type"));
      assertEquals("VARCHAR", sourceType(record, "v", "type"));
      assertEquals("20", sourceType(record, "v", "length"));
      assertEquals("20", sourceType(record, "n", "length"));
      assertEquals("4", sourceType(record, "n", "scale"));
      assertEquals("false", record.columnSchema("v").path("optional").asText());
      assertEquals(1, record.key().path("payload").path("id").asLong());
    }
  }

  /** Found here so that the sink's users can be told, and so that a mended Debezium is noticed. */
  @Test
  void whatTheSourceLosesToday(PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresSource source = new PostgresSource("pg_losses", postgres, kafka, connect)) {
      String values =
          " '0044-03-15 BC', 'infinity', '01:00+05:30', '{{1,2},{3,4}}', '{1.00}', 1200)";
      source
          .prepare(List.of())
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, bc DATE, endless DATE, zoned TIMETZ,"
                  + " matrix INT[], sums MONEY[], rounded NUMERIC(5,-2))",
              "INSERT INTO t VALUES (1," + values)
          .start()
          .awaitRecords("t", 1);
      source.run("INSERT INTO t VALUES (2," + values);

      List<TopicRecord> records = source.awaitRecords("t", 2);
      JsonNode snapshot = records.get(0).after();
      JsonNode stream = records.get(1).after();
      assertEquals(-735_160, stream.get("bc").asInt());
      assertEquals(-703_383, snapshot.get("bc").asInt(), "the snapshot reads 44 BC as 44 AD");
      assertEquals(-622_191_234, snapshot.get("endless").asInt());
      assertEquals(-2_147_472_692, stream.get("endless").asInt());
      assertEquals("19:30:00Z", stream.get("zoned").asText(), "the offset is gone");
      assertEquals("[null,null]", stream.get("matrix").toString());
      assertTrue(stream.path("sums").isMissingNode(), "the column is left out");
      String scale =
          records.get(1).columnSchema("rounded").path("parameters").path("scale").asText();
      assertEquals("2046", scale, "the scale is -2");
    }
  }

  /** The task stops: nothing is lost, but nothing goes on either. */
  @Test
  void numericNotANumberFailsTheSource(
      PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (PostgresSource source = new PostgresSource("pg_nan", postgres, kafka, connect)) {
      source
          .prepare(List.of())
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, v NUMERIC(10,2))",
              "INSERT INTO t VALUES (1, 'NaN')")
          .start();
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> source.awaitRecords("t", 1));
      assertTrue(failure.getMessage().contains("pg_nan-source failed"), failure.getMessage());
    }
  }

  /**
   * Debezium does not quote the name in its ALTER TABLE; without the old row PostgreSQL does not
   * send long values that have not changed.
   */
  @Test
  void tableWhoseNameNeedsQuotesLosesLongValuesUnlessItsOwnerSetsReplicaIdentityFull(
      PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    String columns = " (id INT PRIMARY KEY, n INT, long TEXT)";
    String row = " VALUES (1, 1, repeat('x', 100000))";
    try (PostgresSource source = new PostgresSource("pg_quotes", postgres, kafka, connect)) {
      source
          .prepare(List.of())
          .run(
              "CREATE TABLE \"Lost\"" + columns,
              "ALTER TABLE \"Lost\" ALTER COLUMN long SET STORAGE EXTERNAL",
              "INSERT INTO \"Lost\"" + row,
              "CREATE TABLE \"Kept\"" + columns,
              "ALTER TABLE \"Kept\" ALTER COLUMN long SET STORAGE EXTERNAL",
              "ALTER TABLE \"Kept\" REPLICA IDENTITY FULL",
              "INSERT INTO \"Kept\"" + row)
          .start();
      source.awaitRecords("Lost", 1);
      source.awaitRecords("Kept", 1);
      source.run("UPDATE \"Lost\" SET n = 2", "UPDATE \"Kept\" SET n = 2");

      TopicRecord kept = source.awaitRecords("Kept", 2).get(1);
      assertEquals(100_000, kept.after().get("long").asText().length());
      TopicRecord lost = source.awaitRecords("Lost", 2).get(1);
      assertEquals("__debezium_unavailable_value", lost.after().get("long").asText());
    }
  }

  @Test
  void tableCreatedLaterIsSeenOnlyAfterARestart(
      PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (PostgresSource source = new PostgresSource("pg_later", postgres, kafka, connect)) {
      source
          .prepare(List.of())
          .run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
          .start()
          .awaitRecords("t", 1);
      source
          .run(
              "CREATE TABLE later (id INT PRIMARY KEY)",
              "INSERT INTO later VALUES (1)",
              "INSERT INTO t VALUES (2)")
          .awaitRecords("t", 2);
      connect.rest().restartConnector(source.name(), true);
      await("the table to be published")
          .atMost(Migration.TIMEOUT)
          .until(() -> source.value(PUBLISHED).equals("2"));
      source.run("INSERT INTO later VALUES (2)");

      List<TopicRecord> records = source.awaitRecords("later", 1);
      assertEquals(2, records.get(0).after().get("id").asInt(), "the first row never arrives");
    }
  }

  @Test
  void changesCarryBothRowsInFull(PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresSource source = new PostgresSource("pg_changes", postgres, kafka, connect)) {
      source
          .prepare(List.of())
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, n INT, long TEXT)",
              "ALTER TABLE t ALTER COLUMN long SET STORAGE EXTERNAL",
              "INSERT INTO t VALUES (1, 1, repeat('x', 100000))")
          .start()
          .awaitRecords("t", 1);
      source.run(
          "UPDATE t SET n = 2",
          "UPDATE t SET id = 5",
          "DELETE FROM t",
          "INSERT INTO t VALUES (6)",
          "TRUNCATE t");

      List<TopicRecord> records = source.awaitRecords("t", 7);
      assertEquals(List.of("r", "u", "d", "c", "d", "c", "t"), operations(records));
      TopicRecord update = records.get(1);
      assertEquals(1, update.before().get("n").asInt());
      assertEquals(100_000, update.after().get("long").asText().length());
      assertEquals(100_000, records.get(3).after().get("long").asText().length());
      assertEquals(100_000, records.get(4).before().get("long").asText().length());
    }
  }

  /** Its own transactions are rare; the server must be able to drop the log of all the others. */
  @Test
  void idleDatabaseDoesNotHoldBackTheLog(
      PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (PostgresSource source =
        new PostgresSource("pg_idle", postgres, kafka, connect)
            .with("heartbeat.interval.ms", "500")
            .with("status.update.interval.ms", "500")) {
      source
          .prepare(List.of())
          .run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
          .start()
          .awaitRecords("t", 1);

      await("the slot to be read").until(() -> source.value(source.slot("active")).equals("1"));
      String written;
      try (Connection other = postgres.connect();
          Statement statement = other.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS others (v TEXT)");
        statement.execute(
            "INSERT INTO others SELECT repeat('x', 1000) FROM generate_series(1, 1000)");
        written = source.value("SELECT pg_current_wal_lsn()");
      }

      await("the slot to pass the other database's log")
          .atMost(Migration.TIMEOUT)
          .until(
              () ->
                  source
                      .value(source.slot("confirmed_flush_lsn >= '" + written + "'"))
                      .equals("1"));
    }
  }

  @Test
  void postgresKilledAndRestarted(PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresSource source = new PostgresSource("pg_killed", postgres, kafka, connect)) {
      source
          .prepare(List.of())
          .run("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
          .start()
          .awaitRecords("t", 1);
      source.run("INSERT INTO t VALUES (2)").awaitRecords("t", 2);

      postgres.kill();
      postgres.start();
      source.run("INSERT INTO t VALUES (3)");

      List<Integer> keys = new ArrayList<>();
      source
          .awaitRecords("t", 3)
          .forEach(record -> keys.add(record.key().path("payload").path("id").asInt()));
      assertEquals(List.of(1, 2, 3), keys.stream().distinct().toList());
    }
  }

  private static List<String> operations(List<TopicRecord> records) {
    return records.stream().map(TopicRecord::operation).toList();
  }

  private static String sourceType(TopicRecord record, String column, String what) {
    return record
        .columnSchema(column)
        .path("parameters")
        .path("__debezium.source.column." + what)
        .asText();
  }
}
