package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.RetryPolicy;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;

/** When a capture is replaced, where the next one goes on, and when that is given up. */
class RestartingCaptureTest {
  private static final Map<String, String> PARTITION = Map.of("server", "p");
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(60));

  /** One round of polling: records, nothing, or the end of the capture. */
  private sealed interface Step {
    record Records(List<SourceRecord> records) implements Step {}

    record Lost(Duration after) implements Step {}

    record LostAtStart(Duration after) implements Step {}

    record PositionLost() implements Step {}
  }

  private final Deque<Step> script = new ArrayDeque<>();
  private final List<Map<String, Object>> startedAt = new ArrayList<>();
  private long nowNanos;

  private RestartingCapture capture = capture(Map.of());

  private RestartingCapture capture(Map<String, String> options) {
    return new RestartingCapture(
        current -> new Scripted(),
        new StoredNothing(),
        new ResumePoint(new StoredNothing(), Optional.empty()),
        options,
        POLICY,
        () -> nowNanos);
  }

  private final class Scripted extends SourceTask {
    @Override
    public String version() {
      return "1";
    }

    @Override
    public void start(Map<String, String> options) {
      startedAt.add(context.offsetStorageReader().offset(PARTITION));
      if (script.peek() instanceof Step.LostAtStart lost) {
        script.remove();
        lose(lost.after());
      }
    }

    @Override
    public List<SourceRecord> poll() {
      Step step = script.remove();
      if (step instanceof Step.Records records) {
        return records.records();
      }
      if (step instanceof Step.PositionLost) {
        throw new ConnectException("stopped", new PositionLostException("purged"));
      }
      lose(((Step.Lost) step).after());
      return List.of();
    }

    @Override
    public void stop() {}
  }

  private static final class StoredNothing implements SourceTaskContext, OffsetStorageReader {
    @Override
    public Map<String, String> configs() {
      return Map.of();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException("no worker, no metrics");
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return Map.of();
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return new HashMap<>();
    }
  }

  private void lose(Duration after) {
    nowNanos += after.toNanos();
    throw new ConnectException("stopped", new EOFException("gone"));
  }

  private static SourceRecord row(long position) {
    return record(Map.of("pos", position), SchemaBuilder.struct().name("p.t.Envelope").build());
  }

  private static SourceRecord snapshotRow() {
    return record(
        Map.of("pos", 1L, "snapshot", "INITIAL"),
        SchemaBuilder.struct().name("p.t.Envelope").build());
  }

  private static SourceRecord schemaChange(long position) {
    return record(
        Map.of("pos", position),
        SchemaBuilder.struct().name("io.debezium.connector.mysql.SchemaChangeValue").build());
  }

  private static SourceRecord record(Map<String, ?> offset, Schema schema) {
    return new SourceRecord(PARTITION, offset, "topic", schema, null);
  }

  /** Polls as Connect does, with the clock at the time of the next attempt. */
  private void pollAll() throws InterruptedException {
    while (!script.isEmpty()) {
      nowNanos += POLICY.maxBackoff().toNanos();
      capture.poll();
    }
  }

  @Test
  void nextOneGoesOnBehindTheLastRowThatWasHandedOver() throws InterruptedException {
    script.add(new Step.Records(List.of(row(1), row(2))));
    script.add(new Step.Lost(Duration.ZERO));
    script.add(new Step.Records(List.of(row(3), schemaChange(4))));
    script.add(new Step.Lost(Duration.ZERO));
    script.add(new Step.Records(List.of(schemaChange(4), row(5))));
    pollAll();
    assertEquals(List.of(Map.of(), Map.of("pos", 2L), Map.of("pos", 3L)), startedAt);
  }

  /** Without data rows the last schema change has the position from which the stream begins. */
  @Test
  void completeSnapshotIsNotBegunAgain() throws InterruptedException {
    script.add(new Step.Records(List.of(snapshotRow(), schemaChange(7))));
    script.add(new Step.Lost(Duration.ZERO));
    script.add(new Step.Records(List.of(schemaChange(8))));
    script.add(new Step.Lost(Duration.ZERO));
    script.add(new Step.Records(List.of(row(9))));
    pollAll();
    assertEquals(List.of(Map.of(), Map.of("pos", 7L), Map.of("pos", 7L)), startedAt);
  }

  private static SourceRecord streamed(long position) {
    Schema source = SchemaBuilder.struct().field("snapshot", Schema.STRING_SCHEMA).build();
    Schema schema = SchemaBuilder.struct().name("p.t.Envelope").field("source", source).build();
    Struct value = new Struct(schema).put("source", new Struct(source).put("snapshot", "false"));
    return new SourceRecord(PARTITION, Map.of("pos", position), "topic", schema, value);
  }

  @Test
  void lostPositionIsNotTriedAgain() {
    script.add(new Step.Records(List.of(streamed(1))));
    script.add(new Step.PositionLost());
    ConnectException failure = assertThrows(ConnectException.class, this::pollAll);
    assertTrue(failure.getMessage().contains("purged"), failure.getMessage());
    assertEquals(1, startedAt.size());
  }

  @Test
  void resnapshotForgetsThePositionAndGoesOnBehindTheCopy() throws InterruptedException {
    capture = capture(Map.of(PositionOptions.ON_LOST, PositionOptions.RESNAPSHOT));
    for (int i = 0; i < 3; i++) {
      script.add(new Step.Records(List.of(streamed(1))));
      script.add(new Step.PositionLost());
      // The interrupted copy does not go back to the position that is lost.
      script.add(new Step.LostAtStart(Duration.ZERO));
      script.add(new Step.Records(List.of(snapshotRow(), schemaChange(7))));
      script.add(new Step.Lost(Duration.ZERO));
    }
    pollAll();
    assertEquals(null, startedAt.get(1));
    assertEquals(null, startedAt.get(2));
    assertEquals(Map.of("pos", 7L), startedAt.get(3));
  }

  @Test
  void positionThatOneServerLacksIsSoughtOnTheOthers() {
    capture = capture(Map.of(ReconnectOptions.ADDRESSES, "b:1,c:1"));
    for (int i = 0; i < 100; i++) {
      script.add(new Step.PositionLost());
    }
    assertThrows(ConnectException.class, this::pollAll);
    assertEquals(3, startedAt.size());
  }

  /** The log is deleted faster than the tables are copied. */
  @Test
  void resnapshotIsNotRepeatedForEver() {
    capture = capture(Map.of(PositionOptions.ON_LOST, PositionOptions.RESNAPSHOT));
    for (int i = 0; i < 100; i++) {
      script.add(new Step.Records(List.of(snapshotRow(), schemaChange(7))));
      script.add(new Step.PositionLost());
    }
    ConnectException failure = assertThrows(ConnectException.class, this::pollAll);
    assertTrue(failure.getMessage().contains("keep its log"), failure.getMessage());
    assertEquals(2, startedAt.size());
  }

  @Test
  void attemptsThatTakeLongAreStillFailures() {
    for (int i = 0; i < 100; i++) {
      script.add(new Step.LostAtStart(Duration.ofSeconds(30)));
    }
    ConnectException failure = assertThrows(ConnectException.class, this::pollAll);
    assertTrue(failure.getMessage().contains(ReconnectOptions.TIMEOUT), failure.getMessage());
    assertEquals(3, startedAt.size());
  }

  @Test
  void captureThatRanForAWhileBeginsToCountAnew() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      script.add(new Step.Lost(Duration.ofSeconds(30)));
    }
    pollAll();
    assertEquals(100, startedAt.size());
  }

  @Test
  void snapshotIsNotBegunAgainForEver() {
    for (int i = 0; i < 100; i++) {
      script.add(new Step.Records(List.of(snapshotRow())));
      script.add(new Step.Lost(Duration.ofHours(1)));
    }
    ConnectException failure = assertThrows(ConnectException.class, this::pollAll);
    assertTrue(failure.getMessage().contains("snapshot"), failure.getMessage());
    assertEquals(3, startedAt.size());
  }
}
