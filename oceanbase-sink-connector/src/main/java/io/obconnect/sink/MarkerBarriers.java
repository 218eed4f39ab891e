package io.obconnect.sink;

import io.obconnect.model.Marker;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.MeetAtMarker;
import io.obconnect.sink.MarkerLedger.Meeting;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds each partition of a table at a marker until all of them have come to it, in whichever task,
 * and what it stands for has been done.
 *
 * <pre>
 *   read --(everything before it applied)--> noted as reached, asked again and again --(done)--> passed
 * </pre>
 *
 * <p>The task of partition 0 does what is to be done, when the last one has come; {@link
 * MarkerLedger} is where they meet. The marker counts as read when it is passed, not before, so
 * that whoever gets the partition meanwhile comes to it again.
 *
 * <p>Used by the task's thread only.
 */
final class MarkerBarriers {
  private static final Logger LOG = LoggerFactory.getLogger(MarkerBarriers.class);
  private static final long ASK_AGAIN_NANOS = Duration.ofMillis(200).toNanos();

  /** A partition in front of a marker. */
  private static final class Wait {
    private final PartitionProgress progress;
    private final TopicPosition position;
    private final Marker marker;
    private final TableId table;
    private final TablePlan plan;
    private final long sinceNanos;
    private long askedNanos;
    private boolean asking;
    private List<Integer> missing = List.of();

    Wait(
        PartitionProgress progress,
        TopicPosition position,
        Marker marker,
        TableId table,
        TablePlan plan,
        long nowNanos) {
      this.progress = progress;
      this.position = position;
      this.marker = marker;
      this.table = table;
      this.plan = plan;
      this.sinceNanos = nowNanos;
      this.askedNanos = nowNanos - ASK_AGAIN_NANOS;
    }

    /** A refused row sends its partition back; it comes to the marker again. */
    boolean isLeft() {
      return !progress.nextOffset().equals(OptionalLong.of(position.offset()));
    }

    boolean isAppliedUpTo() {
      return progress.isQuiet()
          && progress.finishedOffset().equals(OptionalLong.of(position.offset()));
    }
  }

  private final PartitionGate gate;
  private final PartitionOwner owner;
  private final Consumer<ControlWork> control;
  private final Duration timeout;
  private final SinkMetrics metrics;
  private final Map<TopicPartition, Wait> waits = new HashMap<>();

  /**
   * Barriers for a task's partitions.
   *
   * @param timeout how long other partitions may stay away
   */
  MarkerBarriers(
      PartitionGate gate,
      PartitionOwner owner,
      Consumer<ControlWork> control,
      Duration timeout,
      SinkMetrics metrics) {
    this.gate = Objects.requireNonNull(gate, "gate");
    this.owner = Objects.requireNonNull(owner, "owner");
    this.control = Objects.requireNonNull(control, "control");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  /**
   * Takes a marker; its partition goes on when it may pass it.
   *
   * @param table the source's
   */
  void begin(
      PartitionProgress progress,
      TopicPosition position,
      Marker marker,
      TableId table,
      TablePlan plan,
      long nowNanos) {
    metrics.barrier(SinkMetric.Barrier.TRUNCATE);
    // What is applied up to here ends at the marker, also where nothing came before it.
    progress.read(position.offset() - 1);
    gate.block(position.partition());
    waits.put(position.partition(), new Wait(progress, position, marker, table, plan, nowNanos));
  }

  /**
   * Asks for those that have everything before their marker applied; at the end of a batch of
   * records.
   *
   * @throws ConnectException when the other partitions stay away for too long
   */
  void review(long nowNanos) {
    waits.values().removeIf(Wait::isLeft);
    for (Wait wait : waits.values()) {
      TopicPartition partition = wait.position.partition();
      if (!wait.asking
          && nowNanos - wait.askedNanos >= ASK_AGAIN_NANOS
          && wait.isAppliedUpTo()
          && !owner.hasErrand(partition)) {
        wait.asking = true;
        wait.askedNanos = nowNanos;
        control.accept(
            new MeetAtMarker(
                wait.progress,
                wait.marker,
                wait.table,
                wait.plan,
                meeting -> answered(wait, meeting)));
      }
      if (nowNanos - wait.sinceNanos >= timeout.toNanos() && !wait.missing.isEmpty()) {
        throw stayAway(wait);
      }
    }
  }

  private void answered(Wait wait, Meeting meeting) {
    TopicPartition partition = wait.position.partition();
    if (waits.get(partition) != wait) {
      return;
    }
    wait.asking = false;
    if (meeting.passed()) {
      waits.remove(partition);
      wait.progress.read(wait.position.offset());
      gate.unblock(partition);
    } else if (!meeting.missing().equals(wait.missing)) {
      wait.missing = meeting.missing();
      LOG.info(
          "{} waits at the truncation of {} at {} for partitions {}",
          partition,
          wait.table.quoted(),
          wait.marker.position(),
          wait.missing);
    }
  }

  private ConnectException stayAway(Wait wait) {
    return new ConnectException(
        wait.position
            + " is a marker of the truncation of "
            + wait.table.quoted()
            + " at "
            + wait.marker.position()
            + ", and partitions "
            + wait.missing
            + " of the topic have not come to it for "
            + timeout.toMillis()
            + " ms ("
            + SchemaChangeOptions.MARKERS_WAIT_TIMEOUT_MS
            + "): see what holds them back, the table's state or another task's failure, then restart the task");
  }

  /** Forgets partitions that are no longer this task's, or come to their markers again. */
  void closed(Collection<TopicPartition> partitions) {
    partitions.forEach(waits::remove);
    waits.values().removeIf(wait -> wait.progress.isWithdrawn());
  }
}
