package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the low watermark has passed is applied; idle tables and restarts do not hold it back. */
@ExtendWith(LocalStackExtension.class)
class WatermarkIT {
  private static final String PREFIX = "watermark";

  private Migration migration;
  private long low;

  /** The low watermark, 0 while unknown. */
  private long low() {
    String value = watermark("low_source_ts_ms");
    long now = value.isEmpty() || value.equals("null") ? 0 : Long.parseLong(value);
    assertTrue(now >= low, () -> "the low watermark went back from " + low + " to " + now);
    low = now;
    return now;
  }

  private String watermark(String column) {
    return migration.onDestinationValue(
        "SELECT %s FROM obconnect.watermarks WHERE connector = '%s'"
            .formatted(column, migration.sinkName()));
  }

  private long sourceTime() throws SQLException {
    return Long.parseLong(migration.onSourceValue("SELECT FLOOR(UNIX_TIMESTAMP(NOW(3)) * 1000)"));
  }

  /** What was written before must be there as soon as the low watermark says so. */
  private void assertAppliedOncePassed(long timestampMs) throws SQLException {
    await("the low watermark behind " + timestampMs)
        .atMost(Migration.TIMEOUT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> low() > timestampMs);
    migration.assertEqual("busy", "rare");
  }

  private static String rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> "(" + id + ",0)")
        .collect(Collectors.joining(",", "INSERT INTO busy VALUES ", ""));
  }

  @Test
  void lowWatermarkPassesIdleTablesAndNeverGoesBack(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration opened =
        new Migration(PREFIX, mysql, oceanbase, kafka, connect)
            .withSource("heartbeat.interval.ms", "500")
            .withSink("topics.regex", PREFIX + "(\\..*)?|__debezium-heartbeat\\." + PREFIX)
            .withSink("watermark.idle.ms", "4000")) {
      migration = opened;
      migration
          .prepare(
              "CREATE TABLE busy (id INT PRIMARY KEY, n INT NOT NULL)",
              "CREATE TABLE rare (id INT PRIMARY KEY, n INT NOT NULL)",
              rows(0, 2_000),
              "INSERT INTO rare VALUES (1, 0)")
          .start()
          .awaitCaughtUp();

      migration.onSource("INSERT INTO rare VALUES (2, 0)");
      long idleSince = sourceTime();
      migration.onSource(rows(2_000, 4_000), "UPDATE busy SET n = n + 1");
      assertAppliedOncePassed(Math.max(idleSince, sourceTime()));
      assertEquals("5", watermark("partitions"), "of three tables, schema changes, heartbeats");
      assertTrue(Long.parseLong(watermark("high_source_ts_ms")) >= low());
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        assertTrue(beans.value("", "watermark-low-ms") >= low);
      }

      connect.rest().stopConnector(migration.sinkName());
      migration.onSource("UPDATE busy SET n = n + 1", "DELETE FROM busy WHERE id % 7 = 3");
      long whileStopped = sourceTime();
      assertTrue(low() < whileStopped, "nobody has applied that");
      connect.rest().resumeConnector(migration.sinkName());
      assertAppliedOncePassed(whileStopped);
    }
  }

  /** Partitions from which nothing comes, of a source from which nothing comes. */
  @Test
  void markersMoveTheLowWatermarkThroughIdlePartitionsWithoutGuess(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration opened =
        new Migration("watermark_own", mysql, oceanbase, kafka, connect)
            .withPartitions(3)
            .withSource("heartbeat.interval.ms", "0")
            .withSink("tasks.max", "2")
            .withSink("watermark.idle.ms", "0")) {
      migration = opened;
      migration
          .prepare(
              "CREATE TABLE busy (id INT PRIMARY KEY, n INT NOT NULL)",
              "CREATE TABLE rare (id INT PRIMARY KEY, n INT NOT NULL)",
              rows(0, 2_000),
              "INSERT INTO rare VALUES (1, 0)")
          .startSource("mysql-source.json")
          .startSink()
          .awaitCaughtUp();

      migration.onSource(rows(2_000, 4_000), "UPDATE busy SET n = n + 1");
      assertAppliedOncePassed(sourceTime());
      assertEquals("10", watermark("partitions"), "of three tables and the schema changes");

      connect.rest().stopConnector(migration.sinkName());
      migration.onSource("UPDATE busy SET n = n + 1", "DELETE FROM busy WHERE id % 7 = 3");
      long whileStopped = sourceTime();
      assertTrue(low() < whileStopped, "nobody has applied that");
      connect.rest().resumeConnector(migration.sinkName());
      assertAppliedOncePassed(whileStopped);

      // A restarted source has nothing but its log's end to go by.
      connect.rest().stopConnector(migration.sourceName());
      connect.rest().resumeConnector(migration.sourceName());
      assertAppliedOncePassed(sourceTime());
    }
  }
}
