package io.obconnect.sink;

import io.obconnect.model.Marker;
import io.obconnect.model.TableId;
import io.obconnect.sink.Arrival.CollectionNames;
import io.obconnect.sink.Arrival.End;
import io.obconnect.sink.Arrival.Member;
import io.obconnect.sink.Arrival.Single;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SourceMarker;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds in records what Debezium says of transactions ({@code provide.transaction.metadata}): the
 * block {@code transaction} of an envelope, and the records of the topic {@code
 * <topic.prefix>.transaction}. Used by the task's thread only.
 */
final class ArrivalReader {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivalReader.class);
  private static final long MARKER_BYTES = 500;

  private final ChangeReader changes;
  private final Predicate<TableId> selected;
  private final RecordSize size = new RecordSize();
  private final Map<TableId, CollectionNames> collections = new HashMap<>();
  private boolean hasWarned;

  /**
   * A reader.
   *
   * @param selected whether the changes of a table are applied
   */
  ArrivalReader(ChangeReader changes, Predicate<TableId> selected) {
    this.changes = Objects.requireNonNull(changes, "changes");
    this.selected = Objects.requireNonNull(selected, "selected");
  }

  /**
   * Reads a record.
   *
   * @throws ConnectException when it belongs to a transaction of a source whose transactions cannot
   *     be told apart
   */
  Arrival read(TopicPosition position, SinkRecord record) {
    Object value = record.value();
    if (RecordParts.isComposite(value) && isEnd(value)) {
      return end(position, record);
    }
    Optional<SourceChange> change = change(record);
    long sizeBytes =
        change
            .filter(RowChange.class::isInstance)
            .map(row -> size.of((RowChange) row))
            .orElse(MARKER_BYTES);
    if (change.orElse(null) instanceof RowChange row) {
      if (!selected.test(row.table())) {
        return new Single(position, record, Optional.of(new NoChange()), MARKER_BYTES);
      }
      Object block = RecordParts.get(value, "transaction");
      String transaction = RecordParts.string(block, "id");
      if (transaction != null) {
        long order = RecordParts.number(block, "total_order");
        LogPosition at = LogPosition.of(row.source());
        requirePlace(position, at);
        return new Member(position, record, row, names(row), transaction, order, at, sizeBytes);
      }
      warnOfMissingMetadata(position, row);
    }
    return new Single(position, record, change, sizeBytes);
  }

  /**
   * A change that comes again is known by its place; and PostgreSQL's connector names a change and
   * the end of its transaction differently.
   */
  private static void requirePlace(TopicPosition position, LogPosition at) {
    if (at.file().isEmpty()) {
      throw new ConnectException(
          "the change at "
              + position
              + " does not say where it stands in a binary log; "
              + WriteOptions.TRANSACTION_MODE
              + "=source is for MySQL and MariaDB");
    }
  }

  private static boolean isEnd(Object value) {
    return RecordParts.has(value, "event_count")
        && "END".equals(RecordParts.string(value, "status"))
        && RecordParts.string(value, "id") != null;
  }

  private static End end(TopicPosition position, SinkRecord record) {
    Object value = record.value();
    Map<String, Long> counts = new HashMap<>();
    if (RecordParts.get(value, "data_collections") instanceof Collection<?> collections) {
      for (Object each : collections) {
        counts.put(
            RecordParts.string(each, "data_collection"), RecordParts.number(each, "event_count"));
      }
    }
    return new End(
        position,
        record,
        RecordParts.string(value, "id"),
        RecordParts.number(value, "ts_ms"),
        counts,
        MARKER_BYTES);
  }

  /** What cannot be read is rejected when its turn has come. */
  /** Partitions that wait for each other could wait for what stands in one that is gathered. */
  private static SourceChange withoutBarrier(SourceChange change) {
    return change instanceof SourceMarker mark
        ? new SourceMarker(Marker.ofTime(mark.marker().position(), mark.marker().timestampMs()))
        : change;
  }

  private Optional<SourceChange> change(SinkRecord record) {
    try {
      return Optional.of(withoutBarrier(changes.read(record)));
    } catch (DataException e) {
      LOG.debug("{} cannot be read: {}", TopicPosition.of(record), e.getMessage());
      return Optional.empty();
    }
  }

  private CollectionNames names(RowChange row) {
    return collections.computeIfAbsent(row.table(), table -> names(row.source()));
  }

  private static CollectionNames names(Object source) {
    String database = RecordParts.string(source, "db");
    String schema = RecordParts.string(source, "schema");
    String table = RecordParts.string(source, "table");
    String name = (schema == null ? database : schema) + "." + table;
    return new CollectionNames(name, schema == null ? name : database + "." + name);
  }

  private void warnOfMissingMetadata(TopicPosition position, RowChange row) {
    Object snapshot = RecordParts.get(row.source(), "snapshot");
    if (!hasWarned && snapshot != null && List.of("false", false).contains(snapshot)) {
      hasWarned = true;
      LOG.warn(
          "Changes come without transaction metadata, the first at {}: they are applied one by one."
              + " Set provide.transaction.metadata=true in the source",
          position);
    }
  }
}
