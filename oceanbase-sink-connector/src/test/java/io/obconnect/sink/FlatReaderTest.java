package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.Heartbeat;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class FlatReaderTest {
  private static final Schema WITH_METADATA =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("v", Schema.OPTIONAL_INT32_SCHEMA)
          .field("__mine", Schema.OPTIONAL_STRING_SCHEMA)
          .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
          .field("__op", Schema.OPTIONAL_STRING_SCHEMA)
          .field("__db", Schema.OPTIONAL_STRING_SCHEMA)
          .field("__table", Schema.OPTIONAL_STRING_SCHEMA)
          .field("__source_ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  private final ChangeReader reader = Changes.reader(RecordFormat.FLAT);

  private RowChange read(Struct key, Object value) {
    return (RowChange) reader.read(Changes.record(key, value, 1));
  }

  private static Struct withMetadata() {
    return new Struct(WITH_METADATA).put("id", 1L).put("v", 5);
  }

  @Test
  void rowIsWrittenToTheTableThatTheTopicNames() {
    Struct row = Changes.row(1, 5);
    RowChange change = read(Changes.key(1), row);
    assertEquals(
        new RowChange(Changes.TABLE, Operation.UPDATE, Changes.key(1), null, row, null), change);
    assertSame(row, change.after(), "nothing is copied");
  }

  @Test
  void tombstoneIsADelete() {
    RowChange change = read(Changes.key(1), null);
    assertEquals(
        new RowChange(Changes.TABLE, Operation.DELETE, Changes.key(1), null, null, null), change);
  }

  @Test
  void tombstoneWithoutKeyIsRefused() {
    assertThrows(DataException.class, () -> read(null, null));
  }

  @Test
  void rewrittenDeleteIsADelete() {
    RowChange change = read(Changes.key(1), withMetadata().put("__deleted", "true"));
    assertTrue(change.isDelete());
    assertEquals(1L, change.before().get("id"));
    assertNull(change.after());
    assertEquals(
        Operation.UPDATE,
        read(Changes.key(1), withMetadata().put("__deleted", "false")).operation());
  }

  /** A column of the user's own whose name looks like metadata is kept. */
  @Test
  void metadataIsNoColumn() {
    Struct after = read(null, withMetadata()).after();
    assertEquals(
        List.of("id", "v", "__mine"), after.schema().fields().stream().map(Field::name).toList());
    assertEquals(5, after.get("v"));
  }

  @Test
  void metadataTellsTableAndOperation() {
    RowChange change =
        read(
            Changes.key(1),
            withMetadata().put("__op", "c").put("__db", "other").put("__table", "t"));
    assertEquals(new TableId("other", "t"), change.table());
    assertEquals(Operation.INSERT, change.operation());
    assertEquals(Operation.DELETE, read(null, withMetadata().put("__op", "d")).operation());
  }

  @Test
  void headersTellTheSame() {
    SinkRecord record = Changes.tombstone(1);
    record.headers().addString("__op", "d").addString("__schema", "s").addString("__table", "t");
    RowChange change = (RowChange) reader.read(record);
    assertEquals(new TableId("s", "t"), change.table());
    assertTrue(change.isDelete());
  }

  @Test
  void rowsWithoutSchemaAreRead() {
    RowChange change = read(null, Map.of("id", 1L, "__deleted", "true", "__op", "d"));
    assertTrue(change.isDelete());
    assertEquals("1", change.before().get("id"));
    assertEquals(1, change.before().schema().fields().size());
  }

  @Test
  void topicThatNamesNoTableIsRefused() {
    SinkRecord record = new SinkRecord("orders", 0, null, null, Changes.ROW, Changes.row(1, 5), 1);
    DataException refusal = assertThrows(DataException.class, () -> reader.read(record));
    assertTrue(refusal.getMessage().contains("flat.topic.pattern"), refusal.getMessage());
  }

  @Test
  void envelopeIsRefused() {
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> read(Changes.key(1), Changes.envelope("c", null, Changes.row(1, 5))));
    assertTrue(refusal.getMessage().contains("records.format=debezium"), refusal.getMessage());
  }

  @Test
  void heartbeatIsNoRow() {
    assertEquals(new Heartbeat(1), reader.read(Changes.record(null, Map.of("ts_ms", 1L), 1)));
  }
}
