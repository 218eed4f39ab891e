package io.obconnect.sink;

import static io.obconnect.sink.Changes.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile.Engine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every logical type and handling mode of Debezium and Connect. */
class LiteralEncodersTest {
  static final Schema GEOMETRY =
      SchemaBuilder.struct()
          .name("io.debezium.data.geometry.Geometry")
          .field("wkb", Schema.BYTES_SCHEMA)
          .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
          .build();
  static final Schema VARIABLE_SCALE =
      SchemaBuilder.struct()
          .name("io.debezium.data.VariableScaleDecimal")
          .field("scale", Schema.INT32_SCHEMA)
          .field("value", Schema.BYTES_SCHEMA)
          .build();
  private static final DestinationColumn ANY = column("c", "any");
  private static final DestinationColumn UNSIGNED =
      new DestinationColumn("c", "bigint", true, false, "", Engine.MYSQL);

  private static String encode(Schema schema, DestinationColumn column, Object value) {
    return LiteralsTest.sql(sql -> LiteralEncoders.of(schema, column).append(sql, value));
  }

  private static Schema named(Schema.Type type, String name) {
    return SchemaBuilder.type(type).name(name).optional().build();
  }

  private static Schema int64(String name) {
    return named(Schema.Type.INT64, "io.debezium.time." + name);
  }

  private static Schema int32(String name) {
    return named(Schema.Type.INT32, "io.debezium.time." + name);
  }

  private static Schema text(String name) {
    return named(Schema.Type.STRING, "io.debezium." + name);
  }

  private static java.util.Date instant(String iso) {
    return java.util.Date.from(Instant.parse(iso));
  }

  static Stream<Arguments> values() {
    return Stream.of(plain(), adaptiveTimes(), connectTimes(), isoTimes(), others())
        .flatMap(s -> s);
  }

  private static Stream<Arguments> plain() {
    return Stream.of(
        Arguments.of(Schema.INT8_SCHEMA, (byte) -128, "-128"),
        Arguments.of(Schema.INT16_SCHEMA, Short.MAX_VALUE, "32767"),
        Arguments.of(Schema.INT32_SCHEMA, Integer.MIN_VALUE, "-2147483648"),
        Arguments.of(Schema.INT64_SCHEMA, Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(Schema.BOOLEAN_SCHEMA, true, "1"),
        Arguments.of(Schema.BOOLEAN_SCHEMA, false, "0"),
        Arguments.of(Schema.FLOAT32_SCHEMA, 16777216f, "1.6777216E7"),
        Arguments.of(Schema.FLOAT32_SCHEMA, 0.1f, "0.10000000149011612E0"),
        Arguments.of(Schema.FLOAT32_SCHEMA, Float.MIN_VALUE, "1.401298464324817E-45"),
        Arguments.of(Schema.FLOAT64_SCHEMA, 0.1, "0.1E0"),
        Arguments.of(Schema.FLOAT64_SCHEMA, Double.MAX_VALUE, "1.7976931348623157E308"),
        Arguments.of(Schema.STRING_SCHEMA, "O'Neil ", "'O\\'Neil '"),
        Arguments.of(Schema.BYTES_SCHEMA, new byte[] {0, -1}, "x'00ff'"),
        Arguments.of(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {0, -1}), "x'00ff'"),
        Arguments.of(Schema.OPTIONAL_STRING_SCHEMA, null, "NULL"));
  }

  private static Stream<Arguments> adaptiveTimes() {
    return Stream.of(
        Arguments.of(int32("Date"), -1, "'1969-12-31'"),
        Arguments.of(int32("Date"), -719_162, "'0001-01-01'"),
        Arguments.of(int32("Time"), -1_500, "'-00:00:01.500000'"),
        Arguments.of(int64("MicroTime"), 3_020_399_000_000L, "'838:59:59'"),
        Arguments.of(int64("MicroTime"), -90_000_000_001L, "'-25:00:00.000001'"),
        Arguments.of(int64("NanoTime"), 1_000L, "'00:00:00.000001'"),
        Arguments.of(int64("Timestamp"), -1L, "'1969-12-31 23:59:59.999000'"),
        Arguments.of(int64("Timestamp"), -62_135_596_800_000L, "'0001-01-01 00:00:00'"),
        Arguments.of(
            int64("MicroTimestamp"), 253_402_300_799_999_999L, "'9999-12-31 23:59:59.999999'"),
        Arguments.of(int64("MicroTimestamp"), -1L, "'1969-12-31 23:59:59.999999'"),
        Arguments.of(int64("NanoTimestamp"), -1_000L, "'1969-12-31 23:59:59.999999'"),
        Arguments.of(int32("Year"), 1901, "1901"),
        Arguments.of(
            text("time.ZonedTimestamp"),
            "2024-03-31T02:30:00.5+02:00",
            "'2024-03-31 00:30:00.500000'"),
        Arguments.of(text("time.ZonedTimestamp"), "1970-01-01T00:00:01Z", "'1970-01-01 00:00:01'"));
  }

