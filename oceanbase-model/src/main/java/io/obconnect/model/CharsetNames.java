package io.obconnect.model;

import java.util.Locale;

/** One spelling for character sets and collations: {@code utf8} is {@code utf8mb3}. */
final class CharsetNames {

  private CharsetNames() {}

  static String charset(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("utf8") ? "utf8mb3" : lower;
  }

  static String collation(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("utf8_") ? "utf8mb3_" + lower.substring("utf8_".length()) : lower;
  }

  /** Returns the character set a collation belongs to: its name's first part. */
  static String charsetOf(String collation) {
    int end = collation.indexOf('_');
    return end < 0 ? collation : collation.substring(0, end);
  }
}
