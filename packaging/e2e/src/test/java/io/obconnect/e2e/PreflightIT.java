package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.stack.BinlogQuirk;
import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectRestException;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the sources find before they start, on real engines: on which option it stands, or not. */
@ExtendWith(LocalStackExtension.class)
class PreflightIT {
  private static final String FILE = "mysql-source.json";
  private static final String KEYLESS = "CREATE TABLE k (n INT, j JSON)";

  /** Variables of the shared server, as this test wants them for a while. */
  private record GlobalSettings(MySqlServer mysql) implements AutoCloseable {
    void loseValues() throws SQLException {
      set("MINIMAL", "PARTIAL_JSON");
    }

    private void set(String rowImage, String valueOptions) throws SQLException {
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET GLOBAL binlog_row_image = '" + rowImage + "'");
        statement.execute("SET GLOBAL binlog_row_value_options = '" + valueOptions + "'");
      }
    }

    @Override
    public void close() throws SQLException {
      set("FULL", "");
    }
  }

  /** The errors of each option that has some. */
  private static Map<String, List<String>> errors(
      ConnectRest rest, String file, Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    Migration.template(file)
        .named("preflight")
        .with(options)
        .config()
        .properties()
        .forEach(option -> all.put(option.getKey(), option.getValue().asText()));
    all.put("name", "preflight");
    Map<String, List<String>> errors = new TreeMap<>();
    for (JsonNode config : rest.validate(all.get("connector.class"), all).path("configs")) {
      JsonNode value = config.path("value");
      for (JsonNode error : value.path("errors")) {
        errors
            .computeIfAbsent(value.path("name").asText(), name -> new ArrayList<>())
            .add(error.asText());
      }
    }
    return errors;
  }

  private static Map<String, String> mysqlOptions(
      String database, MySqlServer mysql, KafkaBroker kafka, String... more) {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "database.hostname", mysql.host(),
                "database.port", String.valueOf(mysql.port()),
                "database.user", mysql.user(),
                "database.password", mysql.password(),
                "database.include.list", database,
                "topic.prefix", database,
                "schema.history.internal.kafka.bootstrap.servers", kafka.bootstrapServers(),
                "schema.history.internal.kafka.topic", "schema-history." + database));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  private static void assertSays(Map<String, List<String>> errors, String option, String id) {
    assertTrue(
        errors.getOrDefault(option, List.of()).stream().anyMatch(e -> e.startsWith(id + ": ")),
        id + " is not on " + option + ": " + errors);
  }

  @Test
  void errorsStandAtTheirOptions(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String database = "pre_errors";
    try (Migration migration = new Migration(database, mysql, oceanbase, kafka, connect)) {
      migration.prepare(
          KEYLESS,
          "DROP USER IF EXISTS pre_poor",
          "CREATE USER pre_poor IDENTIFIED BY 'poor'",
          "GRANT SELECT ON pre_errors.* TO pre_poor");
      ConnectRest rest = connect.rest();
      Map<String, List<String>> poor =
          errors(
              rest,
              FILE,
              mysqlOptions(
                  database,
                  mysql,
                  kafka,
                  "database.user",
                  "pre_poor",
                  "database.password",
                  "poor"));
      assertSays(poor, "database.user", "privileges");
      assertFalse(poor.get("database.user").get(0).contains("SELECT,"), poor.toString());

      Map<String, List<String>> wrong =
          errors(rest, FILE, mysqlOptions(database, mysql, kafka, "database.password", "wrong"));
      assertSays(wrong, "database.hostname", "connection");
      assertEquals(1, wrong.size(), wrong.toString());

      // Without a key they stream well enough.
      assertEquals(Map.of(), errors(rest, FILE, mysqlOptions(database, mysql, kafka)));
      Map<String, List<String>> blocks =
          errors(
              rest,
              "mysql-source-blocks.json",
              mysqlOptions(
                  database,
                  mysql,
                  kafka,
                  "copy.encoding",
                  "blocks",
                  "snapshot.locking.mode",
                  "none"));
      assertSays(blocks, "copy.encoding", "block-keys");

      try (GlobalSettings settings = new GlobalSettings(mysql)) {
        settings.loseValues();
        Map<String, List<String>> log = errors(rest, FILE, mysqlOptions(database, mysql, kafka));
        assertSays(log, "database.hostname", "binlog-row-image");
        assertSays(log, "table.include.list", "partial-json");
        assertEquals(
            Map.of(),
            errors(
                rest,
                FILE,
                mysqlOptions(
                    database, mysql, kafka, "precheck.skip", "binlog-row-image,partial-json")));
        assertThrows(ConnectRestException.class, () -> migration.startSource(FILE));
      }
      Map<String, List<String>> unknown =
          errors(rest, FILE, mysqlOptions(database, mysql, kafka, "precheck.skip", "everything"));
      assertEquals(1, unknown.get("precheck.skip").size(), unknown.toString());
    }
  }

  @Test
  void historyThatKafkaWouldCompactIsRefused(
      MySqlServer mysql, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    String topic = "pre-compacted-" + UUID.randomUUID();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    Map<String, String> options = mysqlOptions("pre_topic", mysql, kafka);
    options.put("schema.history.internal.kafka.topic", topic);
    assertSays(
        errors(connect.rest(), FILE, options),
        "schema.history.internal.kafka.topic",
        "topic-compaction");
    options.put("precheck.skip", "topic-compaction");
    assertEquals(Map.of(), errors(connect.rest(), FILE, options));
  }

  @Test
  void taskFailsWithAllErrorsAndStartsWithWarnings(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String database = "pre_start";
    ConnectRest rest = connect.rest();
    try (Migration migration = new Migration(database, mysql, oceanbase, kafka, connect);
        TopicReader topic = new TopicReader(kafka.bootstrapServers(), migration.topic("k"))) {
      migration.prepare(KEYLESS, "INSERT INTO k VALUES (1, NULL)").startSource(FILE);
      await("the row of a table without a key")
          .atMost(Migration.TIMEOUT)
          .until(topic::read, records -> !records.isEmpty());

      rest.stopConnector(migration.sourceName());
      try (GlobalSettings settings = new GlobalSettings(mysql)) {
        settings.loseValues();
        rest.resumeConnector(migration.sourceName());
        String failure = migration.awaitFailure(migration.sourceName());
        assertTrue(failure.contains("binlog-row-image: "), failure);
        assertTrue(failure.contains("partial-json: "), failure);
        assertTrue(failure.contains("precheck.skip"), failure);

        migration.reconfigureSource(FILE, "precheck.skip", "binlog-row-image,partial-json");
        migration.onSource("INSERT INTO k VALUES (2, NULL)");
        await("the next row")
            .atMost(Migration.TIMEOUT)
            .until(topic::read, records -> records.size() >= 2);
      }
    }
  }

  @Test
  void whatIsNoBinlogServiceIsRefused(
      OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect) throws Exception {
    try (OceanBaseCapture capture =
        new OceanBaseCapture("pre_service", oceanbase, kafka, connect)) {
      ConnectRest rest = connect.rest();
      // Nothing is captured yet, so that nothing has a GTID.
      assertSays(
          errors(rest, OceanBaseCapture.FILE, capture.options()),
          "binlog.hostname",
          "binlog-gtids");

      capture.prepare("CREATE TABLE t (id INT PRIMARY KEY)").start().awaitCaughtUp();
      assertEquals(Map.of(), errors(rest, OceanBaseCapture.FILE, capture.options()));

      capture.service().set(BinlogQuirk.OK_INSTEAD_OF_ROWS, true);
      assertSays(
          errors(rest, OceanBaseCapture.FILE, capture.options()),
          "binlog.hostname",
          "binlog-service");
      capture
          .with("binlog.hostname", oceanbase.host())
          .with("binlog.port", String.valueOf(oceanbase.port()));
      assertSays(
          errors(rest, OceanBaseCapture.FILE, capture.options()),
          "binlog.hostname",
          "binlog-service");
    }
  }
}
