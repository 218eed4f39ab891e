package io.obconnect.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * MySQL's arithmetic on values that are not NULL. Where MySQL ends a statement with an error
 * because an integer leaves 64 bits, the exact result is returned.
 */
final class FilterArithmetic {

  /** A quotient has that many digits more than its dividend: {@code div_precision_increment}. */
  private static final int QUOTIENT_DIGITS = 4;

  /** The most digits that MySQL keeps behind the point. */
  private static final int MAX_QUOTIENT_DIGITS = 30;

  private FilterArithmetic() {}

  /** A binary operator; returns null for NULL. */
  @FunctionalInterface
  interface Operator {
    Object apply(Object left, Object right);
  }

  static Object add(Object left, Object right) {
    Number a = FilterNumbers.number(left);
    Number b = FilterNumbers.number(right);
    if (FilterNumbers.isReal(a) || FilterNumbers.isReal(b)) {
      return finite(a.doubleValue() + b.doubleValue());
    }
    if (isDecimal(a) || isDecimal(b)) {
      return FilterNumbers.decimal(a).add(FilterNumbers.decimal(b));
    }
    return FilterNumbers.normal(FilterNumbers.integer(a).add(FilterNumbers.integer(b)));
  }

  static Object subtract(Object left, Object right) {
    return add(left, negate(right));
  }

  static Object multiply(Object left, Object right) {
    Number a = FilterNumbers.number(left);
    Number b = FilterNumbers.number(right);
    if (FilterNumbers.isReal(a) || FilterNumbers.isReal(b)) {
      return finite(a.doubleValue() * b.doubleValue());
    }
    if (isDecimal(a) || isDecimal(b)) {
      return FilterNumbers.decimal(a).multiply(FilterNumbers.decimal(b));
    }
    return FilterNumbers.normal(FilterNumbers.integer(a).multiply(FilterNumbers.integer(b)));
  }

  static Object divide(Object left, Object right) {
    Number a = FilterNumbers.number(left);
    Number b = FilterNumbers.number(right);
    if (FilterNumbers.isReal(a) || FilterNumbers.isReal(b)) {
      return b.doubleValue() == 0 ? null : finite(a.doubleValue() / b.doubleValue());
    }
    BigDecimal dividend = FilterNumbers.decimal(a);
    BigDecimal divisor = FilterNumbers.decimal(b);
    int scale = Math.min(Math.max(dividend.scale(), 0) + QUOTIENT_DIGITS, MAX_QUOTIENT_DIGITS);
    return divisor.signum() == 0 ? null : dividend.divide(divisor, scale, RoundingMode.HALF_UP);
  }

  static Object divideWhole(Object left, Object right) {
    BigDecimal divisor = FilterNumbers.decimal(right);
    return divisor.signum() == 0
        ? null
        : FilterNumbers.normal(
            FilterNumbers.decimal(left).divideToIntegralValue(divisor).toBigInteger());
  }

  static Object remainder(Object left, Object right) {
    Number a = FilterNumbers.number(left);
    Number b = FilterNumbers.number(right);
    if (FilterNumbers.isReal(a) || FilterNumbers.isReal(b)) {
      return b.doubleValue() == 0 ? null : finite(a.doubleValue() % b.doubleValue());
    }
    BigDecimal divisor = FilterNumbers.decimal(b);
    if (divisor.signum() == 0) {
      return null;
    }
    BigDecimal remainder = FilterNumbers.decimal(a).remainder(divisor);
    return isDecimal(a) || isDecimal(b)
        ? remainder
        : FilterNumbers.normal(remainder.toBigInteger());
  }

  static Object negate(Object value) {
    Number number = FilterNumbers.number(value);
    if (FilterNumbers.isReal(number)) {
      return -number.doubleValue();
    }
    return isDecimal(number)
        ? FilterNumbers.decimal(number).negate()
        : FilterNumbers.normal(FilterNumbers.integer(number).negate());
  }

  static Object invert(Object value) {
    return FilterNumbers.unsigned(~bits(value));
  }

  static Object and(Object left, Object right) {
    return FilterNumbers.unsigned(bits(left) & bits(right));
  }

  static Object or(Object left, Object right) {
    return FilterNumbers.unsigned(bits(left) | bits(right));
  }

  static Object xor(Object left, Object right) {
    return FilterNumbers.unsigned(bits(left) ^ bits(right));
  }

  static Object shiftLeft(Object left, Object right) {
    return isWidth(right) ? FilterNumbers.unsigned(bits(left) << bits(right)) : (Object) 0L;
  }

  static Object shiftRight(Object left, Object right) {
    return isWidth(right) ? FilterNumbers.unsigned(bits(left) >>> bits(right)) : (Object) 0L;
  }

  private static boolean isWidth(Object shift) {
    long width = bits(shift);
    return width >= 0 && width < Long.SIZE;
  }

  private static long bits(Object value) {
    if (value instanceof byte[]) {
      throw new RowFilterException(
          "row filter: bit operators on bytes are not supported; CAST(.. AS UNSIGNED) first");
    }
    return FilterNumbers.bits(value);
  }

  private static boolean isDecimal(Number number) {
    return number instanceof BigDecimal;
  }

  /** What is no number in the end (infinity minus infinity) is NULL. */
  private static Double finite(double result) {
    return Double.isNaN(result) ? null : (Double) result;
  }
}
