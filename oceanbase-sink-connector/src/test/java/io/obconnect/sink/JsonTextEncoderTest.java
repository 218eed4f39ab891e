package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.obconnect.model.DestinationProfile.Engine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What JsonConverter makes of values without schema, in columns of every type. */
class JsonTextEncoderTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("int", 0, -1L, "-1"),
        Arguments.of("int", 0, true, "1"),
        Arguments.of("tinyint", 0, false, "0"),
        Arguments.of("decimal", 0, "123.45", "'123.45'"),
        Arguments.of("decimal", 0, 1.5, "1.5"),
        Arguments.of("double", 0, -0.0, "-0.0E0"),
        Arguments.of("double", 0, 3L, "3.0E0"),
        Arguments.of("varchar", 0, "it's", "'it\\'s'"),
        Arguments.of("varchar", 0, "\"\\\n", "'\"\\\\\n'"),
        Arguments.of("longtext", 0, 7L, "'7'"),
        Arguments.of("varchar", 0, true, "'true'"),
        Arguments.of("longtext", 0, List.of(1L), "'[1]'"),
        Arguments.of("json", 0, "{\"a\": 1}", "'{\"a\": 1}'"),
        Arguments.of("json", 0, Map.of("a", List.of(true)), "'{\"a\":[true]}'"),
        Arguments.of("json", 0, 1L, "'1'"),
        Arguments.of("longblob", 0, "AP8=", "x'00ff'"),
        Arguments.of("bit", 0, true, "1"),
        Arguments.of("bit", 0, "AQI=", "513"),
        Arguments.of("date", 0, 19_782L, "'2024-02-29'"),
        Arguments.of("date", 0, "2024-02-29", "'2024-02-29'"),
        Arguments.of("time", 6, 1_000_000L, "'00:00:01'"),
        Arguments.of("time", 6, "10:00:00Z", "'10:00:00'"),
        Arguments.of("datetime", 3, 1_500L, "'1970-01-01 00:00:01.500000'"),
        Arguments.of("datetime", 6, 1_500L, "'1970-01-01 00:00:00.001500'"),
        Arguments.of("timestamp", 6, "2024-02-29T12:00:00+02:00", "'2024-02-29 10:00:00'"),
        Arguments.of("timestamp", 6, "2024-02-29T12:00:00.5-02:00", "'2024-02-29 14:00:00.500000'"),
        Arguments.of("time", 6, "-30:00", "'-30:00'"),
        Arguments.of("datetime", 6, "2024-02-29T12:00:00Z", "'2024-02-29 12:00:00'"),
        Arguments.of("datetime", 6, "2024-02-29 12:00:00", "'2024-02-29 12:00:00'"),
        Arguments.of("vector", 0, List.of(1.5), "'[1.5]'"));
  }

  @ParameterizedTest(name = "{0}({1}) {2}")
  @MethodSource("values")
  void valueIsWrittenAsItsColumnAsks(String type, int digits, Object value, String literal) {
    assertEquals(literal, encode(type, digits, JsonText.of(value)));
  }

  @Test
  void nullStaysNull() {
    assertEquals("NULL", encode("json", 0, null));
  }

  @Test
  void whatTheColumnCannotReadIsRefused() {
    assertThrows(DataException.class, () -> encode("int", 0, JsonText.of(List.of(1))));
    assertThrows(RuntimeException.class, () -> encode("longblob", 0, JsonText.of("no base64!")));
    assertThrows(RuntimeException.class, () -> encode("date", 0, JsonText.of(1.5)));
  }

  private static String encode(String type, int digits, String json) {
    DestinationColumn column =
        new DestinationColumn("c", type, false, false, digits, "", Engine.MYSQL);
    return LiteralsTest.sql(sql -> LiteralEncoders.of(JsonText.SCHEMA, column).append(sql, json));
  }
}
