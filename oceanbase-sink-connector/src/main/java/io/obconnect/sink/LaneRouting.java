package io.obconnect.sink;

import io.obconnect.sink.LaneWork.Dependency;
import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Decides which lane gets a change, and what it waits for there. Used by the task's thread only.
 *
 * @param table reads the changes of one table
 * @param lanes how many there are
 * @param conflicts knows the changes that are under way
 * @param queues takes the work
 * @param metrics counts what has to wait and what is passed by
 */
record LaneRouting(
    TableRouter table, int lanes, ConflictDetector conflicts, Queues queues, SinkMetrics metrics) {

  /** Where work goes. */
  @FunctionalInterface
  interface Queues {
    /** Adds work to a lane and returns its number there. */
    long offer(int lane, LaneWork work);
  }

  /**
   * A record, and how far its partition has come.
   *
   * @param record as Connect delivered it, for the dead-letter queue; null where there is none:
   *     Connect's records keep the bytes that they were read from alive
   * @param transaction see {@link LaneWork#transaction()}
   */
  record Origin(
      PartitionProgress progress, SinkRecord record, TopicPosition position, long transaction) {
    Origin {
      Objects.requireNonNull(progress, "progress");
      Objects.requireNonNull(position, "position");
    }

    Origin withoutRecord() {
      return new Origin(progress, null, position, transaction);
    }
  }

  /**
   * Gives a change to its lane, or to two when an update moves the row from one to the other.
   *
   * @return the change's size in bytes, estimated; 0 when it had been applied before
   * @throws org.apache.kafka.connect.errors.DataException when the record does not hold the row's
   *     key
   */
  long route(RowChange change, Origin origin) {
    RowKey key = table.key(change);
    Optional<RowKey> left = table.leftKey(change);
    Optional<ConflictKeys> values = conflictKeys(change);
    int slot = origin.progress().slotOf(key.hash());
    if (left.isPresent() && origin.progress().slotOf(left.get().hash()) != slot) {
      long leavingBytes = offer(leaving(change), null, left.get(), values, origin);
      return Math.max(leavingBytes, offer(arriving(change), null, key, values, origin));
    }
    return offer(change, left.orElse(null), key, values, origin);
  }

  private Optional<ConflictKeys> conflictKeys(RowChange change) {
    // A serial table has one lane, whose order is enough.
    boolean mayConflict = !table.plan().furtherKeys().isEmpty() && !table.plan().serial();
    return table.plan().tableClass() == TableClass.CONFLICTING && mayConflict
        ? Optional.of(table.conflictKeys(change))
        : Optional.empty();
  }

  private static RowChange leaving(RowChange change) {
    return new RowChange(
        change.table(), Operation.DELETE, change.key(), change.before(), null, change.source());
  }

  /** In a merged table the row must not take the place of another one. */
  private RowChange arriving(RowChange change) {
    return table.plan().merged()
        ? new RowChange(
            change.table(), Operation.INSERT, change.key(), null, change.after(), change.source())
        : change;
  }

  private long offer(
      RowChange change, RowKey left, RowKey key, Optional<ConflictKeys> values, Origin origin) {
    PartitionProgress progress = origin.progress();
    int slot = progress.slotOf(key.hash());
    long offset = origin.position().offset();
    if (progress.isApplied(slot, offset)) {
      metrics.skipped();
      return 0;
    }
    int lane = progress.laneOf(slot, lanes);
    List<Dependency> dependencies =
        values.map(v -> conflicts.dependencies(table.plan().table(), v, lane)).orElse(List.of());
    if (!dependencies.isEmpty()) {
      metrics.conflicted();
    }
    // A merged table's rows meet in their lane from several partitions: those stay divided alike.
    progress.conflicts().add(!dependencies.isEmpty() && !table.plan().merged());
    progress.routed(slot, offset);
    long sizeBytes = table.sizeBytes(change);
    long sequence =
        queues.offer(
            lane,
            new RowWork(
                progress,
                slot,
                table.plan(),
                left,
                key,
                change,
                origin.record(),
                origin.position(),
                dependencies,
                origin.transaction(),
                sizeBytes));
    values.ifPresent(v -> conflicts.touched(table.plan().table(), v, lane, sequence));
    return sizeBytes;
  }
}
