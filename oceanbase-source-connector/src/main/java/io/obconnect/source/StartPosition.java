package io.obconnect.source;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a stream begins that has no offset and copies nothing. */
sealed interface StartPosition {
  String FORMS = "latest, earliest, a GTID set, file:position, or a time like 2026-01-31T12:00:00Z";

  /** Behind everything that is in the log. */
  record Latest() implements StartPosition {}

  /** With the first transaction that the log still has. */
  record Earliest() implements StartPosition {}

  /** Behind these transactions: a GTID set. */
  record Transactions(String gtids) implements StartPosition {
    public Transactions {
      Objects.requireNonNull(gtids, "gtids");
    }
  }

  /** At the beginning of a transaction. */
  record InFile(String file, long position) implements StartPosition {
    public InFile {
      Objects.requireNonNull(file, "file");
    }
  }

  /** With the first transaction that was committed at a time or later. */
  record At(Instant time) implements StartPosition {
    public At {
      Objects.requireNonNull(time, "time");
    }
  }

  /**
   * Reads an option's text.
   *
   * @throws IllegalArgumentException when it has none of the {@link #FORMS}
   */
  static StartPosition parse(String text) {
    String value = text.strip();
    if (value.equalsIgnoreCase("latest")) {
      return new Latest();
    }
    if (value.equalsIgnoreCase("earliest")) {
      return new Earliest();
    }
    if (Patterns.GTIDS.matcher(value).matches()) {
      return new Transactions(value.replaceAll("\\s", ""));
    }
    Matcher file = Patterns.FILE.matcher(value);
    try {
      return file.matches()
          ? new InFile(file.group(1), Long.parseLong(file.group(2)))
          : new At(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + value + "' is none of " + FORMS, e);
    }
  }

  /** What texts look like. */
  final class Patterns {
    private static final String UUID =
        "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}";
    private static final String SOURCE = UUID + "(?:\\s*:\\s*(?:[A-Za-z_]\\w*|\\d+(?:-\\d+)?))+";
    private static final Pattern GTIDS = Pattern.compile(SOURCE + "(?:\\s*,\\s*" + SOURCE + ")*");
    private static final Pattern FILE = Pattern.compile("([^:\\s]+\\.\\d+):(\\d+)");

    private Patterns() {}
  }
}
