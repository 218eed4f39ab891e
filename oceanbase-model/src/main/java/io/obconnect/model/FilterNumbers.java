package io.obconnect.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as numbers, by MySQL's rules: Long, BigInteger, BigDecimal or Double. */
final class FilterNumbers {

  /** 2 to the power of 64: the distance between a negative number and its unsigned reading. */
  static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  static final BigInteger MAX_UNSIGNED = TWO_64.subtract(BigInteger.ONE);
  private static final BigInteger MAX_SIGNED = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN_SIGNED = BigInteger.valueOf(Long.MIN_VALUE);

  private static final Pattern PREFIX =
      Pattern.compile(
          "[ \\t\\n\\r\\x0b\\f]*+([+-]?+(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:[eE][+-]?+\\d++)?+)");
  private static final Pattern INTEGER_PREFIX =
      Pattern.compile("[ \\t\\n\\r\\x0b\\f]*+([+-]?+\\d++)");

  /** No DECIMAL has more digits, in front of the point or in all. */
  private static final int MAX_DIGITS = 65;

  private FilterNumbers() {}

  /** Returns the number that a value counts as; texts are doubles, from their longest prefix. */
  static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (value instanceof FilterBits bits) {
      return bits.number();
    }
    if (FilterTemporals.isTemporal(value)) {
      return FilterTemporals.packed(value);
    }
    return real(characters(value));
  }

  static boolean isReal(Number number) {
    return number instanceof Double;
  }

  static double real(Object value) {
    return number(value).doubleValue();
  }

  /** Texts that begin with no number are 0; too large numbers are the largest double. */
  private static double real(String text) {
    Matcher matcher = PREFIX.matcher(text);
    if (!matcher.lookingAt()) {
      return 0;
    }
    double number = Double.parseDouble(matcher.group(1));
    return Double.isInfinite(number) ? Math.copySign(Double.MAX_VALUE, number) : number;
  }

  /** Returns an exact number as a decimal, a double by its shortest text, a text by its prefix. */
  static BigDecimal decimal(Object value) {
    if (value instanceof String || value instanceof byte[]) {
      Matcher matcher = PREFIX.matcher(characters(value));
      return matcher.lookingAt() ? bounded(new BigDecimal(matcher.group(1))) : BigDecimal.ZERO;
    }
    Number number = number(value);
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return isReal(number)
        ? new BigDecimal(Double.toString(number.doubleValue()))
        : BigDecimal.valueOf(number.longValue());
  }

  /** Keeps exponents of texts small: expanding 1e999999999 would take all memory. */
  private static BigDecimal bounded(BigDecimal decimal) {
    int magnitude = decimal.precision() - decimal.scale();
    if (decimal.signum() == 0 || magnitude < -MAX_DIGITS) {
      return BigDecimal.ZERO;
    }
    return magnitude > MAX_DIGITS
        ? BigDecimal.TEN.pow(MAX_DIGITS).multiply(BigDecimal.valueOf(decimal.signum()))
        : decimal;
  }

  /** Returns the nearest integer, of a time the nearest second; of a text its integer prefix. */
  static BigInteger integer(Object value) {
    if (value instanceof String || value instanceof byte[]) {
      Matcher matcher = INTEGER_PREFIX.matcher(characters(value));
      return matcher.lookingAt() ? new BigInteger(matcher.group(1)) : BigInteger.ZERO;
    }
    Number number =
        FilterTemporals.isTemporal(value)
            ? FilterTemporals.packed(FilterTemporals.rounded(value))
            : number(value);
    if (number instanceof Long small) {
      return BigInteger.valueOf(small);
    }
    if (number instanceof BigInteger large) {
      return large;
    }
    if (number instanceof BigDecimal decimal) {
      return decimal.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }
    double real = number.doubleValue();
    return Double.isInfinite(real)
        ? (real < 0 ? MIN_SIGNED : MAX_UNSIGNED)
        : new BigDecimal(Math.rint(real)).toBigInteger();
  }

  /** Returns the nearest integer within a long's range. */
  static long saturated(Object value) {
    BigInteger integer = integer(value);
    return integer.bitLength() < Long.SIZE
        ? integer.longValue()
        : integer.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /**
   * Returns the 64 bits of the nearest integer. What has more becomes the nearest that fits, which
   * for integers and texts includes the unsigned ones.
   */
  static long bits(Object value) {
    boolean signed = value instanceof BigDecimal || value instanceof Double;
    BigInteger largest = signed ? MAX_SIGNED : MAX_UNSIGNED;
    return integer(value).max(MIN_SIGNED).min(largest).longValue();
  }

  /** Reads 64 bits as an unsigned number. */
  static Number unsigned(long bits) {
    BigInteger signed = BigInteger.valueOf(bits);
    return normal(bits < 0 ? signed.add(TWO_64) : signed);
  }

  /** Returns a Long wherever one holds the number. */
  static Number normal(BigInteger integer) {
    if (integer.bitLength() < Long.SIZE) {
      return integer.longValue();
    }
    return integer;
  }

  private static String characters(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.ISO_8859_1)
        : FilterTexts.text(value);
  }
}
