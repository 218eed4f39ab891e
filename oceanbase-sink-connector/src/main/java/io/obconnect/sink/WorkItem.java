package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** What the task hands to its lane, in the order of the records. */
sealed interface WorkItem {
  /** Of an item without contents. */
  long ITEM_BYTES = 200;

  /** The record whose offset is finished with this item; none for the task's own requests. */
  Optional<TopicPosition> finishes();

  /**
   * Memory this item holds while it waits, in bytes, estimated; never 0, so that all are bounded.
   */
  default long sizeBytes() {
    return ITEM_BYTES;
  }

  /** Whether all rows before this item have to be written before it is carried out. */
  default boolean endsWindow() {
    return false;
  }

  /** Work that a record asks for; carried out, it finishes the record's offset. */
  sealed interface OfRecord extends WorkItem {
    TopicPosition position();

    @Override
    default Optional<TopicPosition> finishes() {
      return Optional.of(position());
    }
  }

  /** Write or delete a row. */
  record ApplyRow(
      TableWriter writer,
      RowChange change,
      SinkRecord record,
      TopicPosition position,
      long sizeBytes)
      implements OfRecord {
    public ApplyRow {
      Objects.requireNonNull(writer, "writer");
      Objects.requireNonNull(change, "change");
    }
  }

  /** Empty a table. */
  record ApplyTruncate(TableWriter writer, TopicPosition position) implements OfRecord {
    @Override
    public boolean endsWindow() {
      return true;
    }
  }

  /** Carry a schema change over. */
  record ApplySchemaChange(SchemaChange change, TopicPosition position) implements OfRecord {
    @Override
    public long sizeBytes() {
      return ITEM_BYTES + change.ddl().length();
    }

    @Override
    public boolean endsWindow() {
      return true;
    }
  }

  /**
   * Find out whether a table is ready in the destination.
   *
   * @param askedNanos when that was asked, by {@link System#nanoTime()}
   */
  record LookUpTable(TableId table, long askedNanos) implements WorkItem {
    @Override
    public Optional<TopicPosition> finishes() {
      return Optional.empty();
    }
  }

  /** Nothing to do but to pass a record by. */
  record PassBy(TopicPosition position) implements OfRecord {}
}
