package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectRestException;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where MySqlSourceConnector begins and goes on to read the log. */
@ExtendWith(LocalStackExtension.class)
class PositionIT {
  private static final String FILE = "mysql-source.json";
  private static final String START = "pos_start";
  private static final String TABLE = "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)";

  @Test
  void deletedLogFailsOrIsMadeUpForByACopy(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("pos_lost", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(TABLE, "INSERT INTO t VALUES (1, 1), (2, 1), (3, 1)")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      connect.rest().stopConnector(migration.sourceName());
      migration.onSource(
          "INSERT INTO t VALUES (4, 1)",
          "UPDATE t SET n = 2 WHERE id = 1",
          "DELETE FROM t WHERE id = 2");
      purge(migration);
      connect.rest().resumeConnector(migration.sourceName());

      String failure = migration.awaitFailure(migration.sourceName());
      assertTrue(failure.contains("changes are missing"), failure);
      assertTrue(failure.contains("has deleted the transactions"), failure);
      assertTrue(failure.contains(mysql.host() + ":" + mysql.port()), failure);
      assertTrue(failure.contains("on.position.lost=resnapshot"), failure);

      migration.reconfigureSource(FILE, "on.position.lost", "resnapshot");
      await("the task to start again")
          .atMost(Migration.TIMEOUT)
          .until(() -> migration.failureOf(migration.sourceName()).isEmpty());
      migration.onSource("INSERT INTO t VALUES (5, 1)").awaitCaughtUp();
      // What was deleted while nobody read stays.
      assertEquals("1", migration.onDestinationValue("SELECT n FROM t WHERE id = 2"));
      migration.onDestination("DELETE FROM t WHERE id = 2");
      migration
          .onSource("UPDATE t SET n = n + 1", "DELETE FROM t WHERE id = 3")
          .awaitCaughtUp()
          .assertEqual("t");
    }
  }

  @Test
  void logThatIsDeletedWhileTheDatabaseIsAwayIsMadeUpForByACopy(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (FaultProxy proxy = FaultProxy.before(mysql);
        Migration migration = new Migration("pos_away", mysql, oceanbase, kafka, connect)) {
      migration
          .withSource("database.port", String.valueOf(proxy.address().port()))
          .withSource("on.position.lost", "resnapshot")
          .prepare(TABLE, "INSERT INTO t VALUES (1, 1), (2, 1)")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      proxy.refuse();
      proxy.sever();
      migration.onSource("INSERT INTO t VALUES (3, 1)", "UPDATE t SET n = 2 WHERE id = 1");
      purge(migration);
      proxy.heal();

      migration.onSource("INSERT INTO t VALUES (4, 1)").awaitCaughtUp().assertEqual("t");
    }
  }

  /** Each form of a position begins with the same transaction, and nothing is copied. */
  @Test
  void streamBeginsWhereItIsWantedTo(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    Map<String, String> starts = new LinkedHashMap<>();
    try (Migration migration = new Migration(START, mysql, oceanbase, kafka, connect)) {
      migration.prepare(TABLE, "INSERT INTO t VALUES (1, 1)", "FLUSH BINARY LOGS");
      migration.onSource("INSERT INTO t VALUES (2, 1)");
      List<String> status = migration.onSourceRow("SHOW BINARY LOG STATUS");
      starts.put("gtids", status.get(4));
      starts.put("file", status.get(0) + ":" + status.get(1));
      starts.put(
          "time",
          migration.onSourceValue("SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')"));
      migration.onSource(
          "INSERT INTO t VALUES (3, 1)", "FLUSH BINARY LOGS", "DELETE FROM t WHERE id = 1");
    }
    List<String> operations = new ArrayList<>(List.of("c 3", "d 1"));
    for (Map.Entry<String, String> start : starts.entrySet()) {
      try (Migration migration = new Migration(START, mysql, oceanbase, kafka, connect)) {
        startAt(migration, start.getKey(), start.getValue());
        awaitOperations(kafka, start.getKey(), operations);
        // Where it goes on is not where it began.
        connect.rest().restartConnector(migration.sourceName(), true);
        int id = 10 + operations.size();
        migration.onSource("INSERT INTO t VALUES (" + id + ", 1)");
        operations.add("c " + id);
        awaitOperations(kafka, start.getKey(), operations);
      }
    }
    try (Migration migration = new Migration(START, mysql, oceanbase, kafka, connect)) {
      purge(migration);
      migration.onSource("INSERT INTO t VALUES (4, 1)");
      startAt(migration, "earliest", "earliest");
      awaitOperations(kafka, "earliest", List.of("c 4"));
    }
    try (Migration migration = new Migration(START, mysql, oceanbase, kafka, connect)) {
      ConnectRestException refused =
          assertThrows(
              ConnectRestException.class, () -> startAt(migration, "gone", starts.get("gtids")));
      assertTrue(
          refused.getMessage().contains("no longer has the transactions"), refused.getMessage());
    }
  }

