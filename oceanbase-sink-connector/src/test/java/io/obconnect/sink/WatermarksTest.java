package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.Marker;
import io.obconnect.sink.ControlWork.JoinWatermarks;
import io.obconnect.sink.ControlWork.MoveWatermarks;
import io.obconnect.sink.SourceChange.Heartbeat;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SourceMarker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatermarksTest {
  private static final TopicPartition OTHER = new TopicPartition("p.shop.rare", 0);
  private static final TopicPartition HEARTBEATS = new TopicPartition("__debezium-heartbeat.p", 0);
  private static final List<TopicPartition> ALL = List.of(PARTITION, OTHER, HEARTBEATS);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final RecordingContext context = new RecordingContext(ALL.toArray(TopicPartition[]::new));
  private final PartitionGate gate = new PartitionGate(context, () -> 0);
  private final List<ControlWork> asked = new ArrayList<>();
  private final RecordingBoard board = new RecordingBoard();
  private final SinkMetrics metrics = new SinkMetrics(board, () -> 1_000);
  private final PartitionOwner owner =
      new PartitionOwner(context, gate, asked::add, 2, false, metrics);
  private final Map<TopicPartition, SourcePosition> written = new HashMap<>();
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private Watermarks watermarks = watermarks(IDLE);
  private long nowNanos;

  private Watermarks watermarks(Duration idle) {
    return new Watermarks(gate, owner, asked::add, idle, metrics, 0);
  }

  @BeforeEach
  void open() {
    owner.open(ALL);
    asked.clear();
    watermarks.opened(ALL, 0);
  }

  /** What the destination does. */
  private void answer() {
    List<ControlWork> works = List.copyOf(asked);
    asked.clear();
    for (ControlWork work : works) {
      if (work instanceof JoinWatermarks join) {
        join.partitions().forEach(p -> written.putIfAbsent(p, SourcePosition.UNKNOWN));
        join.done().accept(new WatermarkLedger.Reading(written, SourcePosition.UNKNOWN));
      } else if (work instanceof MoveWatermarks move) {
        written.putAll(move.positions());
        move.done().accept(SourcePosition.UNKNOWN);
      }
    }
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nowNanos += Duration.ofSeconds(1).toNanos();
      watermarks.review(nowNanos);
      answer();
    }
  }

  private PartitionProgress routed(TopicPartition partition, long timestampMs) {
    TopicPosition position =
        new TopicPosition(partition, offsets.merge(partition, 1L, Long::sum) - 1);
    watermarks.seen(position, change(timestampMs), nowNanos);
    PartitionProgress progress = owner.progress(position).orElseThrow();
    progress.routed(0, position.offset());
    progress.read(position.offset());
    return progress;
  }

  private void applied(TopicPartition partition, long timestampMs) {
    routed(partition, timestampMs).finished(0, offsets.get(partition) - 1);
  }

  private void marker(TopicPartition partition, long timestampMs) {
    TopicPosition position =
        new TopicPosition(partition, offsets.merge(partition, 1L, Long::sum) - 1);
    watermarks.seen(
        position, new SourceMarker(Marker.ofTime("gtid:" + timestampMs, timestampMs)), nowNanos);
    owner.progress(position).orElseThrow().read(position.offset());
  }

  private static RowChange change(long timestampMs) {
    Map<String, Object> source = Map.of("ts_ms", timestampMs, "gtid", "gtid:" + timestampMs);
    return new RowChange(
        Changes.TABLE, Operation.INSERT, Changes.key(1), null, Changes.row(1, 1), source);
  }

  private void heartbeat(long timestampMs) {
    watermarks.seen(new TopicPosition(HEARTBEATS, 0), new Heartbeat(timestampMs), nowNanos);
  }

  private long timeOf(TopicPartition partition) {
    return written.get(partition).timestampMs();
  }

  private long low() {
    return ALL.stream().mapToLong(this::timeOf).min().orElseThrow();
  }

  @Test
  void idlePartitionFollowsTheOthersAfterTheIdleTime() {
    applied(OTHER, 100);
    applied(PARTITION, 500);
    passSeconds(4);
    assertEquals(500, timeOf(PARTITION));
    assertEquals(100, timeOf(OTHER));
    assertTrue(watermarks.isWaiting());
    passSeconds(10);
    assertEquals(500, low());
    assertEquals("gtid:500", written.get(OTHER).text());
    assertFalse(watermarks.isWaiting(), "nothing is left to do");
  }

  @Test
  void heartbeatsMoveAnIdleSourceOn() {
    applied(PARTITION, 500);
    passSeconds(14);
    heartbeat(900);
    passSeconds(4);
    assertEquals(500, low());
    passSeconds(12);
    assertEquals(900, low());
  }

  /** It reads changes of tables that nobody captures, and then one that is captured. */
  @Test
  void heartbeatOfAConnectorThatIsBehindDoesNotComeBack() {
    applied(PARTITION, 500);
    passSeconds(14);
    heartbeat(9_000);
    passSeconds(2);
    applied(PARTITION, 600);
    passSeconds(30);
    assertEquals(600, low());
    assertEquals(600, timeOf(PARTITION));
  }

  /** What is between two partitions in the source may arrive in any order. */
  @Test
  void partitionThatStillDeliversIsNotIdle() {
    applied(PARTITION, 900);
    for (int second = 0; second < 20; second++) {
      applied(OTHER, 100 + second);
      passSeconds(1);
    }
    assertTrue(timeOf(OTHER) < 200);
  }

  @Test
  void partitionWithWorkUnderWayIsNotIdle() {
    applied(PARTITION, 900);
    PartitionProgress progress = routed(OTHER, 100);
    passSeconds(20);
    assertEquals(0, timeOf(OTHER));
    progress.finished(0, 0);
    passSeconds(20);
    assertEquals(900, timeOf(OTHER));
  }

  @Test
  void pausedPartitionIsNotIdle() {
    applied(PARTITION, 900);
    gate.block(OTHER);
    passSeconds(20);
    assertEquals(0, timeOf(OTHER));
    gate.unblock(OTHER);
    passSeconds(8);
    assertEquals(0, timeOf(OTHER));
    passSeconds(6);
    assertEquals(900, timeOf(OTHER));
  }

  @Test
  void fullTaskHasNoIdlePartitions() {
    applied(PARTITION, 900);
    passSeconds(4);
    gate.setFull(true);
    passSeconds(20);
    assertEquals(0, timeOf(OTHER));
  }

  @Test
  void withoutIdleTimeNothingIsGuessed() {
    watermarks = watermarks(Duration.ZERO);
    watermarks.opened(ALL, 0);
    applied(PARTITION, 900);
    heartbeat(950);
    passSeconds(30);
    assertEquals(900, timeOf(PARTITION));
    assertEquals(0, timeOf(OTHER));
    assertFalse(watermarks.isWaiting());
  }

  @Test
  void markerMovesItsPartitionAndNothingIsGuessedOfIt() {
    marker(OTHER, 300);
    passSeconds(4);
    assertEquals(300, timeOf(OTHER));

    applied(PARTITION, 1_000);
    passSeconds(60);
    assertEquals(300, timeOf(OTHER), "only a marker moves it");

    marker(OTHER, 2_000);
    passSeconds(4);
    assertEquals(2_000, timeOf(OTHER));
  }

  @Test
  void markerTellsOfWhatIsAppliedOnly() {
    PartitionProgress progress = routed(PARTITION, 200);
    long offset = offsets.get(PARTITION) - 1;
    marker(PARTITION, 300);
    passSeconds(60);
    assertEquals(0, timeOf(PARTITION));

    progress.finished(0, offset);
    passSeconds(4);
    assertEquals(300, timeOf(PARTITION));
  }

  @Test
  void oneWriteIsUnderWayAtATime() {
    answer();
    applied(PARTITION, 500);
    nowNanos += Watermarks.INTERVAL.toNanos();
    watermarks.review(nowNanos);
    applied(PARTITION, 600);
    nowNanos += Watermarks.INTERVAL.toNanos();
    watermarks.review(nowNanos);
    assertEquals(1, asked.size());
    passSeconds(2);
    assertEquals(600, timeOf(PARTITION));
  }

  /** What another task has done of it must not be taken back. */
  @Test
  void partitionGoesOnFromWhatTheDestinationHas() {
    written.put(OTHER, new SourcePosition("", 800));
    applied(OTHER, 300);
    passSeconds(2);
    assertEquals(800, timeOf(OTHER));
    applied(OTHER, 850);
    passSeconds(4);
    assertEquals(850, timeOf(OTHER));
  }

  @Test
  void lostPartitionIsForgotten() {
    applied(PARTITION, 500);
    passSeconds(2);
    watermarks.closed(List.of(PARTITION));
    watermarks.seen(new TopicPosition(PARTITION, 7), change(900), nowNanos);
    passSeconds(4);
    assertEquals(500, timeOf(PARTITION));
  }

  @Test
  void metricsShowTheLowestAndTheHighestOnceKnown() {
    assertTrue(Double.isNaN(board.value(SinkMetric.LOW_WATERMARK)));
    applied(PARTITION, 500);
    passSeconds(4);
    assertTrue(Double.isNaN(board.value(SinkMetric.WATERMARK_LAG)));
    assertEquals(500, board.value(SinkMetric.HIGH_WATERMARK));
    passSeconds(10);
    assertEquals(500, board.value(SinkMetric.LOW_WATERMARK));
    assertEquals(500, board.value(SinkMetric.WATERMARK_LAG));
  }
}
