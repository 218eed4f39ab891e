package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records in other forms than Debezium's envelopes with schemas. */
@ExtendWith(LocalStackExtension.class)
class OtherSendersIT {
  private static final String[] CHANGES = {
    "UPDATE t SET v = 'changed' WHERE id = 1",
    "DELETE FROM t WHERE id = 2",
    "UPDATE t SET id = 30 WHERE id = 3",
    "INSERT INTO t (id, v) VALUES (4, 'it''s')"
  };

  private static Migration unwrapped(Migration migration, Map<String, String> options) {
    migration
        .withSource("transforms", "unwrap")
        .withSource("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
    options.forEach((name, value) -> migration.withSource("transforms.unwrap." + name, value));
    return migration;
  }

  private static Migration withoutSchemas(Migration migration) {
    for (String which : new String[] {"key", "value"}) {
      migration
          .withSource(which + ".converter", "org.apache.kafka.connect.json.JsonConverter")
          .withSource(which + ".converter.schemas.enable", "false")
          .withSink(which + ".converter", "org.apache.kafka.connect.json.JsonConverter")
          .withSink(which + ".converter.schemas.enable", "false");
    }
    // What JSON without a schema keeps: neither bytes of decimals nor numbers beyond 64 bits.
    return migration
        .withSource("decimal.handling.mode", "string")
        .withSource("bigint.unsigned.handling.mode", "long");
  }

  /** No definitions come, and deletes are tombstones. */
  @Test
  void flatRowsWithTombstonesMakeTheirTable(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("flat", mysql, oceanbase, kafka, connect)) {
      unwrapped(migration, Map.of())
          .withSource("tombstones.on.delete", "true")
          .withSource("column.propagate.source.type", ".*")
          .withSink("topics.regex", "flat\\..*")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), d DECIMAL(10,2), at DATETIME(6))",
              "INSERT INTO t VALUES (1, 'a', 1.50, '2024-02-29 12:34:56.123456')",
              "INSERT INTO t (id, v) VALUES (2, 'b'), (3, 'c')")
          .startSource()
          .startSink("oceanbase-sink-flat.json")
          .awaitOnDestination("SELECT COUNT(*) FROM t", "3");
      migration
          .onSource(CHANGES)
          .onSource("ALTER TABLE t ADD COLUMN more INT DEFAULT 7", "INSERT INTO t (id) VALUES (5)");

      String rows = "SELECT GROUP_CONCAT(CONCAT_WS(':', id, v, d, at, more) ORDER BY id) FROM t";
      migration.awaitOnDestination(rows, migration.onSourceValue(rows));
      assertEquals(
          "varchar(20)",
          migration.onDestinationValue(
              "SELECT column_type FROM information_schema.columns WHERE table_schema = 'flat' AND"
                  + " table_name = 't' AND column_name = 'v'"));
    }
  }

  @Test
  void flatRowsWithRewrittenDeletesAndMetadata(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("flat_rewrite", mysql, oceanbase, kafka, connect)) {
      unwrapped(
              migration,
              Map.of(
                  "delete.tombstone.handling.mode", "rewrite",
                  "add.fields", "op,db,table,source.ts_ms",
                  "add.headers", "op,table"))
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20), u INT UNIQUE)",
              "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)")
          .startSource()
          .startSink("oceanbase-sink-flat.json")
          .awaitCaughtUp()
          .onSource(CHANGES)
          .onSource("UPDATE t SET u = 2 WHERE id = 1")
          .awaitCaughtUp()
          .assertEqual("t");
    }
  }

  @Test
  void flatRowsWithoutSchema(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("flat_plain", mysql, oceanbase, kafka, connect)) {
      withoutSchemas(unwrapped(migration, Map.of("delete.tombstone.handling.mode", "rewrite")))
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))",
              "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')")
          .startSource()
          .startSink("oceanbase-sink-flat.json")
          .awaitCaughtUp()
          .onSource(CHANGES)
          .awaitCaughtUp()
          .assertEqual("t");
    }
  }

  @Test
  void envelopesWithoutSchemaKeepEveryValue(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String columns =
        "id INT PRIMARY KEY, v VARCHAR(20), n DECIMAL(38,10), u BIGINT UNSIGNED, d DOUBLE, f FLOAT,"
            + " b BIT(10), o BIT(1), bytes BLOB, day DATE, t TIME(6), at DATETIME, at6 DATETIME(6),"
            + " ts TIMESTAMP(6) NULL, y YEAR, j JSON, e ENUM('x','y'), s SET('p','q')";
    String row =
        ", 'it''s \\\\ \"😀\"', 1234567890123456789012345678.0123456789, 18446744073709551615,"
            + " 1e-300, -0.5, b'1000000001', b'1', x'00ff', '2024-02-29', '-30:00:00.000001',"
            + " '2024-02-29 12:34:56', '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56.123456',"
            + " 2024, '{\"a\": [1, null]}', 'y', 'p,q')";
    try (Migration migration = new Migration("plain", mysql, oceanbase, kafka, connect)) {
      withoutSchemas(migration)
          .prepare(
              "CREATE TABLE t (" + columns + ")",
              "INSERT INTO t VALUES (1" + row,
              "INSERT INTO t (id) VALUES (2), (3)")
          .start()
          .awaitCaughtUp()
          .onSource("INSERT INTO t VALUES (10" + row)
          .onSource(CHANGES)
          .awaitCaughtUp()
          .assertEqual("t");
    }
  }
}
