package io.obconnect.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Values as texts, by MySQL's rules, and the order of texts and bytes. */
final class FilterTexts {

  /** MySQL writes doubles with an exponent when the point is farther away from the digits. */
  private static final int PLAIN_DOUBLE_DIGITS = 15;

  private FilterTexts() {}

  /** Returns the value's text; bytes are read as UTF-8. */
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (value instanceof FilterBits bits) {
      return new String(bits.bytes(), StandardCharsets.UTF_8);
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double real) {
      return text(real.doubleValue());
    }
    return FilterTemporals.isTemporal(value) ? FilterTemporals.text(value) : value.toString();
  }

  private static String text(double real) {
    if (real == 0 || !Double.isFinite(real)) {
      return real == 0 ? (1 / real < 0 ? "-0" : "0") : String.valueOf(real);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(real)).stripTrailingZeros();
    int point = shortest.precision() - shortest.scale();
    if (point > -PLAIN_DOUBLE_DIGITS && point <= PLAIN_DOUBLE_DIGITS) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return (real < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (point - 1);
  }

  static boolean isBytes(Object value) {
    return value instanceof byte[] || value instanceof FilterBits;
  }

  static byte[] bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    return value instanceof FilterBits bits
        ? bits.bytes()
        : text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Compares by code points; the shorter text is taken to go on with blanks. */
  static int compare(String left, String right) {
    int length = Math.max(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = i < left.length() ? left.charAt(i) : ' ';
      char b = i < right.length() ? right.charAt(i) : ' ';
      if (a != b) {
        return Integer.compare(codePointRank(a), codePointRank(b));
      }
    }
    return 0;
  }

  /** Surrogates stand for code points above all other characters. */
  private static int codePointRank(char c) {
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }
}
