package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MySqlSourceConnector where stock Debezium fails or loses, and beside it where it does not. */
@ExtendWith(LocalStackExtension.class)
class MySqlSourceIT {
  private static final String FILE = "mysql-source.json";
  private static final String STOCK_FILE = "mysql-source-debezium.json";
  private static final String SAME = "src_same";
  private static final String TABLE =
      "CREATE TABLE t (id BIGINT PRIMARY KEY AUTO_INCREMENT, n BIGINT NOT NULL, j JSON)";

  @Test
  void mysqlIsKilledAgainAndAgainAndNobodyLendsAHand(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    int kills = 3;
    try (Migration migration = new Migration("src_kill", mysql, oceanbase, kafka, connect);
        TopicReader topic = new TopicReader(kafka.bootstrapServers(), migration.topic("t"))) {
      migration.prepare(TABLE).startSource(FILE).startSink().awaitCaughtUp();

      int rows = 0;
      for (int i = 0; i < kills; i++) {
        for (int j = 0; j < 20; j++) {
          migration.onSource("INSERT INTO t (n) VALUES (1), (2), (3), (4), (5)");
          rows += 5;
        }
        mysql.kill();
        mysql.start();
      }
      migration.awaitCaughtUp().assertEqual("t");

      assertEquals(rows, topic.readToEnd().size());
    }
  }

  /** Such an update is dropped by stock Debezium without a word. */
  @Test
  void updateOfAPartOfAJsonDocumentFailsTheTaskByName(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("src_partial", mysql, oceanbase, kafka, connect)) {
      migration
          .withSource("table.include.list", "src_partial.t,src_partial.marker")
          .prepare(TABLE, "CREATE TABLE other LIKE t")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      String document = "INSERT INTO %s (n, j) VALUES (1, '{\"a\": \"0123456789\", \"b\": 1}')";
      String partial = "UPDATE %s SET j = JSON_SET(j, '$.b', 2)";
      migration.onSource(
          "SET SESSION binlog_row_value_options = PARTIAL_JSON",
          document.formatted("other"),
          partial.formatted("other"),
          document.formatted("t"));
      // A table that nobody wants may do as it likes.
      migration.awaitCaughtUp().assertEqual("t");

      migration.onSource(
          "SET SESSION binlog_row_value_options = PARTIAL_JSON", partial.formatted("t"));
      String failure = migration.awaitFailure(migration.sourceName());
      assertTrue(failure.contains("src_partial.t"), failure);
      assertTrue(failure.contains("binlog_row_value_options"), failure);
    }
  }

  /** Whoever reads Debezium's records reads these. */
  @Test
  void recordsAreThoseOfStockDebezium(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String own = "src_own";
    String stock = "src_stock";
    try (Migration ours = new Migration(own, mysql, oceanbase, kafka, connect);
        Migration theirs = new Migration(SAME, mysql, oceanbase, kafka, connect)) {
      theirs
          .withSource("topic.prefix", stock)
          .prepare(TypeMatrix.tables().toArray(String[]::new))
          .onSource(TypeMatrix.rows(0).toArray(String[]::new));
      theirs.startSource(STOCK_FILE);
      ours.withSource("database.include.list", SAME)
          .withSource("markers.interval.ms", "0")
          .startSource(FILE);
      awaitMarker(kafka, own, 0);
      awaitMarker(kafka, stock, 0);

      theirs
          .onSource(TypeMatrix.rows(100).toArray(String[]::new))
          .onSource(TypeMatrix.updates(100).toArray(String[]::new))
          .onSource(
              "UPDATE t_int SET id = id + 1000 WHERE id >= 100",
              "DELETE FROM t_varchar WHERE id >= 100",
              "ALTER TABLE t_int ADD COLUMN more VARCHAR(10) DEFAULT 'x' AFTER v",
              "INSERT INTO t_int VALUES (5000, 1, 'more', 2)",
              "TRUNCATE TABLE t_char",
              "RENAME TABLE t_date TO t_day",
              "DROP TABLE t_time",
              "UPDATE marker SET n = 1");
      awaitMarker(kafka, own, 1);
      awaitMarker(kafka, stock, 1);

      assertSameRecords(kafka, stock, own, "");
      for (TypeCase type : TypeCase.EXACT) {
        assertSameRecords(kafka, stock, own, "." + SAME + "." + type.table());
      }
    }
  }

  /** Topics are written by themselves: other ones may be behind the marker's for a moment. */
  private static void assertSameRecords(KafkaBroker kafka, String stock, String own, String topic) {
    await(topic)
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertEquals(records(kafka, stock, topic), records(kafka, own, topic), topic));
  }

  private static void awaitMarker(KafkaBroker kafka, String prefix, int n) {
    try (TopicReader topic =
        new TopicReader(kafka.bootstrapServers(), prefix + "." + SAME + ".marker")) {
      await("the marker of " + prefix)
          .atMost(Migration.TIMEOUT)
          .until(
              topic::read,
              records ->
                  records.stream().anyMatch(record -> record.after().path("n").asInt(-1) == n));
    }
  }

  /** All records of a topic, without what two readers of one log see differently. */
  private static List<String> records(KafkaBroker kafka, String prefix, String topic)
      throws IOException {
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), prefix + topic)) {
      return reader.readToEnd().stream()
          .map(
              record ->
                  common(record.key(), prefix)
                      + " -> "
                      + common(record.value(), prefix)
                      + record.headers())
          .toList();
    }
  }

  private static String common(JsonNode node, String prefix) {
    if (node.path("payload") instanceof ObjectNode payload) {
      boolean snapshot = !payload.path("source").path("snapshot").asText("false").equals("false");
      for (String time : List.of("ts_ms", "ts_us", "ts_ns")) {
        payload.remove(time);
        if (snapshot && payload.path("source") instanceof ObjectNode source) {
          source.remove(time);
        }
      }
    }
    return node.toString().replace(prefix + ".", "PREFIX.").replace('"' + prefix + '"', "PREFIX");
  }
}
