package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for a name of several parts, such as {@code database.table}. Either each part is a name
 * or has wildcards: {@code *} for any characters, {@code ?} for one, {@code [a-z]} for one of
 * these, {@code [!a-z]} for one of all others; a part between backticks is taken literally. Or the
 * whole is a regular expression between slashes, for the parts joined by dots. Upper and lower case
 * differ.
 */
final class NamePattern {

  private final String text;
  private final Optional<Pattern> regex;
  private final List<Pattern> parts;

  private NamePattern(String text, Optional<Pattern> regex, List<Pattern> parts) {
    this.text = text;
    this.regex = regex;
    this.parts = parts;
  }

  /**
   * Reads a pattern.
   *
   * @param form what is expected, for example {@code database.table}; it has as many parts
   * @throws IllegalArgumentException naming the entry and what is wrong with it
   */
  static NamePattern of(String text, String form) {
    if (NameRules.isRegex(text)) {
      String expression = text.substring(1, text.length() - 1).replace("\\/", "/");
      return new NamePattern(text, Optional.of(compile(expression, text)), List.of());
    }
    List<String> parts = NameRules.parts(text);
    if (parts.size() != NameRules.parts(form).size() || parts.contains("")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not of the form "
              + form
              + "; put names with dots or other special characters between backticks, and regular"
              + " expressions between slashes");
    }
    return new NamePattern(
        text, Optional.empty(), parts.stream().map(part -> wildcards(part, text)).toList());
  }

  private static Pattern compile(String expression, String text) {
    try {
      return Pattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  private static Pattern wildcards(String part, String text) {
    if (NameRules.isQuoted(part)) {
      return compile(Pattern.quote(NameRules.unquoted(part)), text);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> {
          int end = part.indexOf(']', i);
          regex.append(characters(part.substring(i + 1, end), text));
          i = end;
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return compile(regex.toString(), text);
  }

  private static String characters(String set, String text) {
    boolean negated = set.startsWith("!");
    String members = negated ? set.substring(1) : set;
    if (members.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' has brackets without a character in them");
    }
    return (negated ? "[^" : "[") + members.replaceAll("([\\\\\\[\\]^&])", "\\\\$1") + "]";
  }

  boolean matches(String... names) {
    return match(names).isPresent();
  }

  /** Returns the groups that the names give the regular expression; without one there are none. */
  Optional<MatchResult> match(String... names) {
    List<Matcher> matchers = new ArrayList<>();
    if (regex.isPresent()) {
      matchers.add(regex.get().matcher(String.join(".", names)));
    } else {
      for (int i = 0; i < names.length; i++) {
        matchers.add(parts.get(i).matcher(names[i]));
      }
    }
    return matchers.stream().allMatch(Matcher::matches)
        ? Optional.of(matchers.get(0).toMatchResult())
        : Optional.empty();
  }

  boolean isRegex() {
    return regex.isPresent();
  }

  /** The number of groups in the regular expression. */
  int groups() {
    return regex.map(pattern -> pattern.matcher("").groupCount()).orElse(0);
  }

  @Override
  public String toString() {
    return text;
  }
}
