package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.Marker;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.Heartbeat;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.SourceMarker;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeReaderTest {

  private final ChangeReader reader = Changes.reader(RecordFormat.DEBEZIUM);

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
  void heartbeatTellsTheConnectorsTime() {
    Schema heartbeat =
        SchemaBuilder.struct()
            .name("io.debezium.connector.common.Heartbeat")
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    assertEquals(new Heartbeat(7), read(null, new Struct(heartbeat).put("ts_ms", 7L)));
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void markerIsToldFromATombstoneByItsHeader(RecordFormat format) {
    Marker marker = Marker.ofTime("uuid:7", 8);
    SinkRecord record = Changes.record(null, null, 1);
    record.headers().addString(Marker.HEADER, marker.toString());
    assertEquals(new SourceMarker(marker), Changes.reader(format).read(record));
  }

  @Test
  void logicalMessageTombstoneAndTransactionMarkerAreNoChanges() {
    NoChange nothing = new NoChange();
    Schema marker =
        SchemaBuilder.struct()
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    assertEquals(nothing, read(null, Changes.envelope("m", null, null)));
    assertEquals(nothing, read(Changes.key(1), null));
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
    return (SchemaChange)
        read(null, Changes.schemaChange(snapshot, gtid, "CREATE TABLE t (id INT)"));
  }

  @Test
  void rowWithoutSchemaIsNotQuoted() {
    String refusal = refusal(Changes.key(1), Map.of("id", "secret-value"));
    assertTrue(refusal.contains("records.format=flat"), refusal);
    assertFalse(refusal.contains("secret-value"), refusal);
  }

  @Test
  void valueWithoutFieldsSaysWhichConverterToUse() {
    String refusal = refusal(Changes.key(1), "secret-value");
    assertTrue(refusal.contains("converter"), refusal);
    assertFalse(refusal.contains("secret-value"), refusal);
  }

  @Test
  void envelopeWithoutSchemaIsRead() {
    Map<String, Object> after = new HashMap<>(Map.of("id", 1L, "name", "it's", "tags", List.of(1)));
    after.put("none", null);
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("op", "u");
    envelope.put("before", Map.of("id", 7L));
    envelope.put("after", after);
    envelope.put("source", Map.of("db", "shop", "table", "orders"));
    RowChange change = (RowChange) read(null, envelope);
    assertEquals(Changes.TABLE, change.table());
    assertEquals(Operation.UPDATE, change.operation());
    assertEquals("7", change.before().get("id"));
    assertEquals("\"it's\"", change.after().get("name"));
    assertEquals("[1]", change.after().get("tags"));
    assertNull(change.after().get("none"));
    RowChange next = (RowChange) read(null, envelope);
    assertSame(change.after().schema(), next.after().schema(), "encoders are kept by schema");
  }

  @Test
  void schemaOfThePostgresSourceIsTheDatabase() {
    assertEquals(new TableId("public", "orders"), ((RowChange) read("shop", "public")).table());
  }

  @Test
  void tablesThatWouldBecomeOneFailTheTask() {
    read("shop", "public");
    ConnectException failure = assertThrows(ConnectException.class, () -> read("other", "public"));
    assertFalse(failure instanceof DataException, "no record is to blame");
    assertTrue(failure.getMessage().contains("database.name.format"), failure.getMessage());
    assertTrue(failure.getMessage().contains("shop.public.orders"), failure.getMessage());
  }

  private SourceChange read(String database, String schema) {
    return read(
        null,
        Map.of(
            "op", "c",
            "after", Map.of("id", 1L),
            "source", Map.of("db", database, "schema", schema, "table", "orders")));
  }

  @Test
  void valueThatTheSourceDidNotSendIsLeftOut() {
    Map<String, Object> envelope =
        Map.of(
            "op", "u",
            "after", Map.of("id", 1L, "long", "__debezium_unavailable_value"),
            "source", Map.of("db", "shop", "table", "orders"));
    Struct after = ((RowChange) read(null, envelope)).after();
    assertTrue(PartialRow.is(after));
    assertNull(after.schema().field("long"));
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
