package io.obconnect.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRowsTest {
  private static final Schema KEY = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("region", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("table", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name("p.shop.orders.Envelope")
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("op", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  private static FilterRows<SourceRecord> filter(String where, String tables) {
    FilterRows<SourceRecord> filter = new FilterRows<>();
    Map<String, String> options = new HashMap<>();
    options.put("where", where);
    options.put("tables", tables);
    filter.configure(options);
    return filter;
  }

  private static Struct row(String region) {
    return new Struct(ROW).put("id", 1L).put("region", region);
  }

  private static SourceRecord record(Object value, Schema schema) {
    return new SourceRecord(
        Map.of(),
        Map.of("offset", 7),
        "topic",
        0,
        KEY,
        new Struct(KEY).put("id", 1L),
        schema,
        value,
        5L);
  }

  private static SourceRecord change(String operation, Struct before, Struct after) {
    Struct value =
        new Struct(ENVELOPE)
            .put("before", before)
            .put("after", after)
            .put("source", new Struct(SOURCE).put("db", "shop").put("table", "orders"))
            .put("op", operation)
            .put("ts_ms", 3L);
    return record(value, ENVELOPE);
  }

  private static SourceRecord applied(SourceRecord record) {
    return filter("region = 'eu'", "").apply(record);
  }

  private static void assertChange(
      String operation, Struct before, Struct after, SourceRecord actual) {
    Struct value = (Struct) actual.value();
    assertEquals(operation, value.getString("op"));
    assertEquals(before, value.getStruct("before"));
    assertEquals(after, value.getStruct("after"));
    assertEquals("orders", value.getStruct("source").getString("table"));
    assertEquals(3L, value.getInt64("ts_ms"));
    assertEquals(new Struct(KEY).put("id", 1L), actual.key());
    assertEquals(Map.of("offset", 7), actual.sourceOffset());
    assertEquals(5L, actual.timestamp());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "r"})
  void newRowsPassIfTheyAreChosen(String operation) {
    SourceRecord chosen = change(operation, null, row("eu"));
    assertSame(chosen, applied(chosen));
    assertNull(applied(change(operation, null, row("us"))));
    assertNull(applied(change(operation, null, row(null))));
  }

  @Test
  void updateWithinTheSelectionPassesAsItIs() {
    SourceRecord update = change("u", row("eu"), row("eu"));
    assertSame(update, applied(update));
  }

  @Test
  void updateOutsideOfTheSelectionIsDropped() {
    assertNull(applied(change("u", row("us"), row("cn"))));
  }

  @Test
  void updateThatEntersTheSelectionBecomesAnInsert() {
    SourceRecord update = change("u", row("us"), row("eu"));
    assertChange("c", null, row("eu"), applied(update));
    assertEquals("u", ((Struct) update.value()).getString("op"), "the record itself is another's");
  }

  @Test
  void updateThatLeavesTheSelectionBecomesADelete() {
    assertChange("d", row("eu"), null, applied(change("u", row("eu"), row("us"))));
  }

  @Test
  void updateOfARowThatIsNotKnownErrsOnTheSafeSide() {
    SourceRecord update = change("u", null, row("eu"));
    assertSame(update, applied(update));
    assertChange("d", null, null, applied(change("u", null, row("us"))));
  }

  @Test
  void deletesPassIfTheRowWasChosenOrIsNotKnown() {
    SourceRecord chosen = change("d", row("eu"), null);
    SourceRecord unknown = change("d", null, null);
    assertSame(chosen, applied(chosen));
    assertSame(unknown, applied(unknown));
    assertNull(applied(change("d", row("us"), null)));
  }

  @Test
  void rowsAreKeptOrDropped() {
    SourceRecord chosen = record(row("eu"), ROW);
    assertSame(chosen, applied(chosen));
    assertNull(applied(record(row("us"), ROW)));
  }

  @Test
  void whatIsNoRowPasses() {
    Schema ddl =
        SchemaBuilder.struct()
            .name("io.debezium.connector.mysql.SchemaChangeValue")
            .field("ddl", Schema.STRING_SCHEMA)
            .build();
    for (SourceRecord record :
        new SourceRecord[] {
          record(null, null),
          change("t", null, null),
          change("m", null, null),
          record(new Struct(ddl).put("ddl", "x"), ddl)
        }) {
      assertSame(record, applied(record));
    }
  }

  @Test
  void eventsOfOtherTablesPass() {
    SourceRecord update = change("u", row("us"), row("us"));
    assertSame(update, filter("region = 'eu'", "crm.*, shop.users").apply(update));
    assertNull(filter("region = 'eu'", "crm.*, shop.order?").apply(update));
    SourceRecord row = record(row("us"), ROW);
    assertSame(row, filter("region = 'eu'", "shop.*").apply(row), "it names no table");
  }

  @Test
  void columnThatTheRecordsLackIsNamed() {
    DataException failure =
        assertThrows(
            DataException.class, () -> filter("nope = 1", "").apply(change("c", null, row("eu"))));
    assertTrue(failure.getMessage().contains("`nope`"), failure.getMessage());
    assertTrue(failure.getMessage().contains("topic"), failure.getMessage());
  }

  @Test
  void recordWithoutSchemaIsRefusedWithoutItsValue() {
    DataException failure =
        assertThrows(
            DataException.class, () -> applied(record(Map.of("region", "secret-value"), null)));
    assertFalse(failure.getMessage().contains("secret-value"), failure.getMessage());
  }

  @Test
  void mistakesInTheOptionsAreFoundBeforeTheConnectorStarts() {
    assertThrows(ConfigException.class, () -> filter("region = = 1", ""));
    assertThrows(ConfigException.class, () -> filter("", ""));
    assertThrows(ConfigException.class, () -> filter("region = 'eu'", "orders"));
    assertThrows(ConfigException.class, () -> new FilterRows<SourceRecord>().configure(Map.of()));
  }

  @Test
  @SuppressWarnings("rawtypes") // as Connect looks for it
  void connectFindsIt() {
    assertTrue(
        ServiceLoader.load(Transformation.class).stream()
            .anyMatch(provider -> provider.type() == FilterRows.class));
  }
}
