package io.obconnect.source;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/**
 * Reads values from row events as Debezium's RowDeserializers (3.6.1) does, but for those that it
 * turns into null or into another value: they come as {@link InexactValue}.
 *
 * <p>Source of the formats: MySQL's my_time.cc, "On disk formats".
 */
final class LoggedValues {
  private static final int DATE_BYTES = 3;
  private static final int SECOND_BYTES = 4;
  private static final int DATETIME_BYTES = 8;
  private static final int DATETIME2_BYTES = 5;
  private static final int MAX_FRACTION_BYTES = 3;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int FIRST_YEAR = 1900;
  private static final int DAYS_OF_EVERY_MONTH = 28;
  private static final int MONTHS = 12;
  private static final String ZERO = "0000-00-00 00:00:00";

  private LoggedValues() {}

  /** DATE: 15 bits of the year, 4 of the month, 5 of the day, lowest byte first. */
  static Serializable date(ByteArrayInputStream in) throws IOException {
    int packed = in.readInteger(DATE_BYTES);
    int year = packed >>> 9;
    int month = packed >>> 5 & 0xf;
    int day = packed & 0x1f;
    return isReal(year, month, day)
        ? LocalDate.of(year, month, day)
        : new InexactValue(text(year, month, day), null);
  }

  /** DATETIME before MySQL 5.6: the decimal digits as one number, lowest byte first. */
  static Serializable oldDateTime(ByteArrayInputStream in) throws IOException {
    long digits = in.readLong(DATETIME_BYTES);
    int date = (int) (digits / 1_000_000);
    int time = (int) (digits % 1_000_000);
    return dateTime(
        date / 10_000,
        date / 100 % 100,
        date % 100,
        time / 10_000,
        time / 100 % 100,
        time % 100,
        0);
  }

  /**
   * DATETIME, highest byte first: a sign, 17 bits of the year times 13 plus the month, 5 of the
   * day, 5 of the hour, 6 of the minute, 6 of the second, and the fraction.
   */
  static Serializable dateTime(int fractionDigits, ByteArrayInputStream in) throws IOException {
    long packed = bigEndian(in, DATETIME2_BYTES);
    int yearMonth = (int) (packed >>> 22 & 0x1ffff);
    return dateTime(
        yearMonth / 13,
        yearMonth % 13,
        (int) (packed >>> 17 & 0x1f),
        (int) (packed >>> 12 & 0x1f),
        (int) (packed >>> 6 & 0x3f),
        (int) (packed & 0x3f),
        micros(fractionDigits, in));
  }

  private static Serializable dateTime(
      int year, int month, int day, int hour, int minute, int second, int micros) {
    if (isReal(year, month, day)) {
      return LocalDateTime.of(year, month, day, hour, minute, second, micros * NANOS_PER_MICRO);
    }
    String text =
        text(year, month, day)
            + String.format(Locale.ROOT, " %02d:%02d:%02d", hour, minute, second)
            + (micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros));
    return new InexactValue(text, null);
  }

  /** TIMESTAMP before MySQL 5.6: seconds, lowest byte first. */
  static Serializable oldTimestamp(ByteArrayInputStream in) throws IOException {
    return timestamp(in.readLong(SECOND_BYTES), 0);
  }

  /** TIMESTAMP: seconds, highest byte first, and the fraction. */
  static Serializable timestamp(int fractionDigits, ByteArrayInputStream in) throws IOException {
    return timestamp(bigEndian(in, SECOND_BYTES), micros(fractionDigits, in));
  }

  /** The first second of 1970 is none that a TIMESTAMP can hold: it stands for zero. */
  private static Serializable timestamp(long second, int micros) {
    Instant instant = Instant.ofEpochSecond(second, (long) micros * NANOS_PER_MICRO);
    ZonedDateTime plain = ZonedDateTime.ofInstant(instant, ZoneOffset.UTC);
    return second == 0 && micros == 0 ? new InexactValue(ZERO, plain) : plain;
  }

  /** YEAR: the years since 1900; 0 stands for the year 0000. */
  static Serializable year(ByteArrayInputStream in) throws IOException {
    int years = in.readInteger(1);
    Year plain = Year.of(FIRST_YEAR + years);
    return years == 0 ? new InexactValue("0000", plain) : plain;
  }

  /**
   * ENUM: the member's number, lowest byte first; 0 is MySQL's error value, which reads like an
   * empty text and is none.
   */
  static Serializable member(int bytes, ByteArrayInputStream in) throws IOException {
    int number = in.readInteger(bytes);
    return number == 0 ? new InexactValue("0", number) : Integer.valueOf(number);
  }

  private static boolean isReal(int year, int month, int day) {
    return year > 0
        && month > 0
        && month <= MONTHS
        && day > 0
        && (day <= DAYS_OF_EVERY_MONTH || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  private static String text(int year, int month, int day) {
    return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
  }

  /** The fraction takes a byte for two digits. */
  private static int micros(int fractionDigits, ByteArrayInputStream in) throws IOException {
    int bytes = (fractionDigits + 1) / 2;
    int fraction = (int) bigEndian(in, bytes);
    for (int i = bytes; i < MAX_FRACTION_BYTES; i++) {
      fraction *= 100;
    }
    return fraction;
  }

  private static long bigEndian(ByteArrayInputStream in, int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << Byte.SIZE | in.readInteger(1);
    }
    return number;
  }
}
