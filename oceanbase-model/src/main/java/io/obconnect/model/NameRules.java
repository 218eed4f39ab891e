package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an option into its entries, and an entry into its names. Backticks, the slashes of a regular
 * expression and square brackets keep together what stands between them.
 */
final class NameRules {

  private static final String ARROW = "->";

  private NameRules() {}

  /** An entry of a mapping: what stands before and behind the arrow. */
  record Arrow(String entry, String from, String to) {}

  /**
   * Returns the entries, without blanks around them; empty ones are left out.
   *
   * @param option entries separated by commas or line breaks
   */
  static List<String> entries(String option) {
    return split(option, ",", "\n").stream().filter(entry -> !entry.isEmpty()).toList();
  }

  /**
   * Cuts an entry at its arrow.
   *
   * @throws IllegalArgumentException when it has none, or several
   */
  static Arrow arrow(String entry) {
    List<String> sides = split(entry, ARROW, ARROW);
    if (sides.size() != 2 || sides.get(0).isEmpty() || sides.get(1).isEmpty()) {
      throw new IllegalArgumentException(
          "'" + entry + "' is no mapping; write it as: source -> destination");
    }
    return new Arrow(entry, sides.get(0), sides.get(1));
  }

  /** Cuts a name at its dots; backticks stay. */
  static List<String> parts(String name) {
    return split(name, ".", ".");
  }

  /** Whether the text is a regular expression: it stands between slashes. */
  static boolean isRegex(String text) {
    return text.length() > 2 && text.startsWith("/") && text.endsWith("/");
  }

  /** Returns the name that backticks stand around, or the text itself. */
  static String unquoted(String part) {
    return isQuoted(part) ? part.substring(1, part.length() - 1).replace("``", "`") : part;
  }

  static boolean isQuoted(String part) {
    return part.length() >= 2 && part.startsWith("`") && part.endsWith("`");
  }

  private static List<String> split(String text, String separator, String otherSeparator) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      int length =
          text.startsWith(separator, i)
              ? separator.length()
              : text.startsWith(otherSeparator, i) ? otherSeparator.length() : 0;
      if (length > 0) {
        pieces.add(text.substring(start, i).strip());
        start = i + length;
        i = start;
      } else {
        boolean first = text.substring(start, i).isBlank();
        i = behind(text, i, first);
      }
    }
    pieces.add(text.substring(start).strip());
    return pieces;
  }

  /** A slash opens a regular expression at the start of a piece only. */
  private static int behind(String text, int start, boolean first) {
    return switch (text.charAt(start)) {
      case '`' -> behindClosing(text, start, '`');
      case '[' -> behindClosing(text, start, ']');
      case '/' -> first ? behindClosing(text, start, '/') : start + 1;
      default -> start + 1;
    };
  }

  private static int behindClosing(String text, int start, char closing) {
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && closing == '/') {
        i++;
      } else if (text.charAt(i) == closing) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException(
        "'" + text.substring(start).strip() + "' lacks its closing " + closing);
  }
}
