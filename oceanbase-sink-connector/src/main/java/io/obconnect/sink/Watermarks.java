package io.obconnect.sink;

import io.obconnect.model.Marker;
import io.obconnect.sink.ControlWork.JoinWatermarks;
import io.obconnect.sink.ControlWork.MoveWatermarks;
import io.obconnect.sink.SourceChange.Heartbeat;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.SourceMarker;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps the watermarks in the destination up to date: up to where in the source everything of a
 * partition is applied, as told by its own records, or, where none come, by what is known of the
 * source otherwise. {@link WatermarkLedger} says what is made of them there.
 *
 * <p>A marker carries nothing but a position, and moves its partition as any other record does. A
 * source that sends markers sends them into all partitions, so that nothing is guessed of a
 * partition that has had one.
 *
 * <p>Used by the task's thread only.
 */
final class Watermarks {
  /** How often positions are looked at, and written when they have moved. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private final PartitionGate gate;
  private final PartitionOwner owner;
  private final Consumer<ControlWork> control;
  private final long idleNanos;
  private final SinkMetrics metrics;
  private final SourceEvidence evidence = new SourceEvidence();
  private final Map<TopicPartition, PartitionTrail> trails = new HashMap<>();

  /** What the destination has; a partition that it has not told of yet is not moved there. */
  private final Map<TopicPartition, SourcePosition> written = new HashMap<>();

  private SourcePosition told = SourcePosition.UNKNOWN;
  private long heartbeatMs;
  private long reviewedNanos;
  private boolean writing;
  private boolean waiting;

  /**
   * Watermarks of a task's partitions.
   *
   * @param idle how long nothing may come from a partition before it counts as being as far as the
   *     source was at the beginning of that time; zero for never
   */
  Watermarks(
      PartitionGate gate,
      PartitionOwner owner,
      Consumer<ControlWork> control,
      Duration idle,
      SinkMetrics metrics,
      long nowNanos) {
    this.gate = Objects.requireNonNull(gate, "gate");
    this.owner = Objects.requireNonNull(owner, "owner");
    this.control = Objects.requireNonNull(control, "control");
    this.idleNanos = idle.toNanos();
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.reviewedNanos = nowNanos;
  }

  void opened(Collection<TopicPartition> partitions, long nowNanos) {
    if (!partitions.isEmpty()) {
      partitions.forEach(partition -> trails.put(partition, new PartitionTrail(nowNanos)));
      control.accept(new JoinWatermarks(List.copyOf(partitions), this::joined));
    }
  }

  private void joined(WatermarkLedger.Reading reading) {
    reading
        .positions()
        .forEach(
            (partition, position) -> {
              PartitionTrail trail = trails.get(partition);
              if (trail != null) {
                trail.take(position);
                written.put(partition, position);
              }
            });
    tell(reading.newest());
  }

  /** Takes a record in the order of its partition, whether or not it can be applied now. */
  void seen(TopicPosition position, SourceChange change, long nowNanos) {
    waiting = true;
    if (change instanceof RowChange row) {
      seen(position, row.source(), nowNanos);
    } else if (change instanceof Heartbeat heartbeat) {
      heartbeatMs = Math.max(heartbeatMs, heartbeat.timestampMs());
    } else if (change instanceof TableTruncate truncate) {
      seen(position, truncate.source(), nowNanos);
    } else if (change instanceof SchemaChange schemaChange) {
      seen(position, positionOf(schemaChange), nowNanos);
    } else if (change instanceof SourceMarker mark) {
      seen(position, positionOf(mark.marker()), nowNanos);
      Optional.ofNullable(trails.get(position.partition())).ifPresent(PartitionTrail::marked);
    }
  }

  private static SourcePosition positionOf(Marker marker) {
    return new SourcePosition(marker.position(), marker.timestampMs());
  }

  private void seen(TopicPosition position, Object source, long nowNanos) {
    PartitionTrail trail = trails.get(position.partition());
    if (trail != null) {
      trail.seen(position.offset(), source, nowNanos);
    }
  }

  private static SourcePosition positionOf(SchemaChange change) {
    return change.snapshot()
        ? SourcePosition.UNKNOWN
        : new SourcePosition(change.position(), change.at().timestampMs());
  }

  /** Moves what has come further; to be called after each batch of records. */
  void review(long nowNanos) {
    if (gate.isHolding()) {
      trails.forEach((partition, trail) -> holdIfHeld(partition, trail, nowNanos));
    }
    if (nowNanos - reviewedNanos < INTERVAL.toNanos()) {
      return;
    }
    reviewedNanos = nowNanos;
    // Before the records: one that came in between may have refuted it.
    evidence.told(heartbeatMs, nowNanos);
    heartbeatMs = 0;
    trails.values().forEach(trail -> trail.step().ifPresent(evidence::reading));
    trails.forEach((partition, trail) -> finish(partition, trail, nowNanos));
    SourcePosition reached = evidence.at(nowNanos - idleNanos);
    trails.forEach((partition, trail) -> takeIfIdle(partition, trail, reached, nowNanos));
    write();
    metrics.watermarks(
        trails.values().stream()
            .mapToLong(trail -> trail.position().timestampMs())
            .summaryStatistics());
    waiting = trails.values().stream().anyMatch(this::isWaiting);
  }

  private void holdIfHeld(TopicPartition partition, PartitionTrail trail, long nowNanos) {
    if (gate.isFull() || gate.holds(partition)) {
      trail.held(nowNanos);
    }
  }

  private void finish(TopicPartition partition, PartitionTrail trail, long nowNanos) {
    if (trail.finished(owner.finishedOffset(partition))) {
      evidence.applied(trail.position(), nowNanos);
    }
  }

  private void takeIfIdle(
      TopicPartition partition, PartitionTrail trail, SourcePosition reached, long nowNanos) {
    if (idleNanos > 0 && trail.isQuiet(nowNanos, idleNanos) && isDone(partition)) {
      trail.take(reached);
    }
  }

  /** A partition that nothing was ever read of has nothing to do either. */
  private boolean isDone(TopicPartition partition) {
    return owner
        .current(partition)
        .map(progress -> progress.finishedOffset().equals(progress.nextOffset()))
        .orElse(true);
  }

  private void write() {
    if (writing) {
      return;
    }
    Map<TopicPartition, SourcePosition> moved = new HashMap<>();
    written.forEach(
        (partition, position) -> {
          SourcePosition now = trails.get(partition).position();
          if (!now.equals(position)) {
            moved.put(partition, now);
          }
        });
    if (!moved.isEmpty()) {
      writing = true;
      control.accept(new MoveWatermarks(moved, newest -> moved(moved, newest)));
    }
  }

  private void moved(Map<TopicPartition, SourcePosition> moved, SourcePosition newest) {
    writing = false;
    moved.forEach((partition, position) -> written.replace(partition, position));
    tell(newest);
  }

  /** Another task may be the one that gets the heartbeats. */
  private void tell(SourcePosition newest) {
    // Once: what was refuted must not come back.
    if (!newest.equals(told)) {
      told = newest;
      evidence.told(newest, System.nanoTime());
      waiting = true;
    }
  }

  private boolean isWaiting(PartitionTrail trail) {
    boolean behind = trail.position().timestampMs() < evidence.newest().timestampMs();
    return trail.isUnderWay() || (idleNanos > 0 && trail.isFollower() && behind);
  }

  /** Whether {@link #review} has something to do although no record comes. */
  boolean isWaiting() {
    return waiting || writing;
  }

  void closed(Collection<TopicPartition> partitions) {
    partitions.forEach(trails::remove);
    partitions.forEach(written::remove);
  }
}
