package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class ConnectRowFilterTest {

  private static final Schema VARIABLE_SCALE =
      SchemaBuilder.struct()
          .name("io.debezium.data.VariableScaleDecimal")
          .field("scale", Schema.INT32_SCHEMA)
          .field("value", Schema.BYTES_SCHEMA)
          .build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("Id", Schema.INT64_SCHEMA)
          .field("region", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private static ConnectRowFilter filter(String where) {
    return new ConnectRowFilter(RowFilter.compile(where), column -> false);
  }

  private static Struct row(long id, String region) {
    return new Struct(ROW).put("Id", id).put("region", region);
  }

  private static boolean passes(String where, Schema type, Object value) {
    Schema schema = SchemaBuilder.struct().field("v", type).build();
    return filter(where).inserted(new Struct(schema).put("v", value)) == RowDecision.KEEP;
  }

  private static Schema named(SchemaBuilder builder, String name) {
    return builder.name(name).build();
  }

  private static Schema int64(String name) {
    return named(SchemaBuilder.int64(), name);
  }

  private static Schema text(String name) {
    return named(SchemaBuilder.string(), name);
  }

  private static void assertPasses(String where, Schema type, Object value) {
    assertTrue(passes(where, type, value), where);
  }

  @Test
  void numbersOfEverySize() {
    assertPasses("v = 127", Schema.INT8_SCHEMA, (byte) 127);
    assertPasses("v = -32768", Schema.INT16_SCHEMA, Short.MIN_VALUE);
    assertPasses("v = 2147483647", Schema.INT32_SCHEMA, Integer.MAX_VALUE);
    assertPasses("v = -9223372036854775808", Schema.INT64_SCHEMA, Long.MIN_VALUE);
    assertPasses("v = 2024", named(SchemaBuilder.int32(), "io.debezium.time.Year"), 2024);
    assertPasses("v = 1", Schema.BOOLEAN_SCHEMA, true);
    assertPasses("v = 0.5", Schema.FLOAT64_SCHEMA, 0.5);
  }

  /** As MySQL compares a FLOAT: 0.1 is not what it holds. */
  @Test
  void floatIsWidenedWithoutADetourOverItsText() {
    assertFalse(passes("v = 0.1", Schema.FLOAT32_SCHEMA, 0.1f));
    assertPasses("v = 0.10000000149011612", Schema.FLOAT32_SCHEMA, 0.1f);
  }

  @Test
  void decimalsAreExactAndKeepTheirScale() {
    assertPasses("v = 0.10", Decimal.schema(2), new BigDecimal("0.10"));
    assertPasses(
        "v = 18446744073709551615", Decimal.schema(0), new BigDecimal("18446744073709551615"));
    assertPasses(
        "v = 12.345",
        VARIABLE_SCALE,
        new Struct(VARIABLE_SCALE)
            .put("scale", 3)
            .put("value", new BigDecimal("12.345").unscaledValue().toByteArray()));
  }

  @Test
  void wrappedUnsignedNumbersAreUnwrappedWhereTheColumnIsKnownToBeUnsigned() {
    Schema propagated =
        SchemaBuilder.int64().parameter("__debezium.source.column.type", "BIGINT UNSIGNED").build();
    assertPasses("v = 18446744073709551615", propagated, -1L);
    assertFalse(passes("v > 0", Schema.INT64_SCHEMA, -1L));
    ConnectRowFilter told =
        new ConnectRowFilter(RowFilter.compile("id > 9223372036854775807"), "Id"::equals);
    assertEquals(RowDecision.KEEP, told.inserted(row(-1, null)));
    assertEquals(RowDecision.DROP, told.inserted(row(1, null)));
  }

  @Test
  void bitStringsAreSentLowestByteFirst() {
    Schema bits = named(SchemaBuilder.bytes(), "io.debezium.data.Bits");
    assertPasses("v = 258", bits, new byte[] {2, 1});
    assertPasses(
        "v = b'1111111111111111111111111111111111111111111111111111111111111111'",
        bits,
        ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
  }

  @Test
  void datesAndTimesOfEveryRepresentation() {
    String date = "v = DATE '2024-02-29'";
    assertPasses(date, named(SchemaBuilder.int32(), "io.debezium.time.Date"), 19782);
    assertPasses(
        date,
        org.apache.kafka.connect.data.Date.SCHEMA,
        Date.from(Instant.ofEpochMilli(19782L * 86_400_000)));
    String moment = "v = TIMESTAMP '1969-12-31 23:59:59.500'";
    assertPasses(moment, int64("io.debezium.time.Timestamp"), -500L);
    assertPasses(moment, int64("io.debezium.time.MicroTimestamp"), -500_000L);
    assertPasses(moment, int64("io.debezium.time.NanoTimestamp"), -500_000_000L);
    assertPasses(moment, Timestamp.SCHEMA, Date.from(Instant.ofEpochMilli(-500)));
    assertPasses(moment, text("io.debezium.time.ZonedTimestamp"), "1970-01-01T01:59:59.5+02:00");
    String time = "v = TIME '-00:00:01.5'";
    assertPasses(time, named(SchemaBuilder.int32(), "io.debezium.time.Time"), -1500);
    assertPasses(time, int64("io.debezium.time.MicroTime"), -1_500_000L);
    assertPasses(time, int64("io.debezium.time.NanoTime"), -1_500_000_000L);
    assertPasses("v = TIME '00:00:01.5'", Time.SCHEMA, Date.from(Instant.ofEpochMilli(1500)));
  }

  @Test
  void textsAndBytes() {
    assertPasses("v LIKE 'e_'", Schema.STRING_SCHEMA, "eu");
    assertPasses("v = 'a'", text("io.debezium.data.Enum"), "a");
    assertPasses("v = x'00ff'", Schema.BYTES_SCHEMA, new byte[] {0, -1});
    assertPasses("v = x'00ff'", Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {0, -1}));
  }

  /** KAFKA-8713. */
  @Test
  void nullStaysNullWhereTheSchemaHasADefault() {
    assertPasses("v IS NULL", SchemaBuilder.int32().optional().defaultValue(42).build(), null);
  }

  @Test
  void columnsAreFoundInAnyCase() {
    assertEquals(RowDecision.KEEP, filter("ID = 1 AND `REGION` = 'eu'").inserted(row(1, "eu")));
  }

  @Test
  void updatesCrossTheBorderInAllFourWays() {
    ConnectRowFilter eu = filter("region = 'eu'");
    assertEquals(RowDecision.KEEP, eu.updated(row(1, "eu"), row(1, "eu")));
    assertEquals(RowDecision.DELETE, eu.updated(row(1, "eu"), row(1, "us")));
    assertEquals(RowDecision.INSERT, eu.updated(row(1, "us"), row(1, "eu")));
    assertEquals(RowDecision.DROP, eu.updated(row(1, "us"), row(1, null)));
    assertEquals(RowDecision.KEEP, eu.deleted(row(1, "eu")));
    assertEquals(RowDecision.DROP, eu.deleted(row(1, "us")));
  }

  @Test
  void rowBeforeThatTheSourceDoesNotTellIsUnknown() {
    ConnectRowFilter eu = filter("region = 'eu'");
    Struct keyOnly =
        new Struct(SchemaBuilder.struct().field("Id", Schema.INT64_SCHEMA).build()).put("Id", 1L);
    for (Struct before : new Struct[] {null, keyOnly, row(1, "__debezium_unavailable_value")}) {
      assertEquals(RowDecision.UPSERT, eu.updated(before, row(1, "eu")));
      assertEquals(RowDecision.DELETE, eu.updated(before, row(1, "us")));
      assertEquals(RowDecision.KEEP, eu.deleted(before));
    }
  }

  @Test
  void unavailableBytesAreUnknownToo() {
    Schema schema = SchemaBuilder.struct().field("b", Schema.BYTES_SCHEMA).build();
    Struct row =
        new Struct(schema)
            .put("b", "__debezium_unavailable_value".getBytes(StandardCharsets.UTF_8));
    assertEquals(RowDecision.KEEP, filter("b = 'x'").deleted(row));
  }

  /** To guess would lose the row, or keep it for ever. */
  @Test
  void rowAfterThatIsNotKnownIsRefused() {
    RowFilterException refusal =
        assertThrows(
            RowFilterException.class,
            () -> filter("region = 'eu'").inserted(row(1, "__debezium_unavailable_value")));
    assertTrue(refusal.getMessage().contains("REPLICA IDENTITY FULL"), refusal.getMessage());
  }

  @Test
  void columnThatTheRecordsLackIsNamed() {
    RowFilterException refusal =
        assertThrows(RowFilterException.class, () -> filter("nope = 1").inserted(row(1, "eu")));
    assertTrue(refusal.getMessage().contains("`nope`"), refusal.getMessage());
  }

  @Test
  void structuresMatterOnlyIfTheFilterNamesThem() {
    Schema schema =
        SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field("list", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .build();
    Struct row = new Struct(schema).put("id", 1).put("list", List.of("a"));
    assertEquals(RowDecision.KEEP, filter("id = 1").inserted(row));
    RowFilterException refusal =
        assertThrows(RowFilterException.class, () -> filter("list = 'a'").inserted(row));
    assertTrue(refusal.getMessage().contains("`list`"), refusal.getMessage());
  }

  @Test
  void malformedValueIsADataErrorThatDoesNotQuoteIt() {
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> passes("v > 0", text("io.debezium.time.ZonedTimestamp"), "secret-value"));
    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
    assertNull(refusal.getCause(), "the cause quotes the value");
  }
}
