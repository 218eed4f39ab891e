package io.obconnect.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times: as texts, as MySQL's packed numbers, and back. */
final class FilterTemporals {

  /** The zero date, which is before all others; only a literal can be one. */
  static final LocalDateTime ZERO = LocalDateTime.MIN;

  /** The end of MySQL's range of TIME. */
  private static final Duration MAX_TIME = Duration.ofHours(838).plusMinutes(59).plusSeconds(59);

  private static final String CLOCK = "(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?)?";
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4}|\\d{2})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:(?:T| +)(?:" + CLOCK + ")?)?");
  private static final Pattern PACKED_DATE_TIME =
      Pattern.compile(
          "(\\d{4}|\\d{2})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d*))?|\\.\\d*)?");
  private static final Pattern TIME =
      Pattern.compile("(-?)(\\d{1,7}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?");
  private static final Pattern PACKED_TIME =
      Pattern.compile("(-?)(\\d{1,7}?)(\\d{1,2}?)(\\d{1,2})(?:\\.(\\d*))?");

  /** Digits beyond the sixth are rounded, as MySQL does. */
  private static final int MICRO_DIGITS = 6;

  private static final int NANOS_PER_MICRO = 1_000;

  /** Years of two digits below this are of the 21st century. */
  private static final int CENTURY_TURN = 70;

  private FilterTemporals() {}

  static boolean isTemporal(Object value) {
    return value instanceof LocalDate
        || value instanceof LocalDateTime
        || value instanceof Duration;
  }

  /** Returns the value as a date and time; null for what is none. */
  static LocalDateTime dateTime(Object value) {
    if (value instanceof LocalDateTime dateTime) {
      return dateTime;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof Duration) {
      throw new RowFilterException(
          "row filter: a TIME counts as a time of the current day where a date is needed, so that"
              + " the answer would change from day to day; compare it with a TIME");
    }
    String text = characters(value);
    Matcher matcher = DATE_TIME.matcher(text);
    if (matcher.matches()) {
      return dateTime(matcher);
    }
    Matcher packed = PACKED_DATE_TIME.matcher(text);
    return packed.matches() ? dateTime(packed) : null;
  }

  /** Numbers are read by their digits; leading zeros of a year are not written. */
  private static String characters(Object value) {
    if (!(value instanceof Number number)) {
      return FilterTexts.text(value).strip();
    }
    String digits = FilterNumbers.decimal(number).toPlainString();
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    int wanted = point <= 6 ? 6 : point <= 8 ? 8 : point <= 12 ? 12 : 14;
    return "0".repeat(Math.max(wanted - point, 0)) + digits;
  }

  private static LocalDateTime dateTime(Matcher parts) {
    int year = Integer.parseInt(parts.group(1));
    if (parts.group(1).length() == 2) {
      year += year < CENTURY_TURN ? 2000 : 1900;
    }
    try {
      return LocalDateTime.of(
              year,
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)),
              number(parts.group(4)),
              number(parts.group(5)),
              number(parts.group(6)))
          .plus(fraction(parts.group(7)));
    } catch (DateTimeException e) {
      // Such as February 30th: MySQL has NULL for it, too.
      return null;
    }
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static Duration fraction(String digits) {
    if (digits == null || digits.isEmpty()) {
      return Duration.ZERO;
    }
    long micros = Math.round(Double.parseDouble("0." + digits) * Math.pow(10, MICRO_DIGITS));
    return Duration.ofNanos(micros * NANOS_PER_MICRO);
  }

  /** Whether a text is the zero date, with or without a time of zero. */
  static boolean isZero(String text) {
    return text.strip().matches("0{4}-0{1,2}-0{1,2}(?:[T ]0{1,2}:0{1,2}(?::0{1,2}(?:\\.0*)?)?)?");
  }

  /** Returns the value as a time, which may be negative and exceed a day; null for what is none. */
  static Duration time(Object value) {
    if (value instanceof Duration time) {
      return time;
    }
    if (value instanceof LocalDate) {
      return Duration.ZERO;
    }
    if (value instanceof LocalDateTime dateTime) {
      return Duration.ofNanos(dateTime.toLocalTime().toNanoOfDay());
    }
    String text =
        value instanceof Number number
            ? FilterNumbers.decimal(number).toPlainString()
            : FilterTexts.text(value).strip();
    if (DATE_TIME.matcher(text).matches()) {
      LocalDateTime dateTime = dateTime(text);
      return dateTime == null ? null : time(dateTime);
    }
    Matcher clock = TIME.matcher(text);
    if (clock.matches()) {
      return time(clock);
    }
    String sign = text.startsWith("-") ? "-" : "";
    String digits = text.substring(sign.length());
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    Matcher packed =
        PACKED_TIME.matcher(sign + "0".repeat(Math.max(MICRO_DIGITS - point, 0)) + digits);
    return packed.matches() ? time(packed) : null;
  }

  private static Duration time(Matcher parts) {
    int minutes = Integer.parseInt(parts.group(3));
    int seconds = number(parts.group(4));
    if (minutes > 59 || seconds > 59) {
      return null;
    }
    Duration time =
        Duration.ofHours(Long.parseLong(parts.group(2)))
            .plusMinutes(minutes)
            .plusSeconds(seconds)
            .plus(fraction(parts.group(5)));
    Duration clipped = time.compareTo(MAX_TIME) > 0 ? MAX_TIME : time;
    return parts.group(1).isEmpty() ? clipped : clipped.negated();
  }

  /** Returns MySQL's number of a date or time: its digits without what separates them. */
  static Number packed(Object temporal) {
    BigDecimal number = new BigDecimal(text(temporal).replaceAll("(?<=.)[-: ]", ""));
    return number.scale() > 0 ? number : (Number) number.longValueExact();
  }

  /** A fraction has six digits, none if it is zero: the column's number of digits is not known. */
  static String text(Object temporal) {
    if (temporal instanceof LocalDate date) {
      return date(date);
    }
    if (temporal instanceof LocalDateTime dateTime) {
      String clock =
          clock(dateTime.getHour(), dateTime.getMinute(), dateTime.getSecond(), dateTime.getNano());
      return date(dateTime.toLocalDate()) + " " + clock;
    }
    Duration time = ((Duration) temporal).abs();
    String clock =
        clock(time.toHours(), time.toMinutesPart(), time.toSecondsPart(), time.toNanosPart());
    return ((Duration) temporal).isNegative() ? "-" + clock : clock;
  }

  private static String date(LocalDate date) {
    return String.format(
        Locale.ROOT, "%04d-%02d-%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  private static String clock(long hours, int minutes, int seconds, int nanos) {
    String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", hours, minutes, seconds);
    int micros = nanos / NANOS_PER_MICRO;
    return micros == 0 ? whole : whole + String.format(Locale.ROOT, ".%06d", micros);
  }

  /** Rounds to that many digits of a second. */
  static Duration rounded(Duration time, int digits) {
    long unit = Math.round(Math.pow(10, 9 - digits));
    long nanos = time.abs().toNanos();
    long rounded = (nanos + unit / 2) / unit * unit;
    return Duration.ofNanos(time.isNegative() ? -rounded : rounded);
  }

  static LocalDateTime rounded(LocalDateTime dateTime, int digits) {
    Duration clock = Duration.ofNanos(dateTime.toLocalTime().toNanoOfDay());
    return dateTime.toLocalDate().atStartOfDay().plus(rounded(clock, digits));
  }

  /** Rounds to whole seconds. */
  static Object rounded(Object temporal) {
    if (temporal instanceof LocalDateTime dateTime) {
      return rounded(dateTime, 0);
    }
    return temporal instanceof Duration time ? rounded(time, 0) : temporal;
  }
}
