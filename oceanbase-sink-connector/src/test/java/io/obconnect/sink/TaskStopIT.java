package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connect gives a task five seconds to stop, whatever the destination does. */
@ExtendWith(LocalStackExtension.class)
class TaskStopIT {
  private static final Duration GRACEFUL = Duration.ofSeconds(5);
  private static final String LEDGER = "task_stop_ledger";

  private final RecordingContext context = new RecordingContext(PARTITION);
  private final OceanBaseSinkTask task = new OceanBaseSinkTask();
  private OceanBaseServer oceanBase;
  private int position;

  @BeforeEach
  void prepare(OceanBaseServer server) throws SQLException {
    oceanBase = server;
    execute(
        "DROP DATABASE IF EXISTS " + LEDGER,
        "DROP DATABASE IF EXISTS shop",
        "CREATE DATABASE shop",
        "CREATE TABLE shop.orders (id BIGINT PRIMARY KEY, v INT)");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = oceanBase.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void start(FaultProxy proxy) {
    task.initialize(context);
    task.start(
        Map.of(
            "name",
            "task-stop",
            OceanBaseSinkConfig.ADDRESSES,
            proxy.address().toString(),
            OceanBaseSinkConfig.USERNAME,
            oceanBase.user(),
            OceanBaseSinkConfig.PASSWORD,
            oceanBase.password(),
            OceanBaseSinkConfig.LEDGER_DATABASE,
            LEDGER,
            OceanBaseSinkConfig.LANES_PER_TASK,
            "4"));
    task.open(List.of(PARTITION));
  }

  /** As a worker does it. */
  private void stopInTime() {
    assertTimeoutPreemptively(
        GRACEFUL,
        () -> {
          task.preCommit(Map.of());
          task.close(List.of(PARTITION));
          task.stop();
        });
  }

  private static List<SinkRecord> inserts(int from, int to) {
    List<SinkRecord> records = new ArrayList<>();
    for (int id = from; id < to; id++) {
      records.add(
          Changes.record(Changes.key(id), Changes.envelope("c", null, Changes.row(id, id)), id));
    }
    return records;
  }

  private void awaitRunning() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              deliverUpTo(200);
              return isFinished(200);
            });
  }

  /** As a consumer does that seeks and pauses as it is told. */
  private void deliverUpTo(int end) {
    Long sought = context.soughtTo.remove(PARTITION);
    position = sought == null ? position : sought.intValue();
    boolean paused = context.paused.contains(PARTITION);
    int from = position;
    position = paused ? from : end;
    task.put(inserts(from, position));
  }

  private boolean isFinished(long offset) {
    var offsets = task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(0)));
    return offsets.containsKey(PARTITION) && offsets.get(PARTITION).offset() == offset;
  }

  @Test
  void destinationThatSwallowsEveryPacketWhileAllLanesWrite() {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      start(proxy);
      awaitRunning();
      proxy.stall();
      deliverUpTo(2_000);
      stopInTime();
    }
  }

  @Test
  void destinationThatSwallowsEveryPacketBeforeTheFirstConnection() {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      proxy.stall();
      start(proxy);
      task.put(List.of());
      stopInTime();
    }
  }

  @Test
  void destinationThatIsGone() {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      start(proxy);
      awaitRunning();
      proxy.refuse();
      proxy.sever();
      deliverUpTo(2_000);
      stopInTime();
    }
  }
}
