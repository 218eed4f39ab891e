package io.obconnect.formats;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JsonConverter does not write itself, or refuses: the same result or the same refusal. */
@SuppressWarnings("JavaUtilDate") // What Connect's logical types are made of.
class HostileInputTest {
  private static final String SCHEMA =
      """
      {"type":"struct","fields":[{"type":"int32","optional":true,"field":"a"},{"type":"string","optional":true,"field":"b"},{"type":"double","optional":true,"field":"c"},{"type":"bytes","optional":true,"field":"d"},{"type":"bytes","optional":true,"name":"org.apache.kafka.connect.data.Decimal","version":1,"parameters":{"scale":"2"},"field":"e"},{"type":"map","keys":{"type":"string","optional":false},"values":{"type":"int64","optional":false},"optional":true,"field":"f"},{"type":"float","optional":true,"field":"g"}],"optional":false}""";
  private static final String PAYLOAD =
      """
      {"a":1,"b":"x","c":1.5,"d":"AQI=","e":"ASw=","f":{"k":1},"g":0.5}""";
  private static final String USUAL = "{\"schema\":" + SCHEMA + ",\"payload\":" + PAYLOAD + "}";

  private final Converters converters = new Converters(Map.of());

  /** So that the schema is in the caches and the topic has a last schema. */
  @BeforeEach
  void readAUsualRecord() {
    assertTrue(converters.assertSameRead(USUAL).isResult());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "{}",
        "{",
        "{\"schema\":",
        "{\"schema\":{",
        "{\"schema\":{}}",
        "{\"schema\":null,\"payload\":{\"a\":[1,1.5,true,null,\"x\"]}}",
        "{\"schema\":{},\"payload\":1}",
        "{\"schema\":{\"type\":\"no type\"},\"payload\":1}",
        "{\"schema\":{\"type\":\"int32\"},\"payload\":1}",
        "{\"schema\":{\"type\":\"int32\"},\"payload\":1} trailing",
        "{\"schema\":{\"type\":\"int32\"},\"payload\":1,\"payload\":2}",
        "{\"schema\":{\"type\":\"int32\"},\"payload\":1,\"schema\":{\"type\":\"string\"}}",
        "{\"schema\":{\"type\":\"int32\",\"type\":\"string\"},\"payload\":\"x\"}",
        "{\"schema\":{\"type\":\"int32\",\"name\":\"}\\\"{\"},\"payload\":3}",
        "{\"schema\":{\"type\":\"int32\",\"more\":[}]},\"payload\":3}",
        "{\"schema\":{\"type\":\"int32\",\"default\":null},\"payload\":3}",
        "{\"payload\":1,\"schema\":{\"type\":\"int32\"}}",
        "{\"schema\":{\"type\":\"int32\"},\"payload\":1,\"more\":2}",
        "{ \"schema\" : {\"type\":\"int32\"} , \"payload\" : 1 }",
        "{\"schema\":{\"type\":\"int32\"}}",
        "{\"schema\":\"x\",\"payload\":1}",
        "{\"schema\":[{}],\"payload\":1}",
        "{\"schema\":{\"type\":\"int32\",\"name\":\"org.apache.kafka.connect.data.Timestamp\"},\"payload\":1}",
        "{\"schema\":{\"type\":\"string\",\"name\":\"org.apache.kafka.connect.data.Decimal\"},\"payload\":\"x\"}",
        "{\"schema\":{\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"x\"}},\"payload\":\"AQ==\"}",
        "{\"schema\":{\"type\":\"int32\",\"name\":\"org.apache.kafka.connect.data.Time\"},\"payload\":86400001}",
        "{\"schema\":{\"type\":\"int32\",\"name\":\"org.apache.kafka.connect.data.Date\"},\"payload\":2147483648}",
      })
  void recordsOfOtherShapes(String record) {
    converters.assertSameRead(record);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "1",
        "\"x\"",
        "true",
        "{\"a\":1}",
        "{\"b\":\"x\",\"a\":1,\"c\":1,\"d\":null,\"e\":null,\"f\":null,\"g\":null}",
        "{\"a\":1,\"a\":2,\"b\":\"x\"}",
        "{\"more\":1,\"b\":\"x\"}",
        "{\"a\":1,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":null,\"g\":null,\"h\":1}",
        " {\"a\": 1 ,\n\"b\":\t\"x\"}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{,}",
        "{\"a\":1]"
      })
  void payloadsOfOtherShapes(String payload) {
    converters.assertSameRead(USUAL.replace(PAYLOAD, payload));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "00",
        "007",
        "-",
        "+1",
        "1.",
        ".5",
        "1.0",
        "-0.0",
        "-0.0e5",
        "1e5",
        "1E+5",
        "1e",
        "1e+",
        "1e400",
        "-1e400",
        "1e-400",
        "-1e-400",
        "1e9999",
        "1e99999999999",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999",
        "100000000000000000000000000000",
        "0.1",
        "0.30000000000000004",
        "123456789.123456789",
        "16777217",
        "9007199254740993",
        "1.17549429E-38",
        "2.2250738585072012e-308",
        "NaN",
        "Infinity",
        "-Infinity",
        "\"NaN\"",
        "\"1\"",
        "true",
        "false",
        "nul",
        "tru",
        "null",
        "nullx",
        "[]",
        "[1]",
        "{}",
        "{\"k\":1}",
        "{\"k\":1,\"k\":2}",
        "{\"k\":null}",
        "{\"\":1}",
        "{\"\\u0000\":1}",
        "{\"\\uD83D\\uDE42\":1}",
        "{\"\\uD83D\":1}",
        "{\"k\" :1}",
        "{k:1}",
        "{\"k\":1,}",
        "\"\"",
        "\"x\"",
        "\"\\\"\"",
        "\"\\/\"",
        "\"\\b\\f\\n\\r\\t\\\\\"",
        "\"\\u00e9\\u00E9\"",
        "\"\\uD83D\\uDE42\"",
        "\"\\uD83D\"",
        "\"\\uDE42\\uD83D\"",
        "\"\\uFFFD\"",
        "\"\ufffd\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\",
        "\"",
        "\"tab\there\"",
        "\"line\nfeed\"",
        "\"🙂\"",
        "\"汉\"",
        "'x'",
        "\"QQ==\"",
        "\"QR==\"",
        "\"QQ=\"",
        "\"QQ\"",
        "\"Q\"",
        "\"====\"",
        "\"A===\"",
        "\"AAAA====\"",
        "\"AA==AAAA\"",
        "\"AQ I=\"",
        "\"AQID\\n\"",
        "\"AQ-_\"",
        "\"AQ+/\"",
        "\"AQ+\\/\"",
        "/* comment */1",
        "1 "
      })
  void valuesOfOtherSpellingsAndTypes(String value) {
    for (String usual : List.of("1,", "\"x\"", "1.5", "\"AQI=\"", "\"ASw=\"", "{\"k\":1}", "0.5")) {
      String instead = usual.endsWith(",") ? value + "," : value;
      converters.assertSameRead(USUAL.replace(PAYLOAD, PAYLOAD.replace(usual, instead)));
    }
  }

  @Test
  void everyTruncation() {
    byte[] record = USUAL.getBytes(UTF_8);
    for (int length = 0; length < record.length; length++) {
      converters.assertSameRead(Arrays.copyOf(record, length));
    }
  }

  @Test
  void everyByteInTextsAndNames() {
    for (String place : List.of("\"x\"", "\"k\"")) {
      int at = USUAL.lastIndexOf(place) + 1;
      for (int value = 0; value < 256; value++) {
        byte[] record = USUAL.getBytes(UTF_8);
        record[at] = (byte) value;
        converters.assertSameRead(record);
      }
    }
  }

  @Test
  void bytesThatAreNotUtf8() {
    // Overlong, a surrogate's three bytes, beyond Unicode, cut off, alone.
    for (String hex : List.of("c080", "eda080", "f4908080", "e6b1", "80", "f8888080", "c3")) {
      byte[] bad = HexFormat.of().parseHex(hex);
      converters.assertSameRead(withText(bad));
      converters.assertSameRead(withText(joined("\\n".getBytes(UTF_8), bad)));
    }
  }

  @Test
  void otherEncodings() {
    converters.assertSameRead(USUAL.getBytes(UTF_16LE));
    converters.assertSameRead("\ufeff" + USUAL);
  }

  @Test
  void veryLongNumbersNamesAndTexts() {
    for (int length : new int[] {999, 1_000, 1_001, 50_000, 50_001}) {
      for (String value : List.of("1".repeat(length), "0." + "1".repeat(length))) {
        converters.assertSameRead(USUAL.replace("\"ASw=\"", value));
        converters.assertSameRead(USUAL.replace("1.5", value));
      }
      converters.assertSameRead(USUAL.replace("\"k\"", "\"" + "k".repeat(length) + "\""));
    }
    converters.assertSameRead(USUAL.replace("\"x\"", "\"" + "x".repeat(5_100_000) + "\""));
    converters.assertSameRead(USUAL.replace("\"x\"", "\"" + "x".repeat(20_000_001) + "\""));
  }

  @Test
  void deepNesting() {
    for (int depth : new int[] {10, 63, 64, 65, 250, 1_001}) {
      Schema schema = Schema.INT8_SCHEMA;
      Object value = (byte) 1;
      for (int i = 0; i < depth; i++) {
        schema = SchemaBuilder.array(schema).build();
        value = List.of(value);
      }
      converters.assertSame(schema, value);
    }
    converters.assertSameRead("{\"schema\":" + "{\"a\":".repeat(100_000));
  }

  @Test
  void refusedValuesAreRefusedWithTheSameException() {
    Schema wrong = SchemaBuilder.struct().field("b", Schema.STRING_SCHEMA).build();
    Schema row = SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build();
    Map<Object, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1L);
    Map<Schema, List<Object>> values =
        Map.of(
            Schema.INT8_SCHEMA,
            Arrays.asList(1, null, "x"),
            Schema.STRING_SCHEMA,
            Arrays.asList(1, null, 'c'),
            Schema.BYTES_SCHEMA,
            List.of("x", List.of()),
            Decimal.schema(2),
            List.of(BigDecimal.ONE, 1, "x"),
            Date.SCHEMA,
            List.of(new java.util.Date(1), 5),
            Time.SCHEMA,
            List.of(new java.util.Date(-1), new java.util.Date(86_400_001)),
            SchemaBuilder.array(Schema.INT8_SCHEMA).build(),
            List.of(List.of("x"), Map.of(), "x"),
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build(),
            List.of(Map.of(1, 1L), Map.of("a", 1), nullKey, List.of()),
            row,
            List.of(new Struct(row), new Struct(wrong).put("b", "x"), "x"));
    values.forEach(
        (schema, hostile) ->
            hostile.forEach(
                value -> {
                  Outcome outcome = converters.assertSame(schema, value);
                  assertEquals(DataException.class.getName(), outcome.kind(), () -> "" + schema);
                }));
  }

  @Test
  void numbersThatAreNone() {
    for (double value : new double[] {Double.NaN, 1 / 0d, -1 / 0d, -0d, Double.MIN_VALUE}) {
      converters.assertSame(Schema.FLOAT64_SCHEMA, value);
      converters.assertSame(Schema.FLOAT32_SCHEMA, (float) value);
    }
  }

  @Test
  void schemalessValues() {
    for (Object value : Arrays.asList(1, "x", Map.of("a", 1), Map.of(1, 2), List.of(), true, 1.5)) {
      converters.assertSame(null, value);
    }
    assertFalse(converters.assertSame(null, new Object()).isResult());
  }

  @Test
  void schemasThatNoBuilderMakes() {
    // A builder as a schema; a name twice; an array of nothing; logical types on other types.
    SchemaBuilder builder = SchemaBuilder.string();
    converters.assertSame(builder, "x");
    converters.assertSame(builder.optional(), null);
    Field a0 = new Field("a", 0, Schema.STRING_SCHEMA);
    Field a1 = new Field("a", 1, Schema.STRING_SCHEMA);
    Schema twice =
        new ConnectSchema(
            Schema.Type.STRUCT, false, null, null, null, null, null, List.of(a0, a1), null, null);
    converters.assertSame(twice, new Struct(twice).put(a0, "x").put(a1, "y"));
    Schema nothing =
        new ConnectSchema(Schema.Type.ARRAY, false, null, null, null, null, null, null, null, null);
    converters.assertSame(nothing, List.of(1));
    converters.assertSame(SchemaBuilder.string().name(Decimal.LOGICAL_NAME).build(), "x");
    converters.assertSame(
        SchemaBuilder.int64().name(Date.LOGICAL_NAME).build(), new java.util.Date(0));
    converters.assertSame(SchemaBuilder.bytes().name(Decimal.LOGICAL_NAME).build(), BigDecimal.ONE);
  }

  private static byte[] withText(byte[] text) {
    int at = USUAL.lastIndexOf("\"x\"") + 1;
    byte[] usual = USUAL.getBytes(UTF_8);
    return joined(Arrays.copyOf(usual, at), text, Arrays.copyOfRange(usual, at + 1, usual.length));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
