package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** What the task hands to its lane, in the order of the records. */
sealed interface WorkItem {

  /** The record whose offset is finished with this item; none for the task's own requests. */
  Optional<TopicPosition> finishes();

  /** Memory this item holds while it waits, in bytes, estimated. */
  default long sizeBytes() {
    return 0;
  }

  /** Write or delete a row. */
  record ApplyRow(
      TableWriter writer,
      RowChange change,
      SinkRecord record,
      TopicPosition position,
      long sizeBytes)
      implements WorkItem {
    public ApplyRow {
      Objects.requireNonNull(writer, "writer");
      Objects.requireNonNull(change, "change");
    }

    @Override
    public Optional<TopicPosition> finishes() {
      return Optional.of(position);
    }
  }

  /** Empty a table. */
  record ApplyTruncate(TableWriter writer, TopicPosition position) implements WorkItem {
    @Override
    public Optional<TopicPosition> finishes() {
      return Optional.of(position);
    }
  }

  /** Carry a schema change over. */
  record ApplySchemaChange(SchemaChange change, TopicPosition position) implements WorkItem {
    @Override
    public Optional<TopicPosition> finishes() {
      return Optional.of(position);
    }
  }

  /** Find out whether a table is ready in the destination. */
  record LookUpTable(TableId table) implements WorkItem {
    @Override
    public Optional<TopicPosition> finishes() {
      return Optional.empty();
    }
  }

  /** Nothing to do but to pass a record by. */
  record PassBy(TopicPosition position) implements WorkItem {
    @Override
    public Optional<TopicPosition> finishes() {
      return Optional.of(position);
    }
  }
}
