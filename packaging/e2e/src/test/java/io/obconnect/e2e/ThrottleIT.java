package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits of the rate are changed while a connector runs, and its metrics tell what it does. */
@ExtendWith(LocalStackExtension.class)
class ThrottleIT {
  private static final int ROWS = 20_000;

  @Test
  void rateIsChangedInTheMiddleAndNothingIsLost(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("throttle", mysql, oceanbase, kafka, connect)
            .withSink("consumer.override.max.poll.records", "100")
            .withSink("throttle.rows.per.second", "50")
            .withSink("window.max.rows", "20")) {
      migration
          .prepare("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)", insert(0, ROWS))
          .start();
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        awaitThrottle(beans);
        assertTrue(rows(migration) < ROWS, "the throttled sink has taken everything");
      }
      migration.onSource("UPDATE t SET n = n + 1", "DELETE FROM t WHERE id % 10 = 7");

      migration.reconfigureSink("throttle.rows.per.second", "0");

      migration.awaitCaughtUp().assertEqual("t");
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        assertEquals(0, beans.value("reason=throttle", "partitions-held"));
        assertTrue(beans.value("operation=update", "changes-applied-total") >= ROWS);
        assertTrue(beans.value("operation=delete", "changes-applied-total") >= ROWS / 10);
        assertTrue(beans.value("", "transactions-total") > 0);
        assertTrue(beans.value("", "apply-lag-ms") >= 0);
        await("the buffer to be empty")
            .atMost(Migration.TIMEOUT)
            .until(() -> beans.value("", "buffered-changes") == 0);
        assertTrue(Double.isNaN(beans.value("", "destination-memory-ratio")), "seekdb shows none");
      }
    }
  }

  @Test
  void bytesAreLimitedAndSetFreeOnARunningConnector(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("throttle_bytes", mysql, oceanbase, kafka, connect)
            .withSink("consumer.override.max.poll.records", "100")
            .withSink("window.max.rows", "20")) {
      migration
          .prepare("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)", insert(0, 10))
          .start()
          .awaitCaughtUp();
      long arrived;
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        migration.reconfigureSink("throttle.bytes.per.second", "2000");
        await("the task to start anew")
            .atMost(Migration.TIMEOUT)
            .until(() -> beans.value("operation=insert", "changes-applied-total") == 0);
        migration.onSource(insert(10, ROWS));
        awaitThrottle(beans);
        arrived = rows(migration);
      }
      assertTrue(arrived < ROWS, "the throttled sink has taken everything");
      migration.onSource(
          "UPDATE t SET n = n + 1 WHERE id < 1000", "DELETE FROM t WHERE id % 10 = 7");

      migration.reconfigureSink("throttle.bytes.per.second", "0");

      migration.awaitCaughtUp().assertEqual("t");
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        assertEquals(0, beans.value("reason=throttle", "partitions-held"));
        double inserted = beans.value("operation=insert", "changes-applied-total");
        assertTrue(inserted > 0 && inserted <= ROWS - arrived, inserted + " rows came again");
      }
    }
  }

  private static void awaitThrottle(SinkBeans beans) {
    await("the throttle to pause the partitions")
        .atMost(Migration.TIMEOUT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> beans.value("reason=throttle", "partitions-held") > 0);
  }

  private static String insert(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> "(" + id + ",0)")
        .collect(Collectors.joining(",", "INSERT INTO t VALUES ", ""));
  }

  private static long rows(Migration migration) {
    String count = migration.onDestinationValue("SELECT COUNT(*) FROM t");
    return count.isEmpty() ? 0 : Long.parseLong(count);
  }
}
