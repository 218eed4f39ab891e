package io.obconnect.model;

import java.nio.charset.StandardCharsets;

/** LIKE. */
final class FilterLike {

  /** No character at all. */
  static final int NO_ESCAPE = -1;

  private FilterLike() {}

  /**
   * Whether all of the text fits the pattern: {@code %} stands for any characters, {@code _} for
   * one; bytes are matched byte by byte.
   *
   * @param escape takes the special meaning from the next character
   */
  static boolean matches(Object value, Object pattern, int escape) {
    boolean bytes = FilterTexts.isBytes(value) || FilterTexts.isBytes(pattern);
    return matches(characters(value, bytes), characters(pattern, bytes), escape);
  }

  private static int[] characters(Object value, boolean bytes) {
    String text =
        bytes
            ? new String(FilterTexts.bytes(value), StandardCharsets.ISO_8859_1)
            : FilterTexts.text(value);
    return text.codePoints().toArray();
  }

  /** Goes back to the last {@code %} only: an earlier one cannot do better. */
  private static boolean matches(int[] text, int[] pattern, int escape) {
    int t = 0;
    int p = 0;
    int retryText = -1;
    int retryPattern = -1;
    while (t < text.length || p < pattern.length) {
      if (p < pattern.length && pattern[p] == '%' && pattern[p] != escape) {
        retryPattern = ++p;
        retryText = t;
        continue;
      }
      boolean escaped = p + 1 < pattern.length && pattern[p] == escape;
      int wanted = escaped ? p + 1 : p;
      if (t < text.length
          && p < pattern.length
          && (text[t] == pattern[wanted] || (!escaped && pattern[p] == '_'))) {
        t++;
        p = wanted + 1;
      } else if (retryText >= 0 && retryText < text.length) {
        t = ++retryText;
        p = retryPattern;
      } else {
        return false;
      }
    }
    return true;
  }
}
