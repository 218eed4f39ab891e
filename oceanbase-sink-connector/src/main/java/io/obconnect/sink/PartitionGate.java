package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Holds partitions back by pausing them in the consumer: all of them while too much waits in
 * memory, and each one whose next record belongs to a table that is not ready. Such a partition is
 * also sought back to that record, so nothing of it stays in memory. Used by the task's thread
 * only.
 */
final class PartitionGate {
  /** How often Connect calls the task while something is held back. */
  private static final long CALL_AGAIN_MS = 100;

  /**
   * A partition that waits for a table.
   *
   * @param offset the record that cannot be applied yet
   * @param sinceNanos when the wait began, by {@link System#nanoTime()}
   */
  record Hold(TableId table, long offset, long sinceNanos) {
    Hold {
      Objects.requireNonNull(table, "table");
    }
  }

  private final SinkTaskContext context;
  private final Map<TopicPartition, Hold> holds = new HashMap<>();
  private boolean full;

  PartitionGate(SinkTaskContext context) {
    this.context = Objects.requireNonNull(context, "context");
  }

  /** Whether records of the partition have to be left for later. */
  boolean holds(TopicPartition partition) {
    return holds.containsKey(partition);
  }

  Map<TopicPartition, Hold> holds() {
    return Map.copyOf(holds);
  }

  /** Leaves a record and all that follow in its partition for later. */
  void hold(TopicPosition position, TableId table) {
    holds.put(position.partition(), new Hold(table, position.offset(), System.nanoTime()));
    context.pause(position.partition());
    context.offset(position.partition(), position.offset());
  }

  void letGo(TopicPartition partition) {
    if (holds.remove(partition) != null && !full) {
      context.resume(partition);
    }
  }

  boolean isFull() {
    return full;
  }

  /** Tells whether more may be taken into memory. */
  void setFull(boolean nowFull) {
    if (nowFull == full) {
      return;
    }
    full = nowFull;
    TopicPartition[] others =
        context.assignment().stream().filter(p -> !holds(p)).toArray(TopicPartition[]::new);
    if (full) {
      context.pause(others);
    } else {
      context.resume(others);
    }
  }

  /** Connect may have paused what an earlier assignment had paused: a new partition starts open. */
  void opened(Collection<TopicPartition> partitions) {
    partitions.forEach(holds::remove);
    TopicPartition[] array = partitions.toArray(TopicPartition[]::new);
    if (full) {
      context.pause(array);
    } else {
      context.resume(array);
    }
  }

  void closed(Collection<TopicPartition> partitions) {
    partitions.forEach(holds::remove);
  }

  Set<TableId> tablesWaitedFor() {
    return holds.values().stream().map(Hold::table).collect(Collectors.toSet());
  }

  /**
   * When to be called again at the latest, in milliseconds; empty when new records are reason
   * enough.
   */
  Optional<Long> callAgainMs() {
    return full || !holds.isEmpty() ? Optional.of(CALL_AGAIN_MS) : Optional.empty();
  }
}
