package io.obconnect.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Spells a JSON text as SQL that OceanBase reads exactly.
 *
 * <p>Measured with the OceanBase engine: its reader of JSON texts misses about every sixth double
 * by a unit or two in the last place, once the number has more than 15 digits or a power of ten
 * beyond 22. Its reader of SQL numbers is exact, so such numbers are written as SQL doubles, and
 * what surrounds them as calls of JSON_ARRAY and JSON_OBJECT.
 *
 * <p>A number that is no integer of 64 bits becomes the nearest double, as MySQL reads it.
 */
public final class JsonLiteral {
  /** Up to here, digits and powers of ten are exact as doubles: one rounding gives the number. */
  private static final int MAX_EXACT_DIGITS = 15;

  private static final int MAX_EXACT_POWER_OF_TEN = 22;
  private static final int LONG_BITS = 64;

  /** MySQL's and OceanBase's limit. */
  private static final int MAX_DEPTH = 100;

  /** Debezium writes the smallest double with all of its 1074 decimal places. */
  private static final int MAX_NUMBER_CHARS = 2_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          // Keys are data here: keeping them would only fill memory.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final String json;
  private final JsonParser parser;
  private final StringBuilder sql = new StringBuilder();

  private JsonLiteral(String json, JsonParser parser) {
    this.json = json;
    this.parser = parser;
  }

  /** Returns the SQL of a text that a JSON column is to hold. */
  public static String of(String json) {
    StringBuilder sql = new StringBuilder(json.length() + 2);
    append(sql, json);
    return sql.toString();
  }

  /** Appends the SQL of a text that a JSON column is to hold. */
  public static void append(StringBuilder sql, String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonLiteral literal = new JsonLiteral(json, parser);
      parser.nextToken();
      if (parser.currentToken() != null && literal.appendValue() && parser.nextToken() == null) {
        sql.append("CAST(").append(literal.sql).append(" AS JSON)");
        return;
      }
    } catch (IOException e) {
      // A text in memory can be read unless it is no JSON, or has a number that no double holds:
      // the destination refuses it as it is, and that refusal is the row's.
    }
    sql.append(SqlText.literal(json));
  }

  /**
   * Appends the value at the current token; returns whether it holds a number that the reader of
   * texts misses.
   */
  private boolean appendValue() throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> appendContainer("JSON_ARRAY(", JsonToken.END_ARRAY);
      case START_OBJECT -> appendContainer("JSON_OBJECT(", JsonToken.END_OBJECT);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> appendNumber();
      case VALUE_STRING -> {
        sql.append(SqlText.literal(parser.getText()));
        yield false;
      }
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
        sql.append(parser.getText());
        yield false;
      }
      case END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no JSON value starts with " + parser.currentToken());
    };
  }

  private boolean appendContainer(String call, JsonToken end) throws IOException {
    int mark = sql.length();
    int start = offset();
    boolean missed = false;
    String separator = call;
    while (parser.nextToken() != end) {
      sql.append(separator);
      separator = ",";
      if (parser.currentToken() == JsonToken.FIELD_NAME) {
        sql.append(SqlText.literal(parser.currentName()));
        sql.append(',');
        parser.nextToken();
      }
      missed |= appendValue();
    }
    if (missed) {
      sql.append(')');
    } else {
      sql.setLength(mark);
      sql.append("CAST(");
      sql.append(SqlText.literal(json.substring(start, offset() + 1)));
      sql.append(" AS JSON)");
    }
    return missed;
  }

  private int offset() {
    return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
  }

  private boolean appendNumber() throws IOException {
    String text = parser.getText();
    if (isLong()) {
      sql.append(text);
      return false;
    }
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw new InputCoercionException(
          parser, "no double is that large", parser.currentToken(), Double.class);
    }
    String literal = Double.toString(number);
    sql.append(literal).append(literal.contains("E") ? "" : "E0");
    BigDecimal decimal = new BigDecimal(text);
    return decimal.precision() > MAX_EXACT_DIGITS
        || Math.abs(decimal.scale()) > MAX_EXACT_POWER_OF_TEN;
  }

  /** Returns whether the number is an integer that both engines keep as such. */
  private boolean isLong() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return false;
    }
    return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        || (parser.getBigIntegerValue().signum() > 0
            && parser.getBigIntegerValue().bitLength() <= LONG_BITS);
  }
}
