package io.obconnect.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The order of two values, by MySQL's rules: dates and times as such if one side is one; texts by
 * code points without regard to trailing blanks; bytes as bytes; exact numbers exactly; all else as
 * doubles.
 */
final class FilterComparison {

  private FilterComparison() {}

  /** A comparison by an operator; NULL if a side is NULL or the sides have no order. */
  static FilterExpression of(FilterExpression left, FilterExpression right, IntPredicate operator) {
    FilterExpression a = operand(left);
    FilterExpression b = operand(right);
    return row -> {
      Integer order = order(a.value(row), b.value(row));
      return order == null ? null : operator.test(order);
    };
  }

  /** The comparison {@code <=>}, to which NULL is a value like others. */
  static FilterExpression nullSafe(FilterExpression left, FilterExpression right) {
    FilterExpression a = operand(left);
    FilterExpression b = operand(right);
    return row -> {
      Object first = a.value(row);
      Object second = b.value(row);
      if (first == null || second == null) {
        return first == second;
      }
      Integer order = order(first, second);
      return order != null && order == 0;
    };
  }

  /** What a side of a comparison is replaced by, so that literals are read once. */
  static FilterExpression operand(FilterExpression side) {
    return side instanceof FilterExpression.Literal literal
            && literal.constant() instanceof String text
        ? new FilterExpression.Literal(FilterTextLiteral.of(text))
        : side;
  }

  /** Returns how two values compare; null if one is null, or is no date but compared with one. */
  static Integer order(Object left, Object right) {
    if (left == null || right == null) {
      return null;
    }
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    if (FilterTemporals.isTemporal(left) || FilterTemporals.isTemporal(right)) {
      return temporalOrder(left, right);
    }
    if (isTextToText(left) && isTextToText(right)) {
      return FilterTexts.compare(text(left), text(right));
    }
    if (isCharacters(left) && isCharacters(right)) {
      return Arrays.compareUnsigned(bytes(left), bytes(right));
    }
    return numericOrder(number(left, right), number(right, left));
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof FilterTextLiteral;
  }

  /** A hexadecimal literal is a text to a text, bytes to bytes, and a number to a number. */
  private static boolean isTextToText(Object value) {
    return isText(value) || value instanceof FilterBits;
  }

  private static boolean isCharacters(Object value) {
    return isText(value) || FilterTexts.isBytes(value);
  }

  private static String text(Object value) {
    return value instanceof FilterTextLiteral literal ? literal.text() : FilterTexts.text(value);
  }

  private static byte[] bytes(Object value) {
    return FilterTexts.bytes(value instanceof FilterTextLiteral literal ? literal.text() : value);
  }

  /** An integer and a literal with an integer's text are compared exactly, as MySQL does. */
  private static Number number(Object value, Object other) {
    if (value instanceof FilterTextLiteral literal) {
      boolean exact = other instanceof Long || other instanceof BigInteger;
      return exact && literal.integer() != null
          ? literal.integer()
          : FilterNumbers.number(literal.text());
    }
    return FilterNumbers.number(value);
  }

  private static int numericOrder(Number left, Number right) {
    if (FilterNumbers.isReal(left) || FilterNumbers.isReal(right)) {
      double a = left.doubleValue();
      double b = right.doubleValue();
      // Not Double.compare: to SQL the two zeros are equal.
      return a < b ? -1 : a > b ? 1 : 0;
    }
    BigDecimal a = FilterNumbers.decimal(left);
    return a.compareTo(FilterNumbers.decimal(right));
  }

  private static Integer temporalOrder(Object left, Object right) {
    if (left instanceof Duration || right instanceof Duration) {
      Duration a = time(left, right);
      Duration b = time(right, left);
      return a == null || b == null ? numberOrder(left, right) : (Integer) a.compareTo(b);
    }
    LocalDateTime a = dateTime(left);
    LocalDateTime b = dateTime(right);
    return a == null || b == null ? numberOrder(left, right) : (Integer) a.compareTo(b);
  }

  /** What is no number of a date or time is compared as one nevertheless. */
  private static Integer numberOrder(Object left, Object right) {
    return isCharacters(left) || isCharacters(right)
        ? null
        : (Integer) numericOrder(FilterNumbers.number(left), FilterNumbers.number(right));
  }

  private static LocalDateTime dateTime(Object value) {
    return value instanceof FilterTextLiteral literal
        ? literal.requireDateTime()
        : FilterTemporals.dateTime(value);
  }

  private static Duration time(Object value, Object other) {
    if (value instanceof LocalDateTime || value instanceof LocalDate) {
      // Fails, and says why.
      FilterTemporals.dateTime(other);
    }
    return value instanceof FilterTextLiteral literal
        ? literal.requireTime()
        : FilterTemporals.time(value);
  }
}
