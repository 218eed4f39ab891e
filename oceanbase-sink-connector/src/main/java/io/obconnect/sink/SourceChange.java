package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.Marker;
import io.obconnect.model.Marker.Barrier;
import io.obconnect.model.TableId;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;

/** What one Kafka record asks of the destination. */
sealed interface SourceChange {

  /** What happened to a row. */
  enum Operation {
    /** It is new: no row of its key existed before. */
    INSERT,
    /** It existed before. */
    UPDATE,
    /** It is gone. */
    DELETE
  }

  /**
   * A row was written or deleted.
   *
   * @param key the record's key, null where it has none
   * @param before the row before the change, null where the source does not say
   * @param after the row after the change, null for a delete
   * @param source the block that says where the change stands in the source, null where there is
   *     none
   */
  record RowChange(
      TableId table, Operation operation, Struct key, Struct before, Struct after, Object source)
      implements SourceChange {
    public RowChange {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(operation, "operation");
    }

    boolean isDelete() {
      return operation == Operation.DELETE;
    }
  }

  /**
   * All rows of a table were removed at once.
   *
   * @param source as for a row
   */
  record TableTruncate(TableId table, Object source) implements SourceChange {}

  /**
   * A statement changed the source's schema.
   *
   * @param ddl the statement as the source ran it
   * @param database the database it ran in, may be empty
   * @param position where it stands in the source's log: GTID, or file and offset
   * @param at the same, for comparison with rows
   * @param snapshot whether the connector made it up to describe the state at its start
   * @param copyRun number of the run in which the rows of the table come as blocks, of the table
   *     that it creates; empty where they do not
   */
  record SchemaChange(
      String ddl,
      String database,
      String position,
      LogPosition at,
      boolean snapshot,
      OptionalLong copyRun)
      implements SourceChange {
    public SchemaChange {
      Objects.requireNonNull(ddl, "ddl");
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(position, "position");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(copyRun, "copyRun");
    }
  }

  /** Rows of a full copy, as SQL text. */
  record CopiedRows(CopyBlock block) implements SourceChange {
    public CopiedRows {
      Objects.requireNonNull(block, "block");
    }
  }

  /**
   * Nothing but a sign of life.
   *
   * @param timestampMs when the connector sent it, in milliseconds since 1970 by its own clock, 0
   *     where unknown
   */
  record Heartbeat(long timestampMs) implements SourceChange {}

  /** How far the source has come, as a source of this project says in each partition. */
  record SourceMarker(Marker marker) implements SourceChange {
    public SourceMarker {
      Objects.requireNonNull(marker, "marker");
    }

    /** Where it stands in the log, as a record's source block says it; only of a barrier. */
    Object source() {
      Barrier barrier = marker.barrier().orElseThrow();
      return Map.of(
          "server_id", barrier.serverId(),
          "file", barrier.file(),
          "pos", barrier.offset(),
          "ts_ms", marker.timestampMs());
    }
  }

  /** Nothing: a tombstone, a message, a transaction marker. */
  record NoChange() implements SourceChange {}
}
