package io.obconnect.model;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * A text literal that is compared with something, and what it means to a side that is no text. Each
 * reading is null if the text has none.
 */
record FilterTextLiteral(String text, Number integer, LocalDateTime dateTime, Duration time) {

  static FilterTextLiteral of(String text) {
    return new FilterTextLiteral(
        text,
        text.strip().matches("[+-]?\\d{1,65}")
            ? FilterNumbers.normal(new BigInteger(text.strip()))
            : null,
        FilterTemporals.isZero(text) ? FilterTemporals.ZERO : FilterTemporals.dateTime(text),
        FilterTemporals.time(text));
  }

  LocalDateTime requireDateTime() {
    if (dateTime == null) {
      throw unreadable("a date or date and time, write it like '2024-12-31 23:59:59'");
    }
    return dateTime;
  }

  Duration requireTime() {
    if (time == null) {
      throw unreadable("a time, write it like '23:59:59'");
    }
    return time;
  }

  private RowFilterException unreadable(String wanted) {
    return new RowFilterException(
        "row filter: '" + text + "' is compared with " + wanted + ", or take it out");
  }
}
