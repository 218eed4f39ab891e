package io.obconnect.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Change events with a column of every MySQL type, as Debezium represents it, at its edges. */
class DebeziumEnvelopeTest {

  /** A column's schema with its values. */
  private record Column(SchemaBuilder schema, List<Object> values) {
    static Column of(SchemaBuilder schema, Object... values) {
      return new Column(schema, Arrays.asList(values));
    }
  }

  private static final Map<String, Column> COLUMNS = columns();

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void everyTypeIsWrittenAndReadAlikeAndCompiled(String replaceNullWithDefault) {
    // Given
    Converters converters =
        new Converters(Map.of("replace.null.with.default", replaceNullWithDefault));
    Map<String, Schema> schemas = new LinkedHashMap<>();
    COLUMNS.forEach((name, column) -> schemas.put(name, column.schema.build()));
    DebeziumEnvelope envelope = new DebeziumEnvelope(schemas);

    // When, then
    Map<String, Object> before = null;
    for (Map<String, Object> row : rows()) {
      converters.assertSameWhenCompiled(envelope.schema(), envelope.create(row));
      if (before != null) {
        converters.assertSameWhenCompiled(envelope.schema(), envelope.update(before, row));
        converters.assertSameWhenCompiled(envelope.schema(), envelope.delete(before));
      }
      before = row;
    }
  }

  @Test
  void decimalsAsNumbersAreWrittenAndReadAlike() {
    Converters converters = new Converters(Map.of("decimal.format", "NUMERIC"));
    DebeziumEnvelope orders = DebeziumEnvelope.orders();
    converters.assertSameWhenCompiled(
        orders.schema(), orders.create(DebeziumEnvelope.order(4_711)));
  }

  @Test
  void keysAreWrittenAndReadAlike() {
    Converters converters = new Converters(Map.of());
    Schema schema = SchemaBuilder.struct().name("Key").field("id", Schema.INT64_SCHEMA).build();
    converters.assertSameWhenCompiled(schema, new Struct(schema).put("id", Long.MIN_VALUE));
  }

  @Test
  void tombstonesStayNull() {
    Converters converters = new Converters(Map.of());
    assertNull(converters.ours.fromConnectData(Converters.TOPIC, null, null));
    converters.assertSame(null, null);
    converters.assertSameRead((byte[]) null);
  }

  @Test
  void recordsAreTheBytesOfTheirSchemaAndPayload() {
    // Given
    Converters converters = new Converters(Map.of());
    // When
    byte[] written =
        converters.ours.fromConnectData(Converters.TOPIC, Schema.OPTIONAL_STRING_SCHEMA, "a\n汉🙂");
    // Then
    assertArrayEquals(
        "{\"schema\":{\"type\":\"string\",\"optional\":true},\"payload\":\"a\\n汉\\uD83D\\uDE42\"}"
            .getBytes(UTF_8),
        written);
  }

  private static List<Map<String, Object>> rows() {
    int most = COLUMNS.values().stream().mapToInt(column -> column.values.size()).max().orElse(0);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (Map.Entry<String, Column> column : COLUMNS.entrySet()) {
        List<Object> values = column.getValue().values;
        row.put(column.getKey(), values.get(i % values.size()));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("t_tiny", Column.of(SchemaBuilder.int16().optional(), (short) -128, null));
    columns.put("t_int", Column.of(SchemaBuilder.int32(), Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    columns.put(
        "t_big",
        Column.of(
            SchemaBuilder.int64(), Long.MIN_VALUE, Long.MAX_VALUE, 999_999_999_999_999_999L, 0L));
    columns.put("t_ubig", Column.of(Decimal.builder(0), new BigDecimal("18446744073709551615")));
    columns.put(
        "t_decimal",
        Column.of(
            Decimal.builder(30).parameter("connect.decimal.precision", "65").optional(),
            new BigDecimal("-99999999999999999999999999999999999.999999999999999999999999999999"),
            new BigDecimal("0.000000000000000000000000000001"),
            BigDecimal.ZERO.setScale(30),
            null));
    columns.put(
        "t_float",
        Column.of(SchemaBuilder.float32(), 0.1f, 1e20f, 16777216f, Float.MIN_VALUE, 0f, 1e-5f));
    columns.put(
        "t_double",
        Column.of(
            SchemaBuilder.float64(),
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            -1.9670239686965942,
            1e22,
            Double.MIN_NORMAL,
            0d));
    columns.put("t_bool", Column.of(SchemaBuilder.bool().optional(), true, false, null));
    columns.put(
        "t_bits",
        Column.of(
            SchemaBuilder.bytes().name("io.debezium.data.Bits").parameter("length", "9"),
            ByteBuffer.wrap(new byte[] {-1, 1})));
    columns.put(
        "t_varchar",
        Column.of(
            SchemaBuilder.string().optional().defaultValue("preset"),
            "quote ' double \" back \\ slash / percent %",
            "line\nfeed\r\ttab\0nul\u001asub\u007f",
            "汉字 🙂 ñ ß é",
            "",
            "text\u2028with\uffff\ufffd",
            null));
    columns.put("t_longtext", Column.of(SchemaBuilder.string(), "long 文 \\".repeat(20_000), "0"));
    columns.put(
        "t_blob",
        Column.of(
            SchemaBuilder.bytes().optional(),
            ByteBuffer.wrap(allBytes()),
            allBytes(),
            new byte[0],
            new byte[] {0},
            null));
    columns.put(
        "t_date",
        Column.of(SchemaBuilder.int32().name("io.debezium.time.Date").version(1), -354_285, 0));
    columns.put(
        "t_timestamp",
        Column.of(
            SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").version(1),
            "2024-10-27T00:30:00.1Z"));
    columns.put(
        "t_enum",
        Column.of(
            SchemaBuilder.string()
                .name("io.debezium.data.Enum")
                .parameter("allowed", "a,B c,it's,汉"),
            "汉"));
    columns.put(
        "t_json",
        Column.of(SchemaBuilder.string().name("io.debezium.data.Json"), "{\"a\":[\"\\n\"]}"));
    Schema geometry = geometry();
    columns.put(
        "t_point",
        Column.of(
            SchemaBuilder.struct()
                .name("io.debezium.data.geometry.Point")
                .field("x", Schema.FLOAT64_SCHEMA)
                .optional(),
            (Object) null));
    columns.put(
        "t_geometries",
        Column.of(
            SchemaBuilder.array(geometry),
            List.of(new Struct(geometry).put("wkb", new byte[] {1, 1, 0}).put("srid", 0)),
            List.of()));
    columns.put("名前", Column.of(SchemaBuilder.string(), "column with a name in Japanese"));
    return columns;
  }

  private static Schema geometry() {
    return SchemaBuilder.struct()
        .name("io.debezium.data.geometry.Geometry")
        .field("wkb", Schema.BYTES_SCHEMA)
        .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
        .build();
  }

  private static byte[] allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
