package io.obconnect.sink;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Maps texts so that whatever a collation may call equal becomes equal. The reverse does not hold:
 * it serves to keep changes in order that might concern one value, and to keep too many in order
 * costs time only.
 *
 * <p>Case, accents, widths and trailing blanks are dropped, ligatures are written out, doubled
 * letters S become one ({@code ß} is {@code s} to utf8mb4_general_ci and {@code ss} to others), and
 * characters of scripts whose equalities differ from collation to collation are left out.
 */
final class TextFold {
  private static final Map<Character, String> WRITTEN_OUT =
      Map.ofEntries(
          Map.entry('Æ', "AE"),
          Map.entry('Œ', "OE"),
          Map.entry('Ø', "O"),
          Map.entry('Đ', "D"),
          Map.entry('Ð', "D"),
          Map.entry('Ł', "L"),
          Map.entry('Ħ', "H"),
          Map.entry('Ŧ', "T"),
          Map.entry('Þ', "TH"),
          Map.entry('ẞ', "S"));

  private TextFold() {}

  static String fold(String text) {
    String upper = isAscii(text) ? text : decompose(text);
    upper = upper.toUpperCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(upper.length());
    for (int i = 0; i < upper.length(); i++) {
      append(folded, upper.charAt(i));
    }
    int end = folded.length();
    while (end > 0 && folded.charAt(end - 1) == ' ') {
      end--;
    }
    folded.setLength(end);
    return folded.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String decompose(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD);
  }

  private static void append(StringBuilder folded, char c) {
    if (c == 'S') {
      if (folded.isEmpty() || folded.charAt(folded.length() - 1) != 'S') {
        folded.append(c);
      }
    } else if ((c >= ' ' && c < 0x7f) || isHan(c)) {
      folded.append(c);
    } else {
      for (char written : WRITTEN_OUT.getOrDefault(c, "").toCharArray()) {
        append(folded, written);
      }
    }
  }

  /** The unified ideographs of the first plane: every collation tells them apart. */
  private static boolean isHan(char c) {
    return c >= 0x4e00 && c <= 0x9fff;
  }
}
