package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A task as a worker drives it, on a real destination that fails on command. */
@ExtendWith(LocalStackExtension.class)
class TaskLifeIT {
  /** What Connect gives a task to stop. */
  private static final Duration GRACEFUL = Duration.ofSeconds(5);

  private static final String LEDGER = "task_life_ledger";

  private OceanBaseServer oceanBase;

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

  private Map<String, String> properties(FaultProxy proxy) {
    return Map.of(
        "name",
        "task-life",
        ConnectionOptions.ADDRESSES,
        proxy.address().toString(),
        ConnectionOptions.USERNAME,
        oceanBase.user(),
        ConnectionOptions.PASSWORD,
        oceanBase.password(),
        SchemaOptions.LEDGER_DATABASE,
        LEDGER,
        WriteOptions.LANES_PER_TASK,
        "4");
  }

  /** A task and its consumer, which seeks and pauses as it is told. */
  private final class Worker {
    private final RecordingContext context = new RecordingContext(PARTITION);
    private final OceanBaseSinkTask task = new OceanBaseSinkTask();
    private final List<SinkRecord> topic;
    private int position;

    Worker(FaultProxy proxy, List<SinkRecord> topic) {
      this.topic = topic;
      task.initialize(context);
      task.start(properties(proxy));
      task.open(List.of(PARTITION));
    }

    void deliver() {
      Long sought = context.soughtTo.remove(PARTITION);
      int from = sought == null ? position : sought.intValue();
      position = context.paused.contains(PARTITION) ? from : topic.size();
      task.put(List.copyOf(topic.subList(from, position)));
    }

    boolean isFinished() {
      OffsetAndMetadata none = new OffsetAndMetadata(0);
      OffsetAndMetadata offset = task.preCommit(Map.of(PARTITION, none)).get(PARTITION);
      return offset != null && offset.offset() == topic.size();
    }

    void awaitFinished() {
      await()
          .until(
              () -> {
                deliver();
                return isFinished();
              });
    }

    void stopInTime() {
      assertTimeoutPreemptively(
          GRACEFUL,
          () -> {
            task.preCommit(Map.of());
            task.close(List.of(PARTITION));
            task.stop();
          });
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  private static List<SinkRecord> topicOf(int rows) {
    List<SinkRecord> topic = new ArrayList<>();
    append(topic, rows);
    return topic;
  }

  private static void append(List<SinkRecord> topic, int rows) {
    for (int i = 0; i < rows; i++) {
      int id = topic.size();
      Struct inserted = Changes.envelope("c", null, Changes.row(id, id));
      topic.add(Changes.record(Changes.key(id), inserted, id));
    }
  }

  private long count() throws SQLException {
    try (Connection connection = oceanBase.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void stopsInTimeWhenTheDestinationSwallowsEveryPacketWhileAllLanesWrite() {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      List<SinkRecord> topic = topicOf(200);
      Worker worker = new Worker(proxy, topic);
      worker.awaitFinished();
      proxy.stall();
      append(topic, 2_000);
      worker.deliver();
      worker.stopInTime();
    }
  }

  @Test
  void stopsInTimeWhenTheDestinationSwallowsEveryPacketFromTheStart() {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      proxy.stall();
      Worker worker = new Worker(proxy, topicOf(0));
      worker.deliver();
      worker.stopInTime();
    }
  }

  @Test
  void stopsInTimeWhenTheDestinationIsGone() {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      List<SinkRecord> topic = topicOf(200);
      Worker worker = new Worker(proxy, topic);
      worker.awaitFinished();
      proxy.refuse();
      proxy.sever();
      append(topic, 2_000);
      worker.deliver();
      worker.stopInTime();
    }
  }

