package io.obconnect.sink;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.kafka.connect.errors.DataException;

/** The SQL spelling of texts, bytes and times. */
final class Literals {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MAX_YEAR = 9_999;

  private Literals() {}

  static void appendText(StringBuilder sql, String text) {
    sql.append('\'');
    int unwritten = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        sql.append(text, unwritten, i).append('\\');
        unwritten = i;
      } else if (c == '\0') {
        sql.append(text, unwritten, i).append("\\0");
        unwritten = i + 1;
      }
    }
    sql.append(text, unwritten, text.length()).append('\'');
  }

  static void appendBytes(StringBuilder sql, byte[] bytes) {
    sql.append("x'");
    appendHex(sql, bytes);
    sql.append('\'');
  }

  static void appendHex(StringBuilder sql, byte[] bytes) {
    for (byte b : bytes) {
      sql.append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
    }
  }

  /**
   * With an exponent always: without one the text is a DECIMAL literal, which has no negative zero.
   *
   * @throws DataException for what is no number, the destination has no such values
   */
  static void appendDouble(StringBuilder sql, double number) {
    if (!Double.isFinite(number)) {
      throw new DataException("the destination stores finite numbers only");
    }
    String text = Double.toString(number);
    sql.append(text).append(text.indexOf('E') < 0 ? "E0" : "");
  }

  static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }

  static void appendDate(StringBuilder sql, long epochDay) {
    sql.append('\'');
    appendDate(sql, LocalDate.ofEpochDay(epochDay));
    sql.append('\'');
  }

  /** A wall-clock time given as the distance from 1970-01-01 00:00 of the same clock. */
  static void appendDateTime(StringBuilder sql, long epochSecond, int nanoOfSecond) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, nanoOfSecond, ZoneOffset.UTC);
    sql.append('\'');
    appendDateTime(sql, time);
    sql.append('\'');
  }

  static void appendDateTime(StringBuilder sql, LocalDateTime time) {
    appendDate(sql, time.toLocalDate());
    sql.append(' ');
    appendClock(
        sql, time.getHour(), time.getMinute(), time.getSecond(), time.getNano() / NANOS_PER_MICRO);
  }

  /** A duration as MySQL's TIME: it may be negative and exceed a day. */
  static void appendDuration(StringBuilder sql, Duration duration) {
    Duration absolute = duration.abs();
    sql.append(duration.isNegative() ? "'-" : "'");
    appendClock(
        sql,
        Math.toIntExact(absolute.toHours()),
        absolute.toMinutesPart(),
        absolute.toSecondsPart(),
        absolute.toNanosPart() / NANOS_PER_MICRO);
    sql.append('\'');
  }

  private static void appendDate(StringBuilder sql, LocalDate date) {
    if (date.getYear() < 0 || date.getYear() > MAX_YEAR) {
      throw new DataException("the destination has the years 0 to " + MAX_YEAR + " only");
    }
    appendPadded(sql, date.getYear(), 4);
    sql.append('-');
    appendPadded(sql, date.getMonthValue(), 2);
    sql.append('-');
    appendPadded(sql, date.getDayOfMonth(), 2);
  }

  private static void appendClock(StringBuilder sql, int hour, int minute, int second, int micros) {
    appendPadded(sql, hour, 2);
    sql.append(':');
    appendPadded(sql, minute, 2);
    sql.append(':');
    appendPadded(sql, second, 2);
    if (micros != 0) {
      sql.append('.');
      appendPadded(sql, micros, 6);
    }
  }

  private static void appendPadded(StringBuilder sql, int number, int width) {
    int limit = 10;
    for (int digits = 1; digits < width; digits++, limit *= 10) {
      if (number < limit) {
        sql.append("0".repeat(width - digits));
        break;
      }
    }
    sql.append(number);
  }

  static Duration microseconds(long micros) {
    return Duration.ofSeconds(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }
}