  private static Stream<Arguments> connectTimes() {
    return Stream.of(
        Arguments.of(Date.SCHEMA, instant("1969-12-31T00:00:00Z"), "'1969-12-31'"),
        Arguments.of(Time.SCHEMA, instant("1970-01-01T23:59:59.001Z"), "'23:59:59.001000'"),
        Arguments.of(Time.SCHEMA, instant("1969-12-31T23:59:59.999Z"), "'-00:00:00.001000'"),
        Arguments.of(Timestamp.SCHEMA, instant("0001-01-01T00:00:00Z"), "'0001-01-01 00:00:00'"),
        Arguments.of(
            Timestamp.SCHEMA, instant("1969-12-31T23:59:59.999Z"), "'1969-12-31 23:59:59.999000'"));
  }

  private static Stream<Arguments> isoTimes() {
    return Stream.of(
        Arguments.of(text("time.IsoDate"), "2024-02-29Z", "'2024-02-29'"),
        Arguments.of(text("time.IsoDate"), "2024-02-29+00:00", "'2024-02-29'"),
        Arguments.of(text("time.IsoDate"), "0001-01-01", "'0001-01-01'"),
        Arguments.of(text("time.IsoTime"), "10:30:00.000001Z", "'10:30:00.000001'"),
        Arguments.of(text("time.ZonedTime"), "10:30:00+02:00", "'08:30:00'"),
        Arguments.of(text("time.IsoTimestamp"), "2018-06-20T13:37:03Z", "'2018-06-20 13:37:03'"));
  }

  private static Stream<Arguments> others() {
    BigDecimal wide =
        new BigDecimal("12345678901234567890123456789012345.123456789012345678901234567890");
    return Stream.of(
        Arguments.of(Decimal.schema(30), wide, wide.toPlainString()),
        Arguments.of(Decimal.schema(-3), new BigDecimal("1E+3"), "1000"),
        Arguments.of(
            VARIABLE_SCALE,
            new Struct(VARIABLE_SCALE)
                .put("scale", 2)
                .put("value", new BigInteger("-12345").toByteArray()),
            "-123.45"),
        Arguments.of(text("data.Json"), "{\"a\":\"\\\\\"}", "'{\"a\":\"\\\\\\\\\"}'"),
        Arguments.of(text("data.Enum"), "b", "'b'"),
        Arguments.of(text("data.EnumSet"), "a,b", "'a,b'"),
        Arguments.of(
            SchemaBuilder.array(Schema.FLOAT32_SCHEMA).name("io.debezium.data.FloatVector").build(),
            List.of(1.5f, -0.1f),
            "'[1.5,-0.1]'"),
        Arguments.of(GEOMETRY, geometryValue(4326), "x'e6100000010100'"),
        Arguments.of(GEOMETRY, geometryValue(null), "x'00000000010100'"));
  }

  private static Struct geometryValue(Integer srid) {
    return new Struct(GEOMETRY).put("wkb", new byte[] {1, 1, 0}).put("srid", srid);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("values")
  void valueIsWrittenExactly(Schema schema, Object value, String literal) {
    assertEquals(literal, encode(schema, ANY, value));
  }

  @Test
  void wrappedUnsignedValuesAreUnwrapped() {
    assertEquals("18446744073709551615", encode(Schema.INT64_SCHEMA, UNSIGNED, -1L));
    assertEquals("9223372036854775808", encode(Schema.INT64_SCHEMA, UNSIGNED, Long.MIN_VALUE));
    assertEquals("-1", encode(Schema.INT64_SCHEMA, column("c", "bigint"), -1L));
  }

  /** Law: bits arrive as the number that their little-endian bytes spell. */
  @Property
  void bitsAreLittleEndian(@ForAll @Size(min = 1, max = 8) byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
    }
    assertEquals(
        new BigInteger(1, bigEndian).toString(), encode(bits(), column("c", "bit"), littleEndian));
  }