  private static void startAt(Migration migration, String form, String position) {
    String prefix = START + "_" + form;
    migration
        .withSource("topic.prefix", prefix)
        .withSource("schema.history.internal.kafka.topic", "schema-history." + prefix)
        .withSource("snapshot.mode", "no_data")
        .withSource("start.position", position)
        .startSource(FILE);
  }

  private static void awaitOperations(KafkaBroker kafka, String form, List<String> operations) {
    String name = START + "_" + form + "." + START + ".t";
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), name)) {
      await("the changes in " + name)
          .atMost(Migration.TIMEOUT)
          .untilAsserted(() -> assertEquals(operations, operations(topic.read())));
    }
  }

  private static List<String> operations(List<TopicRecord> records) {
    return records.stream()
        .filter(record -> !record.value().isNull())
        .map(record -> record.operation() + " " + record.row().path("id").asText())
        .toList();
  }

  @Test
  void logThatIsOlderThanADefinitionIsNotRead(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("pos_ddl", mysql, oceanbase, kafka, connect)) {
      migration.prepare(TABLE, "CREATE TABLE other LIKE t");
      String gtids = migration.onSourceRow("SHOW BINARY LOG STATUS").get(4);
      migration
          .onSource(
              "ALTER TABLE other ADD COLUMN v INT",
              "INSERT INTO t VALUES (1, 1)",
              "ALTER TABLE t MODIFY COLUMN n BIGINT NOT NULL COMMENT 'changed'")
          .withSource("table.include.list", "pos_ddl.t,pos_ddl.marker")
          .withSource("snapshot.mode", "no_data")
          .withSource("start.position", gtids)
          .startSource(FILE);

      String failure =
          await("the refusal")
              .atMost(Migration.TIMEOUT)
              .ignoreExceptionsInstanceOf(ConnectRestException.class)
              .until(() -> migration.failureOf(migration.sourceName()), trace -> !trace.isEmpty());
      assertTrue(failure.contains("a change of the definition of table pos_ddl.t"), failure);
      assertTrue(failure.contains("start.position"), failure);
    }
  }

  /** Nothing of a transaction in the middle is lost or comes twice either. */
  @Test
  void nextAddressIsUsedWhenOneIsGone(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    int rows = 0;
    try (FaultProxy first = FaultProxy.before(mysql);
        FaultProxy second = FaultProxy.before(mysql);
        Migration migration = new Migration("pos_next", mysql, oceanbase, kafka, connect);
        TopicReader topic = new TopicReader(kafka.bootstrapServers(), migration.topic("t"))) {
      migration
          .withSource("database.hostname", first.address().host())
          .withSource("database.port", String.valueOf(first.address().port()))
          .withSource("reconnect.addresses", second.address().toString())
          .prepare(TABLE)
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      rows = insert(migration, rows);
      migration.awaitCaughtUp();
      first.cutAfter(2_000);
      rows = insert(migration, rows);
      first.refuse();
      first.sever();
      rows = insert(migration, rows);
      migration.awaitCaughtUp().assertEqual("t");
      assertEquals(rows, topic.readToEnd().size());

      // Behind the last one the first comes again, which is gone.
      second.sever();
      rows = insert(migration, rows);
      migration.awaitCaughtUp().assertEqual("t");
      assertEquals(rows, topic.readToEnd().size());
    }
  }

  private static int insert(Migration migration, int from) throws SQLException {
    int to = from + 500;
    for (int i = from; i < to; i += 50) {
      migration.onSource(
          IntStream.range(i, i + 50)
              .mapToObj(id -> "(" + id + ", 1)")
              .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", "")));
    }
    return to;
  }

  private static void purge(Migration migration) throws SQLException {
    migration.onSource("FLUSH BINARY LOGS");
    String file = migration.onSourceValue("SHOW BINARY LOG STATUS");
    migration.onSource("PURGE BINARY LOGS TO '" + file + "'");
  }
}
