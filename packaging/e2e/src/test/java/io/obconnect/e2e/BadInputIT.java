package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class BadInputIT {
  private static final String SINK = "io.obconnect.sink.OceanBaseSinkConnector";

  @Test
  void validationAcceptsAGoodConfiguration(OceanBaseServer oceanbase, ConnectWorker connect) {
    assertEquals(Map.of(), errors(connect, good(oceanbase)));
  }

  @Test
  void validationNamesAnUnreachableDatabase(OceanBaseServer oceanbase, ConnectWorker connect) {
    Map<String, String> config = good(oceanbase);
    config.put("connection.addresses", "127.0.0.1:1");

    assertError(errors(connect, config), "connection.addresses", "can be reached");
  }

  @Test
  void validationNamesAWrongPassword(OceanBaseServer oceanbase, ConnectWorker connect) {
    Map<String, String> config = good(oceanbase);
    config.put("connection.password", "not-it");

    Map<String, String> errors = errors(connect, config);

    assertError(errors, "connection.password", "refuses user");
    assertFalse(errors.toString().contains("not-it"), "the password must not be repeated");
  }

  @Test
  void validationNamesMissingPrivileges(OceanBaseServer oceanbase, ConnectWorker connect)
      throws Exception {
    try (Connection connection = oceanbase.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER IF NOT EXISTS reader IDENTIFIED BY 'r'");
      statement.execute("GRANT SELECT ON *.* TO reader");
    }
    Map<String, String> config = good(oceanbase);
    config.put("connection.username", "reader");
    config.put("connection.password", "r");

    assertError(
        errors(connect, config),
        "connection.username",
        "lacks CREATE, DROP, INSERT, UPDATE, DELETE, ALTER, CREATE VIEW");
  }

  @Test
  void validationNamesAReadOnlyDestination(LocalStack stack, ConnectWorker connect)
      throws Exception {
    try (MySqlServer mysql = stack.newMySql();
        Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL read_only = ON");
      Map<String, String> config = new HashMap<>();
      config.put("connection.addresses", mysql.address());
      config.put("connection.username", mysql.user());
      config.put("connection.password", mysql.password());

      assertError(errors(connect, config), "connection.addresses", "read-only");
    }
  }

  @Test
  void validationNamesAMissingFileOfAuthorities(OceanBaseServer oceanbase, ConnectWorker connect) {
    Map<String, String> config = good(oceanbase);
    config.put("connection.tls.mode", "verify-ca");
    config.put("connection.tls.ca.path", "/no/such/ca.pem");

    assertError(errors(connect, config), "connection.tls.ca.path", "cannot be read");
  }

  @Test
  void validationNamesUnknownOptionValues(OceanBaseServer oceanbase, ConnectWorker connect) {
    Map<String, String> config = good(oceanbase);
    config.put("connection.tls.mode", "maybe");
    config.put("table.error.policy", "shrug");
    config.put("connection.addresses", "localhost");

    Map<String, String> errors = errors(connect, config);

    assertError(errors, "connection.tls.mode", "verify-identity");
    assertError(errors, "table.error.policy", "pause");
    assertError(errors, "connection.addresses", "host:port");
  }

  @Test
  void validationNamesCharacterSetsThatTheDestinationLacks(
      OceanBaseServer oceanbase, ConnectWorker connect) {
    Map<String, String> config = good(oceanbase);
    config.put("schema.charset.map", "latin1:utf8mb4,koi8r:klingon");
    config.put("schema.collation.map", "latin1_bin:utf8mb4_bin,koi8r_bin:klingon_bin");

    Map<String, String> errors = errors(connect, config);

    assertError(errors, "schema.charset.map", "has no character set klingon;");
    assertError(errors, "schema.collation.map", "has no collation klingon_bin;");
    assertFalse(errors.toString().contains("utf8mb4"), errors.toString());
    assertEquals(2, errors.size(), errors.toString());
  }

  @Test
  void poisonReachesTheDeadLetterQueueAndTheRestArrives(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("poison", mysql, oceanbase, kafka, connect)
            .withSink("errors.deadletterqueue.topic.name", "dead-letters.poison")) {
      migration
          .prepare("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))")
          .startSource()
          .startSink("oceanbase-sink-dead-letters.json");
      migration
          .awaitCaughtUp()
          // Somebody leaves less room than the source has.
          .onDestination("DROP TABLE t", "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(5))")
          .onSource("INSERT INTO t VALUES (1, 'short'), (2, 'much longer'), (3, 'short')");
      migration.awaitOnDestination("SELECT COUNT(*) FROM t", "2");
      send(kafka, "poison.poison.t", null, "{\"schema\": null, \"payload\": {\"x\": 1}}");
      send(kafka, "poison.poison.t", null, deleteWithoutKey());
      migration.awaitCaughtUp();

      List<Letter> letters = deadLetters(kafka, "dead-letters.poison", 3);

      assertEquals(
          Map.of(
              "__obconnect.error.table", "`poison`.`t`",
              "__obconnect.error.destination.table", "`poison`.`t`",
              "__obconnect.error.key.columns", "`id`",
              "__obconnect.error.code", "1406",
              "__obconnect.error.sqlstate", "22001",
              "__obconnect.error.reason",
                  "the destination refused it: error 1406 (SQL state 22001): a value longer than"
                      + " the column"),
          letters.get(0).ownHeaders());
      String message = letters.get(0).headers().get("__connect.errors.exception.message");
      assertTrue(
          message.contains(
              "topic poison.poison.t, partition 0, offset 1: table `poison`.`t` (key `id`)"),
          message);
      assertFalse(
          letters.get(0).headers().toString().contains("much longer"),
          "a row value must not be repeated");
      assertTrue(
          letters.get(0).value().contains("much longer"), "the record itself is kept as it was");

      assertEquals("UNREADABLE_RECORD", letters.get(1).headers().get("__obconnect.error.code"));
      assertTrue(
          letters
              .get(1)
              .headers()
              .get("__obconnect.error.reason")
              .contains("no Debezium change event"));
      assertEquals("{\"schema\": null, \"payload\": {\"x\": 1}}", letters.get(1).value());

      Map<String, String> delete = letters.get(2).ownHeaders();
      assertEquals("`poison`.`t`", delete.get("__obconnect.error.table"));
      assertEquals("`id`", delete.get("__obconnect.error.key.columns"));
      assertEquals("UNREADABLE_RECORD", delete.get("__obconnect.error.code"));
      assertTrue(
          delete.get("__obconnect.error.reason").contains("neither a key"), delete.toString());
      assertEquals(deleteWithoutKey(), letters.get(2).value());
    }
  }

  @Test
  void poisonWithoutDeadLetterQueueFailsTheTaskByName(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("poison_fails", mysql, oceanbase, kafka, connect)) {
      migration.prepare().start().awaitCaughtUp();
      send(kafka, "poison_fails.stray", null, "{\"schema\": null, \"payload\": {\"x\": 1}}");

      String failure = migration.awaitFailure();

      assertTrue(failure.contains("topic poison_fails.stray, partition 0, offset 0"), failure);
    }
  }

  @Test
  void destinationTableWithoutPrimaryKeyWaitsWhileOthersGoOn(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("no_key", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE keyless (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE other (id INT PRIMARY KEY, v INT)",
              "INSERT INTO keyless VALUES (1, 1)",
              "INSERT INTO other VALUES (1, 1)")
          .onDestination("DROP TABLE IF EXISTS keyless", "CREATE TABLE keyless (id INT, v INT)")
          .start();

      migration.awaitOnDestination("SELECT COUNT(*) FROM other", "1");
      assertEquals("0", migration.onDestinationValue("SELECT COUNT(*) FROM keyless"));
      migration.onDestination("ALTER TABLE keyless ADD PRIMARY KEY (id)");

      migration.awaitCaughtUp().assertEqual("keyless", "other");
    }
  }

  private static Map<String, String> good(OceanBaseServer oceanbase) {
    Map<String, String> config = new HashMap<>();
    config.put("connection.addresses", oceanbase.address());
    config.put("connection.username", oceanbase.user());
    config.put("connection.password", oceanbase.password());
    return config;
  }

  private static Map<String, String> errors(ConnectWorker connect, Map<String, String> options) {
    Map<String, String> config = new HashMap<>(options);
    config.put("name", "validated");
    config.put("connector.class", SINK);
    config.put("topics", "any");
    Map<String, String> errors = new HashMap<>();
    for (JsonNode option : connect.rest().validate(SINK, config).path("configs")) {
      JsonNode messages = option.path("value").path("errors");
      if (!messages.isEmpty()) {
        errors.put(option.path("value").path("name").asText(), messages.toString());
      }
    }
    return errors;
  }

  private static void assertError(Map<String, String> errors, String option, String text) {
    assertTrue(errors.getOrDefault(option, "").contains(text), errors.toString());
  }

  private static String deleteWithoutKey() {
    return """
        {"schema": {"type": "struct", "fields": [
            {"field": "op", "type": "string"},
            {"field": "before", "type": "struct", "optional": true, "fields": [{"field": "id", "type": "int32"}]},
            {"field": "after", "type": "struct", "optional": true, "fields": [{"field": "id", "type": "int32"}]},
            {"field": "source", "type": "struct", "fields": [
              {"field": "db", "type": "string"}, {"field": "table", "type": "string"}]}]},
         "payload": {"op": "d", "before": null, "after": null,
            "source": {"db": "poison", "table": "t"}}}""";
  }

  private static void send(KafkaBroker kafka, String topic, String key, String value)
      throws Exception {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    }
  }

  /** A dead letter: the text of the record, and its headers. */
  private record Letter(String value, Map<String, String> headers) {
    private static Letter of(ConsumerRecord<String, String> record) {
      Map<String, String> headers = new HashMap<>();
      record
          .headers()
          .forEach(
              header ->
                  headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
      return new Letter(record.value(), headers);
    }

    private Map<String, String> ownHeaders() {
      Map<String, String> own = new HashMap<>(headers);
      own.keySet().removeIf(header -> !header.startsWith("__obconnect."));
      return own;
    }
  }

  private static List<Letter> deadLetters(KafkaBroker kafka, String topic, int count) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
    properties.setProperty("group.id", "test-" + topic);
    properties.setProperty("auto.offset.reset", "earliest");
    List<Letter> letters = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      await("dead letters")
          .atMost(Migration.TIMEOUT)
          .until(
              () -> {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
                records.forEach(record -> letters.add(Letter.of(record)));
                return letters.size() >= count;
              });
    }
    return letters;
  }
}
