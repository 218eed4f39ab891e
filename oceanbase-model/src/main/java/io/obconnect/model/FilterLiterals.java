package io.obconnect.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;

/** The values of literals. Numbers with a point are exact, those with an exponent are doubles. */
final class FilterLiterals {

  private FilterLiterals() {}

  static FilterExpression number(FilterToken token) {
    return new FilterExpression.Literal(
        switch (token.kind()) {
          case INTEGER -> integer(token.text());
          case DECIMAL -> new BigDecimal(token.text());
          case DOUBLE -> real(token);
          case HEX -> FilterBits.ofHex(token.text());
          case BITS -> FilterBits.ofBinary(token.text());
          default -> throw token.error("a number is expected here");
        });
  }

  /** What exceeds 64 bits is a decimal. */
  private static Number integer(String digits) {
    BigInteger integer = new BigInteger(digits);
    return integer.compareTo(FilterNumbers.MAX_UNSIGNED) > 0
        ? new BigDecimal(integer)
        : FilterNumbers.normal(integer);
  }

  private static Double real(FilterToken token) {
    double number = Double.parseDouble(token.text());
    if (Double.isInfinite(number)) {
      throw token.error("a double is at most 1.7976931348623157e308");
    }
    return number;
  }

  /**
   * Returns the literal of a type and a text.
   *
   * @param type DATE, TIME or TIMESTAMP
   */
  static FilterExpression temporal(FilterToken type, String text) {
    if (type.isWord("TIME")) {
      Duration time = FilterTemporals.time(text);
      return literal(type, text, time);
    }
    LocalDateTime dateTime = FilterTemporals.dateTime(text);
    boolean date = dateTime != null && type.isWord("DATE");
    return literal(type, text, date ? dateTime.toLocalDate() : dateTime);
  }

  private static FilterExpression literal(FilterToken type, String text, Object value) {
    if (value == null) {
      throw type.error("this is followed by '" + text + "', which has no such value");
    }
    return new FilterExpression.Literal(value);
  }
}
