package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two servers that are both written to and both copied to the other one. */
@ExtendWith(LocalStackExtension.class)
class TwoWayIT {
  private static final String FILE = "mysql-source.json";
  private static final String DATABASE = "two_way";
  private static final String BACK = "back_two_way";
  private static final int ROWS = 40;

  @Test
  void nothingGoesBackToWhereItCameFrom(
      LocalStack stack, MySqlServer left, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (MySqlServer right = stack.newMySql();
        Migration there = migration(DATABASE, left, right, kafka, connect);
        Migration back = migration(BACK, right, left, kafka, connect)) {
      there
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, side CHAR(5) NOT NULL, n INT NOT NULL)",
              "INSERT INTO t VALUES (1, 'left', 0), (3, 'left', 0)")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      back.withSource("database.include.list", DATABASE)
          .withSource("snapshot.mode", "no_data")
          .startSource(FILE)
          .startSink();
      awaitBack(there, 0);

      // Each row by its key: whoever scans the table gets into the sinks' way.
      for (int i = 10; i < 10 + ROWS; i++) {
        there.onSource(
            "INSERT INTO t VALUES (" + (2 * i + 1) + ", 'left', 0)",
            "UPDATE t SET n = n + 1 WHERE id IN (21, " + (2 * i + 1) + ")");
        there.onDestination(
            "INSERT INTO t VALUES (" + 2 * i + ", 'right', 0)",
            "UPDATE t SET n = n + 1 WHERE id IN (22, " + 2 * i + ")");
      }
      there.onSource("DELETE FROM t WHERE id = 3").onDestination("DELETE FROM t WHERE id = 20");
      changeSchemas(there);
      awaitBack(there, 1);
      there.awaitCaughtUp();

      assertAtRest(there, kafka);
      // Each side goes on with what the other one made.
      there
          .onSource("INSERT INTO r VALUES (1, 'left', 5)", "ALTER TABLE r ADD COLUMN more INT")
          .onDestination("INSERT INTO l2 VALUES (2, 'right', 6)", "ALTER TABLE l2 DROP COLUMN w");
      awaitBack(there, 2);
      there.awaitCaughtUp();
      // Two applications do not agree on a definition while it is on its way.
      awaitSameDefinitions(there);
      there.onSource("UPDATE l2 SET v = 'last'").onDestination("UPDATE r SET v = 'last', more = 1");
      awaitBack(there, 3);
      there.awaitCaughtUp();

