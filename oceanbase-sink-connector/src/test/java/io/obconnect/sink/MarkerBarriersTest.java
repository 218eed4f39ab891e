package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.Marker;
import io.obconnect.sink.ControlWork.MeetAtMarker;
import io.obconnect.sink.MarkerLedger.Meeting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkerBarriersTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Marker MARKER =
      new Marker(
          "uuid:7", 8, Optional.of(new Marker.Barrier(Changes.TABLE, 2, 1, "binlog.000002", 157)));
  private static final Meeting MISSING = new Meeting(false, List.of(1));
  private static final Meeting PASSED = new Meeting(true, List.of());

  private final RecordingContext context = new RecordingContext(PARTITION);
  private final PartitionGate gate = new PartitionGate(context, () -> 0);
  private final List<ControlWork> asked = new ArrayList<>();
  private final SinkMetrics metrics = new SinkMetrics(new RecordingBoard(), () -> 1_000);
  private final PartitionOwner owner =
      new PartitionOwner(context, gate, asked::add, 2, false, metrics);
  private final MarkerBarriers barriers =
      new MarkerBarriers(gate, owner, asked::add, TIMEOUT, metrics);
  private PartitionProgress progress;
  private long nowNanos;

  @BeforeEach
  void open() {
    owner.open(List.of(PARTITION));
    asked.clear();
    progress = owner.progress(Changes.position(0)).orElseThrow();
  }

  private void begin(long offset) {
    barriers.begin(
        progress, Changes.position(offset), MARKER, Changes.TABLE, Changes.plan(), nowNanos);
  }

  private Optional<MeetAtMarker> review() {
    nowNanos += Duration.ofSeconds(1).toNanos();
    barriers.review(nowNanos);
    Optional<MeetAtMarker> work = asked.stream().map(MeetAtMarker.class::cast).findFirst();
    asked.clear();
    return work;
  }

  @Test
  void partitionWaitsUntilItMayPass() {
    begin(5);
    assertTrue(gate.holds(PARTITION));
    review().orElseThrow().done().accept(MISSING);
    assertTrue(gate.holds(PARTITION));
    assertEquals(OptionalLong.of(5), progress.finishedOffset(), "the marker comes again");

    review().orElseThrow().done().accept(PASSED);
    assertFalse(gate.holds(PARTITION));
    assertEquals(OptionalLong.of(6), progress.finishedOffset());
    assertEquals(Optional.empty(), review());
  }

  @Test
  void markerIsReachedWhenEverythingBeforeItIsApplied() {
    progress.routed(0, 4);
    progress.read(4);
    begin(5);
    assertEquals(Optional.empty(), review());
    progress.finished(0, 4);
    assertTrue(review().isPresent());
  }

  @Test
  void oneQuestionIsUnderWayAtATime() {
    begin(5);
    assertTrue(review().isPresent());
    assertEquals(Optional.empty(), review());
  }

  /** A row before the marker was refused: the partition goes back to it. */
  @Test
  void partitionThatGoesBackHasNotReachedIt() {
    progress.routed(0, 4);
    progress.read(4);
    begin(5);
    progress.withdraw();
    progress.dropped(0);
    assertEquals(Optional.empty(), review());
    assertEquals(4, progress.rewind());
    assertEquals(Optional.empty(), review());

    progress.read(4);
    begin(5);
    assertTrue(review().isPresent());
  }

  @Test
  void answerForALostPartitionIsPassedBy() {
    begin(5);
    MeetAtMarker work = review().orElseThrow();
    barriers.closed(List.of(PARTITION));
    work.done().accept(PASSED);
    assertEquals(OptionalLong.of(5), progress.finishedOffset());
  }

  @Test
  void partitionsThatStayAwayAreNamed() {
    begin(5);
    review().orElseThrow().done().accept(MISSING);
    nowNanos += TIMEOUT.toNanos();
    String message = assertThrows(ConnectException.class, this::review).getMessage();
    assertTrue(message.contains("partitions [1]"), message);
    assertTrue(message.contains(SchemaChangeOptions.MARKERS_WAIT_TIMEOUT_MS), message);
  }

  @Test
  void repeatedMarkerHasTheSameName() {
    begin(5);
    String id = review().orElseThrow().id();
    begin(9);
    assertEquals(id, review().orElseThrow().id());
  }
}
