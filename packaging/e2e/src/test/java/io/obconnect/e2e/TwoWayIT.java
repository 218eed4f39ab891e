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
  private static final int ROWS = 40;

  @Test
  void nothingGoesBackToWhereItCameFrom(
      LocalStack stack, MySqlServer left, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (MySqlServer right = stack.newMySql();
        Migration there = new Migration("two_way", left, right, kafka, connect);
        Migration back = new Migration("back_two_way", right, left, kafka, connect)) {
      there
          .withSource("skip.transactions.from", "obconnect")
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, side CHAR(5) NOT NULL, n INT NOT NULL)",
              "INSERT INTO t VALUES (1, 'left', 0), (3, 'left', 0)")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      back.withSource("skip.transactions.from", "obconnect")
          .withSource("database.include.list", "two_way")
          .withSource("snapshot.mode", "no_data")
          .withSource("include.schema.changes", "false")
          .startSource(FILE)
          .startSink();

      for (int i = 10; i < 10 + ROWS; i++) {
        there.onSource(
            "INSERT INTO t VALUES (" + (2 * i + 1) + ", 'left', 0)",
            "UPDATE t SET n = n + 1 WHERE side = 'left'");
        there.onDestination(
            "INSERT INTO t VALUES (" + 2 * i + ", 'right', 0)",
            "UPDATE t SET n = n + 1 WHERE side = 'right'");
      }
      there.onSource("DELETE FROM t WHERE id = 3").onDestination("DELETE FROM t WHERE id = 20");
      there.onDestination("INSERT INTO t VALUES (2, 'right', 0)");
      await("the last change of the right side on the left one")
          .atMost(Migration.TIMEOUT)
          .until(() -> there.onSourceValue("SELECT COUNT(*) FROM t WHERE id = 2").equals("1"));
      there.awaitCaughtUp().assertEqual("t");

      assertEquals(List.of("left"), sides(kafka, "two_way"));
      assertEquals(List.of("right"), sides(kafka, "back_two_way"));
    }
  }

  /** Where the changes of a topic were made. */
  private static List<String> sides(KafkaBroker kafka, String prefix) throws IOException {
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), prefix + ".two_way.t")) {
      List<TopicRecord> records = topic.readToEnd();
      assertFalse(records.isEmpty(), prefix);
      return records.stream().map(record -> record.row().path("side").asText()).distinct().toList();
    }
  }
}
