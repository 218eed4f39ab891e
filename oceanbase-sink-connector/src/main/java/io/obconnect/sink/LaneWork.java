package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.sink.SinkRecord;

/** What the task hands to a lane, in the order of the records. */
sealed interface LaneWork {
  /** See {@link #transaction()}. */
  long NO_TRANSACTION = 0;

  /** Memory of work that holds no row, in bytes, estimated. */
  long MARK_BYTES = 100;

  PartitionProgress progress();

  int slot();

  /** Where its slot's mark stands when it is done. */
  long nextOffset();

  /** What that mark says of the source. */
  default SourcePosition sourcePosition() {
    return SourcePosition.UNKNOWN;
  }

  /** Whether it is known to have been applied before. */
  default boolean isApplied() {
    return nextOffset() <= progress().storedMark(slot());
  }

  /** Number of the source transaction that it is applied with; 0 where it may go with any other. */
  default long transaction() {
    return NO_TRANSACTION;
  }

  /** Memory that the work holds while it waits, in bytes, estimated; never 0. */
  default long sizeBytes() {
    return MARK_BYTES;
  }

  /** Says that the work is done. */
  default void finished() {}

  /** Says that the work was given up. */
  default void dropped() {}

  /**
   * Work of another lane that has to be committed first.
   *
   * @param lane number of the lane
   * @param sequence the work's number in that lane's queue
   */
  record Dependency(int lane, long sequence) {}

  /** Apply what one record holds. */
  sealed interface RecordWork extends LaneWork {
    TopicPosition position();

    @Override
    default long nextOffset() {
      return position().offset() + 1;
    }

    @Override
    default boolean isApplied() {
      return progress().isApplied(slot(), position().offset());
    }

    @Override
    default void finished() {
      progress().finished(slot(), position().offset());
    }

    @Override
    default void dropped() {
      progress().dropped(slot());
    }
  }

  /**
   * Write or delete a row.
   *
   * @param left the key that an update leaves, null when it keeps its key
   * @param key the key that is written, or deleted
   * @param record see {@link LaneRouting.Origin}
   * @param dependencies what has to be committed before
   * @param transaction see {@link #transaction()}
   */
  record RowWork(
      PartitionProgress progress,
      int slot,
      TablePlan plan,
      RowKey left,
      RowKey key,
      RowChange change,
      SinkRecord record,
      TopicPosition position,
      List<Dependency> dependencies,
      long transaction,
      long sizeBytes)
      implements RecordWork {
    public RowWork {
      Objects.requireNonNull(progress, "progress");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(change, "change");
      dependencies = List.copyOf(dependencies);
    }

    @Override
    public SourcePosition sourcePosition() {
      return SourcePosition.of(change.source());
    }
  }

  /**
   * Write a block of a full copy.
   *
   * @param destination the table
   */
  record BlockWork(
      PartitionProgress progress,
      int slot,
      TableId destination,
      CopyBlock block,
      TopicPosition position)
      implements RecordWork {
    public BlockWork {
      Objects.requireNonNull(progress, "progress");
      Objects.requireNonNull(destination, "destination");
      Objects.requireNonNull(block, "block");
      Objects.requireNonNull(position, "position");
    }

    @Override
    public long sizeBytes() {
      return MARK_BYTES + block.rows().length;
    }
  }

  /** Move the mark of a slot that has had nothing to do. */
  record MarkWork(PartitionProgress progress, int slot, long nextOffset) implements LaneWork {
    @Override
    public void finished() {
      progress.stored(slot, nextOffset);
    }
  }

  /**
   * Move a slot's mark behind the records of a source transaction, together with its rows, even
   * where none of them is to be applied.
   *
   * @param sourcePosition see {@link #sourcePosition()}
   * @param committed told when the transaction is
   */
  record TransactionWork(
      PartitionProgress progress,
      int slot,
      long nextOffset,
      long transaction,
      SourcePosition sourcePosition,
      Runnable committed)
      implements LaneWork {
    public TransactionWork {
      Objects.requireNonNull(progress, "progress");
      Objects.requireNonNull(sourcePosition, "sourcePosition");
      Objects.requireNonNull(committed, "committed");
    }

    @Override
    public void finished() {
      progress.finished(slot, nextOffset - 1);
      committed.run();
    }

    @Override
    public void dropped() {
      progress.dropped(slot);
    }
  }
}