  @Test
  void moreBitsThanAColumnHoldsAreRefused() {
    LiteralEncoder encoder = LiteralEncoders.of(bits(), column("c", "bit"));
    assertThrows(
        DataException.class, () -> encoder.append(new StringBuilder(), new byte[Long.BYTES + 1]));
  }

  private static Schema bits() {
    return named(Schema.Type.BYTES, "io.debezium.data.Bits");
  }

  @Test
  void decimalsInStringModeStayText() {
    assertEquals("'1.50'", encode(Schema.STRING_SCHEMA, column("c", "decimal"), "1.50"));
  }

  @Test
  void stringOfUnknownEncodingIsRefusedForBinaryColumns() {
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> LiteralEncoders.of(Schema.STRING_SCHEMA, column("photo", "longblob")));
    assertTrue(refusal.getMessage().contains("photo"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("binary.handling.mode"), refusal.getMessage());
  }

  /** As a number it would pass through a DECIMAL with fewer digits. */
  @Test
  void decimalsForTextColumnsAreTexts() {
    BigDecimal number = new BigDecimal("1E-40");
    String text = "'" + number.toPlainString() + "'";
    assertEquals(text, encode(Decimal.schema(40), column("c", "longtext"), number));
    assertEquals(text, encode(VARIABLE_SCALE, column("c", "longtext"), variableScale(number)));
  }

  /** Servers cut such digits off without a word. */
  @Test
  void moreDecimalPlacesThanAColumnCanHaveAreRefused() {
    Struct tiny = variableScale(new BigDecimal("1E-31"));
    LiteralEncoder encoder = LiteralEncoders.of(VARIABLE_SCALE, column("c", "decimal"));
    assertThrows(DataException.class, () -> encoder.append(new StringBuilder(), tiny));
    Struct zeros = variableScale(new BigDecimal("1.5").setScale(40));
    assertTrue(encode(VARIABLE_SCALE, column("c", "decimal"), zeros).startsWith("1.5000"));
  }

  private static Struct variableScale(BigDecimal number) {
    return new Struct(VARIABLE_SCALE)
        .put("scale", number.scale())
        .put("value", number.unscaledValue().toByteArray());
  }

  @Test
  void bitsForColumnsOfBytesAreInTheOrderOfTheText() {
    assertEquals("x'0201'", encode(bits(), column("c", "longblob"), new byte[] {1, 2}));
  }

  @Test
  void listsMapsAndStructuresAreJson() {
    DestinationColumn json = column("j", "json");
    Schema micros = int64("MicroTimestamp");
    Schema struct =
        SchemaBuilder.struct()
            .field("n", Schema.OPTIONAL_INT32_SCHEMA)
            .field("d", Decimal.builder(2).optional().build())
            .field("t", Schema.STRING_SCHEMA)
            .build();
    assertEquals(
        "'[1,null,3]'",
        encode(
            SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build(),
            json,
            Arrays.asList(1, null, 3)));
    assertEquals(
        "'[\"2024-01-01 00:00:00.000001\"]'",
        encode(SchemaBuilder.array(micros).build(), json, List.of(1_704_067_200_000_001L)));
    assertEquals(
        "'{\"n\":null,\"d\":\"1.10\",\"t\":\"it\\'s\"}'",
        encode(struct, json, new Struct(struct).put("d", new BigDecimal("1.10")).put("t", "it's")));
    assertEquals(
        "'[\"AQ==\"]'",
        encode(SchemaBuilder.array(Schema.BYTES_SCHEMA).build(), json, List.of(new byte[] {1})));
    assertEquals(
        "'[\"0.5\"]'",
        encode(
            SchemaBuilder.array(VARIABLE_SCALE).build(),
            column("j", "longtext"),
            List.of(variableScale(new BigDecimal("0.5")))));
  }

  @Test
  void nestedTypesAreRefusedNamingTheColumn() {
    Schema struct = SchemaBuilder.struct().name("com.example.Nested").build();
    for (Schema nested :
        List.of(
            struct,
            SchemaBuilder.struct().build(),
            SchemaBuilder.array(Schema.INT32_SCHEMA).build(),
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())) {
      DataException refusal =
          assertThrows(DataException.class, () -> LiteralEncoders.of(nested, column("n", "int")));
      assertTrue(refusal.getMessage().contains("column n"), refusal.getMessage());
    }
  }
}
