package io.obconnect.model;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of a filter, which gives up on a row before it holds up all others. */
final class FilterRegex {

  /**
   * Characters read for one row: far more than sensible expressions need, and a fraction of 1 s.
   */
  private static final int MAX_READS = 10_000_000;

  /** Such as [:alpha:] within brackets, which Java writes \p{Alpha}. */
  private static final Pattern POSIX_CLASS =
      Pattern.compile("\\[:(alpha|digit|alnum|upper|lower|punct|graph|print|blank|cntrl|space):]");

  private final Pattern pattern;

  /**
   * Compiles the expression.
   *
   * @throws RowFilterException when it is none
   */
  FilterRegex(String expression) {
    try {
      this.pattern =
          Pattern.compile(
              POSIX_CLASS.matcher(expression).replaceAll(FilterRegex::javaClass),
              Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS);
    } catch (PatternSyntaxException e) {
      throw new RowFilterException(
          "row filter: the regular expression '"
              + expression
              + "' is wrong at its character "
              + (e.getIndex() + 1)
              + ": "
              + e.getDescription(),
          e);
    }
  }

  private static String javaClass(MatchResult found) {
    String name = found.group(1);
    return Matcher.quoteReplacement(
        "\\p{" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "}");
  }

  /** Whether the expression fits a part of the text. */
  boolean isIn(String text) {
    return guarded(text, Matcher::find);
  }

  /** Replaces all parts that fit; groups of the expression are written as $1. */
  String replaced(String text, String replacement) {
    return guarded(
        text,
        matcher -> {
          try {
            return matcher.replaceAll(replacement);
          } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new RowFilterException(
                "row filter: the replacement '"
                    + replacement
                    + "' is wrong; write groups as $1, and other dollar signs as \\\\$",
                e);
          }
        });
  }

  private <T> T guarded(String text, Function<Matcher, T> use) {
    try {
      return use.apply(pattern.matcher(new CountedText(text)));
    } catch (StackOverflowError | TooManyReadsException e) {
      throw new RowFilterException(
          "row filter: the regular expression '"
              + pattern
              + "' takes too long on a row; write it without repetitions inside of repetitions",
          e);
    }
  }

  private static final class TooManyReadsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Counts what the matcher reads, which is the only way to stop it. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private int reads;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++reads > MAX_READS) {
        throw new TooManyReadsException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
