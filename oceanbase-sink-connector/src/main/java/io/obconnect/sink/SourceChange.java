package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;

/** What one Kafka record asks of the destination. */
sealed interface SourceChange {

  /**
   * A row was written or deleted.
   *
   * @param key the record's key
   * @param before the row before the change, null where the source does not say
   * @param after the row after the change, null for a delete
   */
  record RowChange(TableId table, Struct key, Struct before, Struct after) implements SourceChange {
    boolean isDelete() {
      return after == null;
    }
  }

  /** All rows of a table were removed at once. */
  record TableTruncate(TableId table) implements SourceChange {}

  /**
   * A statement changed the source's schema.
   *
   * @param ddl the statement as the source ran it
   * @param database the database it ran in, may be empty
   * @param position where it stands in the source's log: GTID, or file and offset
   * @param snapshot whether the connector made it up to describe the state at its start
   */
  record SchemaChange(String ddl, String database, String position, boolean snapshot)
      implements SourceChange {
    public SchemaChange {
      Objects.requireNonNull(ddl, "ddl");
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(position, "position");
    }
  }

  /** Nothing: a tombstone, a heartbeat, a transaction marker. */
  record NoChange() implements SourceChange {}
}
