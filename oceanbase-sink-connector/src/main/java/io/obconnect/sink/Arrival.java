package io.obconnect.sink;

import io.obconnect.sink.SourceChange.RowChange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** A record that has been read, before it has found its place among the source's transactions. */
sealed interface Arrival {

  TopicPosition position();

  SinkRecord record();

  /** Memory that its values take, in bytes, estimated. */
  long sizeBytes();

  /** What it asks for; empty when it cannot be read, and for an end, which asks for nothing. */
  default Optional<SourceChange> read() {
    return Optional.empty();
  }

  /** The row's change that it is, if it is one. */
  default Optional<RowChange> row() {
    return read().filter(RowChange.class::isInstance).map(RowChange.class::cast);
  }

  /**
   * A record that belongs to no transaction.
   *
   * @param change what it asks for; empty when it cannot be read
   */
  record Single(
      TopicPosition position, SinkRecord record, Optional<SourceChange> change, long sizeBytes)
      implements Arrival {
    public Single {
      Objects.requireNonNull(position, "position");
      Objects.requireNonNull(change, "change");
    }

    @Override
    public Optional<SourceChange> read() {
      return change;
    }

    /** Whether it may be applied together with the rows around it. */
    boolean isOrdinary() {
      return change
          .map(c -> c instanceof RowChange || c instanceof SourceChange.NoChange)
          .orElse(false);
    }
  }

  /**
   * A row's change that belongs to a transaction.
   *
   * @param collection names of the row's table in the end of its transaction
   * @param transaction its name
   * @param order its number among all changes of the transaction, from 1
   * @param at where it stands in the source's log
   */
  record Member(
      TopicPosition position,
      SinkRecord record,
      RowChange change,
      CollectionNames collection,
      String transaction,
      long order,
      LogPosition at,
      long sizeBytes)
      implements Arrival {
    public Member {
      Objects.requireNonNull(position, "position");
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(collection, "collection");
      Objects.requireNonNull(transaction, "transaction");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public Optional<SourceChange> read() {
      return Optional.of(change);
    }
  }

  /**
   * The source has committed a transaction.
   *
   * @param id the transaction's name
   * @param endedMs when, in milliseconds since 1970
   * @param counts its changes by table, under the source's names
   */
  record End(
      TopicPosition position,
      SinkRecord record,
      String id,
      long endedMs,
      Map<String, Long> counts,
      long sizeBytes)
      implements Arrival {
    public End {
      Objects.requireNonNull(position, "position");
      Objects.requireNonNull(id, "id");
      counts = Map.copyOf(counts);
    }
  }

  /**
   * How a source may name a table: {@code schema.table} or {@code database.table}, or with both.
   */
  record CollectionNames(String name, String fullName) {
    public CollectionNames {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(fullName, "fullName");
    }

    boolean include(String collection) {
      return collection.equals(name) || collection.equals(fullName);
    }
  }
}
