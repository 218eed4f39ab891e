package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.sink.ControlWork.CreateIndexes;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks for the indexes of tables whose full copy is over, where they are to be created after it.
 * Used by the task's thread only.
 */
final class LateIndexes {
  private final boolean wanted;
  private final Consumer<CreateIndexes> control;
  private final LongSupplier nanoTime;
  private final CopyEnds copyEnds = new CopyEnds();

  /**
   * Indexes of a task's tables.
   *
   * @param wanted whether indexes are to be created late; otherwise there is nothing to do
   * @param control creates them
   */
  LateIndexes(boolean wanted, Consumer<CreateIndexes> control, LongSupplier nanoTime) {
    this.wanted = wanted;
    this.control = Objects.requireNonNull(control, "control");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * Takes a row that was given to its lane. The last one of a copy counts as applied when the
   * indexes are there, so that a crash does not forget them.
   */
  void delivered(PartitionProgress progress, TopicPosition position, RowChange row) {
    if (wanted && copyEnds.isOverWith(row.table(), row.source(), nanoTime.getAsLong())) {
      control.accept(
          new CreateIndexes(Optional.of(progress), position.offset(), Optional.of(row.table())));
    }
  }

  /** Takes a block of a copy: tables without any change are not complete yet. */
  void delivered(CopyBlock block) {
    if (wanted && block.rowCount() > 0) {
      copyEnds.copied(nanoTime.getAsLong());
    }
  }

  /** Asks for those of tables that had no row, when no copy goes on any more. */
  void review() {
    if (wanted && copyEnds.isRestOver(nanoTime.getAsLong())) {
      control.accept(new CreateIndexes(Optional.empty(), -1, Optional.empty()));
    }
  }

  /** Forgets what was asked for: it may not have been heard. */
  void forget() {
    copyEnds.forget();
  }
}
