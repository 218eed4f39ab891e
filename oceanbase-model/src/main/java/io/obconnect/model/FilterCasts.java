package io.obconnect.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The types that CAST and CONVERT know. */
final class FilterCasts {

  private static final int DEFAULT_PRECISION = 10;
  private static final int MAX_PRECISION = 65;
  private static final int MAX_SCALE = 30;
  private static final int MAX_FRACTION = 6;

  /** More than any row has, and far from what memory can bear. */
  private static final int MAX_LENGTH = 1 << 24;

  private FilterCasts() {}

  /**
   * Returns the conversion of values that are not NULL to a type.
   *
   * @param type where the type is named, for errors
   * @param arguments the numbers between its parentheses
   */
  static UnaryOperator<Object> to(FilterToken type, List<Integer> arguments) {
    return switch (type.text().toUpperCase(Locale.ROOT)) {
      case "CHAR" -> toText(argument(type, arguments, 1, MAX_LENGTH, MAX_LENGTH));
      case "BINARY" -> toBytes(argument(type, arguments, 1, -1, MAX_LENGTH));
      case "SIGNED" -> only(type, arguments, FilterNumbers::bits);
      case "UNSIGNED" -> only(type, arguments, FilterCasts::unsigned);
      case "DOUBLE", "REAL" -> only(type, arguments, FilterNumbers::real);
      case "DATE" -> only(type, arguments, FilterCasts::date);
      case "DECIMAL", "DEC", "NUMERIC" -> toDecimal(type, arguments);
      case "TIME" -> toTime(argument(type, arguments, 1, 0, MAX_FRACTION));
      case "DATETIME" -> toDateTime(argument(type, arguments, 1, 0, MAX_FRACTION));
      default ->
          throw type.error(
              "a value cannot be cast to this; types are CHAR, BINARY, SIGNED, UNSIGNED, DECIMAL,"
                  + " DOUBLE, DATE, TIME, DATETIME");
    };
  }

  private static UnaryOperator<Object> only(
      FilterToken type, List<Integer> arguments, UnaryOperator<Object> cast) {
    if (!arguments.isEmpty()) {
      throw type.error("this type has no length");
    }
    return cast;
  }

  /** The first of at most {@code count} arguments. */
  private static int argument(
      FilterToken type, List<Integer> arguments, int count, int absent, int max) {
    if (arguments.size() > count || (!arguments.isEmpty() && arguments.get(0) > max)) {
      throw type.error("this type has at most " + count + " numbers, the first at most " + max);
    }
    return arguments.isEmpty() ? absent : arguments.get(0);
  }

  private static UnaryOperator<Object> toText(int length) {
    return value -> {
      String text = FilterTexts.text(value);
      return text.codePointCount(0, text.length()) <= length
          ? text
          : text.substring(0, text.offsetByCodePoints(0, length));
    };
  }

  /** A given length is exact: shorter values are filled up with zeros. */
  private static UnaryOperator<Object> toBytes(int length) {
    return value -> {
      byte[] bytes = FilterTexts.bytes(value);
      return length < 0 ? bytes : Arrays.copyOf(bytes, length);
    };
  }

  private static Object unsigned(Object value) {
    return value instanceof BigDecimal decimal && decimal.signum() > 0
        ? FilterNumbers.normal(FilterNumbers.integer(decimal).min(FilterNumbers.MAX_UNSIGNED))
        : FilterNumbers.unsigned(FilterNumbers.bits(value));
  }

  private static UnaryOperator<Object> toDecimal(FilterToken type, List<Integer> arguments) {
    int precision = argument(type, arguments, 2, DEFAULT_PRECISION, MAX_PRECISION);
    int scale = arguments.size() == 2 ? arguments.get(1) : 0;
    if (scale > MAX_SCALE || scale > precision) {
      throw type.error(
          "a DECIMAL has at most 30 digits behind the point, and not more than in all");
    }
    BigDecimal largest =
        BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale);
    return value -> {
      BigDecimal rounded = FilterNumbers.decimal(value).setScale(scale, RoundingMode.HALF_UP);
      return rounded.max(largest.negate()).min(largest);
    };
  }

  private static Object date(Object value) {
    LocalDateTime dateTime = FilterTemporals.dateTime(value);
    return dateTime == null ? null : dateTime.toLocalDate();
  }

  private static UnaryOperator<Object> toTime(int digits) {
    return value -> {
      Duration time = FilterTemporals.time(value);
      return time == null ? null : FilterTemporals.rounded(time, digits);
    };
  }

  private static UnaryOperator<Object> toDateTime(int digits) {
    return value -> {
      LocalDateTime dateTime = FilterTemporals.dateTime(value);
      return dateTime == null ? null : FilterTemporals.rounded(dateTime, digits);
    };
  }
}