  /** I7: the marks would hide it from the next owner. */
  @Test
  void nothingIsAppliedBehindARejectedRecordBeforeItsReportHasArrived() throws SQLException {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      List<SinkRecord> topic = topicOf(50);
      topic.add(Changes.record(null, "no schema", 50));
      append(topic, 50);
      Worker worker = new Worker(proxy, topic);
      CompletableFuture<Void> arrived = new CompletableFuture<>();
      worker.context.reportTo((record, error) -> arrived);
      await()
          .until(
              () -> {
                worker.deliver();
                return count() == 50;
              });
      for (int i = 0; i < 20; i++) {
        worker.deliver();
      }
      assertEquals(50, count());
      assertFalse(worker.isFinished());

      arrived.complete(null);
      worker.awaitFinished();
      assertEquals(100, count());
      worker.stopInTime();
    }
  }

  @Test
  void taskThatStartsAgainSaysHowItsTablesAreWrittenBeforeTheirRowsCome() {
    ListAppender<ILoggingEvent> messages = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(PlanLog.class);
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      Worker first = new Worker(proxy, topicOf(10));
      first.awaitFinished();
      first.stopInTime();

      messages.start();
      log.setLevel(Level.INFO);
      log.addAppender(messages);
      Worker second = new Worker(proxy, topicOf(0));
      await()
          .until(
              () -> {
                second.task.put(List.of());
                return List.copyOf(messages.list).stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .anyMatch(message -> message.contains("`shop`.`orders`: rows are found by"));
              });
      second.stopInTime();
    } finally {
      log.detachAppender(messages);
      log.setLevel(null);
    }
  }

  /**
   * Connect may have lost sight of it, so that it learns of its replacement from the marks only.
   */
  @Test
  void taskThatWasReplacedWritesNothingMore() throws SQLException {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      List<SinkRecord> topic = topicOf(100);
      Worker zombie = new Worker(proxy, topic);
      zombie.awaitFinished();
      Worker successor = new Worker(proxy, topic);
      successor.awaitFinished();
      execute("DELETE FROM shop.orders");

      append(topic, 100);
      await()
          .until(
              () -> {
                zombie.deliver();
                return zombie.context.paused.contains(PARTITION);
              });
      assertEquals(0, count());
      successor.awaitFinished();
      assertEquals(100, count());

      // A statement that no transaction protects.
      Worker lateZombie = new Worker(proxy, topic);
      lateZombie.awaitFinished();
      Worker lastOwner = new Worker(proxy, topic);
      lastOwner.awaitFinished();
      topic.add(Changes.record(null, Changes.envelope("t", null, null), topic.size()));
      lateZombie.deliver();
      await()
          .during(Duration.ofSeconds(1))
          .until(
              () -> {
                lateZombie.deliver();
                return count() == 100 && lateZombie.context.paused.contains(PARTITION);
              });
      lateZombie.stopInTime();
      lastOwner.stopInTime();
      zombie.stopInTime();
      successor.stopInTime();
    }
  }

  @Test
  void taskThatWasReplacedCarriesOutNoSchemaChange() throws SQLException {
    try (FaultProxy proxy = FaultProxy.before(oceanBase)) {
      List<SinkRecord> topic = topicOf(1);
      Worker zombie = new Worker(proxy, topic);
      zombie.awaitFinished();
      Worker successor = new Worker(proxy, topic);
      successor.awaitFinished();

      Struct create = Changes.schemaChange("true", null, "CREATE TABLE late (id INT PRIMARY KEY)");
      topic.add(Changes.record(null, create, topic.size()));
      await()
          .until(
              () -> {
                zombie.deliver();
                return zombie.context.paused.contains(PARTITION);
              });
      assertFalse(exists("late"));

      successor.awaitFinished();
      assertTrue(exists("late"));
      zombie.stopInTime();
      successor.stopInTime();
    }
  }

  private boolean exists(String table) throws SQLException {
    try (Connection connection = oceanBase.connect();
        ResultSet row = connection.getMetaData().getTables("shop", null, table, null)) {
      return row.next();
    }
  }
}
