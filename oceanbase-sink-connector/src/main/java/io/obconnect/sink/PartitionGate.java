package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Holds partitions back by pausing them in the consumer: all of them while too much waits in
 * memory, each one whose next record belongs to a table that is not ready, and each one that the
 * task has something to do for first. Such a partition is also sought back to the first record that
 * it leaves, so nothing of it stays in memory. Used by the task's thread only.
 */
final class PartitionGate {
  /**
   * A partition that waits for a table.
   *
   * @param column what the table lacks, in folded spelling; empty when it is the table itself
   * @param definition what the record says of its table; empty when it says nothing
   * @param block whether the record is a block of the table's copy
   * @param offset the record that cannot be applied yet
   * @param sinceNanos when the wait began, by {@link System#nanoTime()}
   */
  record Hold(
      TableId table,
      Optional<String> column,
      Optional<DataDefinition> definition,
      boolean block,
      long offset,
      long sinceNanos) {
    Hold {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(definition, "definition");
    }

    /** Whether the wait is over. */
    boolean endsWith(TableState state) {
      if (block && state instanceof TableState.Copying) {
        return true;
      }
      return state instanceof TableState.Ready ready
          && column.map(ready.plan().columns()::containsKey).orElse(true);
    }
  }

  private final SinkTaskContext context;
  private final Map<TopicPartition, Hold> holds = new HashMap<>();
  private final Set<TopicPartition> blocked = new HashSet<>();

  /** Partitions that have run ahead of the others. */
  private final Set<TopicPartition> ahead = new HashSet<>();

  /** Held partitions that are told where to go on. */
  private final Set<TopicPartition> sought = new HashSet<>();

  private final LongSupplier nanoTime;
  private boolean full;

  /** A gate with all partitions open. */
  PartitionGate(SinkTaskContext context, LongSupplier nanoTime) {
    this.context = Objects.requireNonNull(context, "context");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /** Whether records of the partition have to be left for later. */
  boolean holds(TopicPartition partition) {
    return holds.containsKey(partition) || blocked.contains(partition);
  }

  /**
   * Whether a record has to be left for later; the first one that is left is where its partition
   * goes on. Without one nothing is sought: Connect takes a place that it seeks to for committed,
   * and would never commit it.
   */
  boolean leaves(TopicPosition position) {
    boolean leaves = holds(position.partition());
    if (leaves && !sought.contains(position.partition())) {
      seek(position);
    }
    return leaves || ahead.contains(position.partition());
  }

  /** Whether a partition waits, and goes on at this record. */
  boolean isLeftAt(TopicPosition position) {
    return holds(position.partition()) && sought.contains(position.partition());
  }

  private void seek(TopicPosition position) {
    sought.add(position.partition());
    context.offset(position.partition(), position.offset());
  }

  Map<TopicPartition, Hold> holds() {
    return Map.copyOf(holds);
  }

  /** Leaves a record and all that follow in its partition until its table is ready. */
  void hold(TopicPosition position, TableId table, Optional<String> column) {
    hold(position, table, column, Optional.empty());
  }

  /** As the other, for a record that says something of its table. */
  void hold(
      TopicPosition position,
      TableId table,
      Optional<String> column,
      Optional<DataDefinition> definition) {
    hold(position, new Hold(table, column, definition, false, position.offset(), now()));
  }

  /** Leaves a block of a table's copy and all that follow in its partition likewise. */
  void holdBlock(TopicPosition position, TableId table) {
    hold(
        position,
        new Hold(table, Optional.empty(), Optional.empty(), true, position.offset(), now()));
  }

  private void hold(TopicPosition position, Hold hold) {
    holds.put(position.partition(), hold);
    context.pause(position.partition());
    seek(position);
  }

  private long now() {
    return nanoTime.getAsLong();
  }

  void letGo(TopicPartition partition) {
    if (holds.remove(partition) != null) {
      resumeUnlessHeld(partition);
    }
  }

  /** Stops a partition until {@link #unblock}: the task itself has something to do first. */
  void block(TopicPartition partition) {
    blocked.add(partition);
    context.pause(partition);
  }

  /** As {@link #block(TopicPartition)}, to go on at this record. */
  void block(TopicPosition position) {
    block(position.partition());
    seek(position);
  }

  void unblock(TopicPartition partition) {
    if (blocked.remove(partition)) {
      resumeUnlessHeld(partition);
    }
  }

  /** Leaves a record and all that follow in its partition until {@link #goOn}. */
  void leave(TopicPosition position) {
    ahead.add(position.partition());
    context.pause(position.partition());
    context.offset(position.partition(), position.offset());
  }

  /** Lets a partition go on that had run ahead. */
  void goOn(TopicPartition partition) {
    if (ahead.remove(partition)) {
      resumeUnlessHeld(partition);
    }
  }

  /** Partitions that have run ahead. */
  Set<TopicPartition> ahead() {
    return Set.copyOf(ahead);
  }

  private void resumeUnlessHeld(TopicPartition partition) {
    if (holds(partition)) {
      return;
    }
    sought.remove(partition);
    if (!full && !ahead.contains(partition)) {
      context.resume(partition);
    }
  }

  /** Whether all partitions are paused because no more may be taken into memory. */
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
        context.assignment().stream()
            .filter(p -> !holds(p) && !ahead.contains(p))
            .toArray(TopicPartition[]::new);
    if (full) {
      context.pause(others);
    } else {
      context.resume(others);
    }
  }

  /** Connect may have paused what an earlier assignment had paused: a new partition starts open. */
  void opened(Collection<TopicPartition> partitions) {
    closed(partitions);
    TopicPartition[] array = partitions.toArray(TopicPartition[]::new);
    if (full) {
      context.pause(array);
    } else {
      context.resume(array);
    }
  }

  void closed(Collection<TopicPartition> partitions) {
    partitions.forEach(holds::remove);
    partitions.forEach(blocked::remove);
    partitions.forEach(ahead::remove);
    partitions.forEach(sought::remove);
  }

  /** The tables that partitions wait for, with the beginning of the longest wait for each. */
  Map<TableId, Long> waitingSinceNanos() {
    return holds.values().stream()
        .collect(
            Collectors.toMap(
                Hold::table, Hold::sinceNanos, (one, other) -> one - other < 0 ? one : other));
  }

  /** Whether any partition is held back. */
  boolean isHolding() {
    return full || isStopping() || !ahead.isEmpty();
  }

  /** Whether any partition waits for something else than its turn. */
  boolean isStopping() {
    return !holds.isEmpty() || !blocked.isEmpty();
  }
}
