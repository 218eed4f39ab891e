package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLiteralTest {
  private static final String LONG = "-1.9670239686965942";

  private static String literal(String json) {
    StringBuilder sql = new StringBuilder();
    JsonLiteral.append(sql, json);
    return sql.toString();
  }

  private static String text(String json) {
    return SqlText.literal(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "\"1.9670239686965942, 1e400\"",
        "[1.25, -0.0, 1e22, 123456789.012345, 1e-22]",
        "[18446744073709551615, -9223372036854775808, 9007199254740993]",
        "{\"1.9670239686965942\": \"it's \\\\ \\\"1.9670239686965942\\\"\", \"b\": [true, {}, []]}",
      })
  void textsThatAreReadExactlyStay(String json) {
    assertEquals(text(json), literal(json));
  }

  @ParameterizedTest
  @CsvSource({
    "-1.9670239686965942,-1.9670239686965942E0",
    "0.1000000000000000055511151231257827,0.1E0",
    "1e23,1.0E23",
    "1.5E-300,1.5E-300",
    "18446744073709551616,1.8446744073709552E19",
    "-9223372036854775809,-9.223372036854775808E18",
    "123456789012345678901234567890,1.2345678901234568E29",
  })
  void longNumbersBecomeSqlDoubles(String json, String sql) {
    String call = literal("[" + json + "]");
    assertEquals("CAST(JSON_ARRAY(", call.substring(0, "CAST(JSON_ARRAY(".length()));
    String number = call.substring("CAST(JSON_ARRAY(".length(), call.indexOf(')'));
    assertEquals(Double.parseDouble(sql), Double.parseDouble(number));
    assertEquals(1, number.chars().filter(c -> c == 'E').count(), number);
  }

  @Test
  void smallestDoubleAsDebeziumSpellsItIsRead() {
    String json = "[" + new BigDecimal(Double.MIN_VALUE).toPlainString() + "]";
    assertEquals("CAST(JSON_ARRAY(" + Double.MIN_VALUE + ") AS JSON)", literal(json));
  }

  @Test
  void numberAloneIsJson() {
    assertEquals("CAST(-1.9670239686965942E0 AS JSON)", literal(LONG));
  }

  @Test
  void neighboursKeepTheirTypes() {
    assertEquals(
        "CAST(JSON_ARRAY(true,false,null,18446744073709551615,1.5E0,'[1]','it''s \\\\ \"\n\\0',"
            + "-1.9670239686965942E0) AS JSON)",
        literal(
            "[true, false, null, 18446744073709551615, 1.5,"
                + " \"[1]\", \"it's \\\\ \\\"\\n\\u0000\", "
                + LONG
                + "]"));
  }

  @Test
  void partsWithoutLongNumbersStayTexts() {
    assertEquals(
        "CAST(JSON_OBJECT('a\"b',JSON_ARRAY(CAST('[1, {\"x\": [2.5]}]' AS JSON),"
            + "-1.9670239686965942E0),'',CAST('{}' AS JSON),'c',CAST('[\"''\"]' AS JSON)) AS JSON)",
        literal("{\"a\\\"b\": [[1, {\"x\": [2.5]}], " + LONG + "], \"\": {}, \"c\": [\"'\"]}"));
  }

  @Test
  void deepestDocumentIsWritten() {
    int depth = 99;
    assertEquals(
        "CAST(" + "JSON_ARRAY(".repeat(depth) + LONG + "E0" + ")".repeat(depth) + " AS JSON)",
        literal("[".repeat(depth) + LONG + "]".repeat(depth)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[-1.9670239686965942",
        "[-1.9670239686965942] x",
        "-1.9670239686965942,",
        "[1e400, -1.9670239686965942]",
      })
  void whatNoDoubleOrJsonHoldsIsLeftToTheDestination(String json) {
    assertEquals(text(json), literal(json));
  }
}
