package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeReaderTest {
  private static final Schema POSITION =
      SchemaBuilder.struct()
          .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
          .field("file", Schema.OPTIONAL_STRING_SCHEMA)
          .field("pos", Schema.OPTIONAL_INT64_SCHEMA)
          .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema SCHEMA_CHANGE =
      SchemaBuilder.struct()
          .field("source", POSITION)
          .field("databaseName", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ddl", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private final ChangeReader reader = new ChangeReader();

  private SourceChange read(Struct key, Object value) {
    return reader.read(Changes.record(key, value, 1));
  }

  private String refusal(Struct key, Object value) {
    return assertThrows(DataException.class, () -> read(key, value)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({"c,INSERT", "r,INSERT", "u,UPDATE"})
  void rowIsWritten(String operation, Operation meaning) {
    Struct before = operation.equals("u") ? Changes.row(1, 4) : null;
    Struct after = Changes.row(1, 5);
    assertEquals(
        new RowChange(Changes.TABLE, meaning, Changes.key(1), before, after, Changes.source()),
        read(Changes.key(1), Changes.envelope(operation, before, after)));
  }

  @Test
  void rowIsDeleted() {
    Struct before = Changes.row(1, 5);
    assertEquals(
        new RowChange(
            Changes.TABLE, Operation.DELETE, Changes.key(1), before, null, Changes.source()),
        read(Changes.key(1), Changes.envelope("d", before, null)));
  }

  @Test
  void tableIsTruncatedWithoutKey() {
    assertEquals(
        new TableTruncate(Changes.TABLE, Changes.source()),
        read(null, Changes.envelope("t", null, null)));
  }

  @Test
  void logicalMessageTombstoneHeartbeatAndTransactionMarkerAreNoChanges() {
    NoChange nothing = new NoChange();
    Schema heartbeat =
        SchemaBuilder.struct()
            .name("io.debezium.connector.common.Heartbeat")
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    Schema marker =
        SchemaBuilder.struct()
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    assertEquals(nothing, read(null, Changes.envelope("m", null, null)));
    assertEquals(nothing, read(Changes.key(1), null));
    assertEquals(nothing, read(null, new Struct(heartbeat).put("ts_ms", 1L)));
    assertEquals(nothing, read(null, new Struct(marker).put("status", "BEGIN").put("id", "1")));
  }

  @Test
  void snapshotDdlIsToldFromStreamedDdl() {
    SchemaChange snapshot = schemaChange("true", null);
    assertTrue(snapshot.snapshot());
    assertEquals("binlog.1:42", snapshot.position());
    SchemaChange streamed = schemaChange("false", "uuid:7");
    assertFalse(streamed.snapshot());
    assertEquals("uuid:7", streamed.position());
    assertEquals("CREATE TABLE t (id INT)", streamed.ddl());
    assertEquals("shop", streamed.database());
  }

  private SchemaChange schemaChange(String snapshot, String gtid) {
    Struct source =
        new Struct(POSITION)
            .put("snapshot", snapshot)
            .put("file", "binlog.1")
            .put("pos", 42L)
            .put("gtid", gtid);
    Struct value =
        new Struct(SCHEMA_CHANGE)
            .put("source", source)
            .put("databaseName", "shop")
            .put("ddl", "CREATE TABLE t (id INT)");
    return (SchemaChange) read(null, value);
  }

  @Test
  void recordWithoutSchemaSaysWhichConverterToUse() {
    String refusal = refusal(Changes.key(1), Map.of("id", "secret-value"));
    assertTrue(refusal.contains("schemas.enable"), refusal);
    assertFalse(refusal.contains("secret-value"), refusal);
  }

  @Test
  void deleteOfNobodyKnowsWhichRowNamesTheTable() {
    String refusal = refusal(null, Changes.envelope("d", null, null));
    assertTrue(refusal.contains("`shop`.`orders`"), refusal);
    assertTrue(refusal.contains("neither a key"), refusal);
  }

  @Test
  void writtenRowMustBeThere() {
    String refusal = refusal(Changes.key(1), Changes.envelope("u", Changes.row(1, 5), null));
    assertTrue(refusal.contains("'after'"), refusal);
  }

  @Test
  void sourceBlockMustNameTheTable() {
    Struct nameless = Changes.envelope("c", null, Changes.row(1, 5));
    nameless.put("source", new Struct(Changes.SOURCE).put("db", "shop"));
    assertTrue(refusal(Changes.key(1), nameless).contains("no database and table"));
  }

  @Test
  void envelopeWithoutSourceBlockIsNoChangeEvent() {
    Schema schema =
        SchemaBuilder.struct()
            .field("after", Changes.ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    Struct value = new Struct(schema).put("after", Changes.row(1, 5)).put("op", "c");
    assertTrue(refusal(Changes.key(1), value).contains("no Debezium change event"));
  }

  @Test
  void unknownOperationIsRefused() {
    assertTrue(refusal(Changes.key(1), Changes.envelope("x", null, null)).contains("'x'"));
  }

  /** Nothing is skipped in silence. */
  @Test
  void missingOperationIsRefused() {
    String refusal = refusal(Changes.key(1), Changes.envelope(null, null, Changes.row(1, 5)));
    assertTrue(refusal.contains("no operation"), refusal);
  }

  @Test
  void rowOfAnotherKindOfTopicIsRefused() {
    String refusal = refusal(Changes.key(1), Changes.row(1, 5));
    assertTrue(refusal.contains("topics.regex"), refusal);
  }
}