      assertAtRest(there, kafka);
    }
  }

  private static Migration migration(
      String name,
      MySqlServer source,
      MySqlServer destination,
      KafkaBroker kafka,
      ConnectWorker connect)
      throws IOException {
    return new Migration(name, source, destination, kafka, connect)
        .withSource("skip.transactions.from", "obconnect")
        .withViews();
  }

  /** Every way in which MySQL logs a statement: as it was sent, and as the server writes it. */
  private static void changeSchemas(Migration there) throws Exception {
    there
        .onSource(
            "CREATE TABLE l (id INT PRIMARY KEY, v VARCHAR(20))",
            "INSERT INTO l VALUES (1, 'left')",
            "ALTER TABLE l ADD COLUMN w INT DEFAULT 7, ADD INDEX by_v (v)",
            "INSERT INTO l VALUES (3, 'left', 8)",
            "RENAME TABLE l TO l2",
            "CREATE TABLE gone_left (id INT PRIMARY KEY)",
            "DROP TABLE gone_left",
            "CREATE VIEW seen_left AS SELECT id, side FROM t")
        .onDestination(
            "CREATE TABLE r (id INT PRIMARY KEY, v VARCHAR(20), w INT)",
            "INSERT INTO r VALUES (2, 'right', 1), (4, 'right', 2)",
            "DELETE FROM r WHERE id = 4",
            "CREATE TABLE emptied (id INT PRIMARY KEY)",
            "INSERT INTO emptied VALUES (2)",
            "TRUNCATE TABLE emptied",
            "CREATE TABLE gone_right (id INT PRIMARY KEY)",
            "DROP TABLE gone_right",
            "CREATE VIEW seen_right AS SELECT id, v FROM r",
            "DROP VIEW seen_right");
  }

  /** Waits until what was written to the right side before this call has come to the left one. */
  private static void awaitBack(Migration there, int round) {
    int row = 2 + 2 * round;
    int[] tries = {0};
    await("changes of the right side on the left one")
        .atMost(Migration.TIMEOUT)
        .until(
            () -> {
              // Until the way back has begun, nobody reads what is written.
              if (round == 0 || tries[0] == 0) {
                there.onDestination("REPLACE INTO marker VALUES (" + row + ", " + ++tries[0] + ")");
              }
              return !there.onSourceValue("SELECT n FROM marker WHERE id = " + row).isEmpty();
            });
  }

  /** Both sides are equal, and nothing is in the topics that was not made where they come from. */
  private static void assertAtRest(Migration there, KafkaBroker kafka) throws Exception {
    awaitSameDefinitions(there);
    List<String> tables = there.tablesOfSource();
    await("both sides to be equal")
        .atMost(Migration.TIMEOUT)
        .untilAsserted(() -> there.assertEqual(tables.toArray(String[]::new)));
    assertEquals(List.of("left"), sides(kafka, DATABASE));
    assertEquals(List.of("right"), sides(kafka, BACK));
    List<String> ofLeft = List.of("gone_left", "by_v", "seen_left");
    List<String> ofRight = List.of("gone_right", "emptied", "seen_right");
    assertEquals(List.of(), statementsLike(kafka, DATABASE, ofRight));
    assertEquals(List.of(), statementsLike(kafka, BACK, ofLeft));
    assertEquals(4, statementsLike(kafka, DATABASE, ofLeft).size());
    assertEquals(5, statementsLike(kafka, BACK, ofRight).size());
    assertEquals(List.of(), operations(kafka, DATABASE, "emptied"));
    assertEquals(List.of("c", "t"), operations(kafka, BACK, "emptied"));
  }

  private static void awaitSameDefinitions(Migration there) {
    await("both sides to have the same tables")
        .atMost(Migration.TIMEOUT)
        .untilAsserted(() -> assertEquals(definitions(there, true), definitions(there, false)));
  }

  private static String definitions(Migration there, boolean source) throws Exception {
    String query =
        "SELECT GROUP_CONCAT(table_name, '.', column_name, ' ', column_type, ' ', column_key"
            + " ORDER BY table_name, ordinal_position) FROM information_schema.columns"
            + " WHERE table_schema = '"
            + DATABASE
            + "'";
    return source ? there.onSourceValue(query) : there.onDestinationValue(query);
  }

  /** Where the changes of a topic were made. */
  private static List<String> sides(KafkaBroker kafka, String prefix) throws IOException {
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), prefix + ".two_way.t")) {
      List<TopicRecord> records = topic.readToEnd();
      assertFalse(records.isEmpty(), prefix);
      return records.stream().map(record -> record.row().path("side").asText()).distinct().toList();
    }
  }

  private static List<String> operations(KafkaBroker kafka, String prefix, String table)
      throws IOException {
    try (TopicReader topic =
        new TopicReader(kafka.bootstrapServers(), prefix + ".two_way." + table)) {
      return topic.readToEnd().stream().map(TopicRecord::operation).toList();
    }
  }

  /** Statements that name one of these. */
  private static List<String> statementsLike(KafkaBroker kafka, String prefix, List<String> names)
      throws IOException {
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), prefix)) {
      return topic.readToEnd().stream()
          .map(record -> record.value().path("payload"))
          .map(change -> change.path("ddl").asText())
          .filter(ddl -> names.stream().anyMatch(ddl::contains))
          .toList();
    }
  }
}
