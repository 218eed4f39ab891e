package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedValuesTest {

  @FunctionalInterface
  private interface Reader {
    Serializable read(ByteArrayInputStream in) throws IOException;
  }

  /** Reads all of the bytes. */
  private static Serializable read(String hex, Reader reader) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(HexFormat.of().parseHex(hex));
    Serializable value = reader.read(in);
    assertEquals(-1, in.peek());
    return value;
  }

  private static String dateBytes(int year, int month, int day) {
    int packed = year << 9 | month << 5 | day;
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((byte) packed)
        + hex.toHexDigits((byte) (packed >> 8))
        + hex.toHexDigits((byte) (packed >> 16));
  }

  @ParameterizedTest
  @CsvSource({
    "2024, 2, 29",
    "1000, 1, 1",
    "9999, 12, 31",
    "1, 1, 1",
    "1900, 2, 28",
    "2023, 11, 30",
  })
  void dateIsReadAsDebeziumReadsIt(int year, int month, int day) throws IOException {
    assertEquals(
        LocalDate.of(year, month, day), read(dateBytes(year, month, day), LoggedValues::date));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0000-00-00",
    "2024, 0, 15, 2024-00-15",
    "2024, 3, 0, 2024-03-00",
    "0, 5, 6, 0000-05-06",
    "2023, 2, 29, 2023-02-29",
    "2024, 4, 31, 2024-04-31",
  })
  void whatIsNoDateIsKept(int year, int month, int day, String text) throws IOException {
    assertEquals(
        new InexactValue(text, null), read(dateBytes(year, month, day), LoggedValues::date));
  }

  private static String dateTimeBytes(int year, int month, int day, int hour) {
    long packed =
        1L << 39 | (year * 13L + month) << 22 | (long) day << 17 | hour << 12 | 34 << 6 | 56;
    return HexFormat.of().toHexDigits(packed, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', 0",
    "1, 5a, 900000000",
    "2, 63, 990000000",
    "3, 270e, 999800000",
    "4, 0001, 100000",
    "5, 0f423e, 999998000",
    "6, 000001, 1000",
  })
  void fractionHasAByteForTwoDigits(int digits, String hex, int nanos) throws IOException {
    assertEquals(
        LocalDateTime.of(2024, 2, 29, 23, 34, 56, nanos),
        read(dateTimeBytes(2024, 2, 29, 23) + hex, in -> LoggedValues.dateTime(digits, in)));
  }

  @Test
  void whatIsNoPointInTimeIsKept() throws IOException {
    assertEquals(
        new InexactValue("2023-02-31 01:34:56", null),
        read(dateTimeBytes(2023, 2, 31, 1), in -> LoggedValues.dateTime(0, in)));
    assertEquals(
        new InexactValue("0000-00-00 00:00:00", null),
        read("8000000000" + "0000", in -> LoggedValues.dateTime(3, in)));
    assertEquals(
        new InexactValue("2024-00-00 00:34:56.000007", null),
        read(dateTimeBytes(2024, 0, 0, 0) + "000007", in -> LoggedValues.dateTime(6, in)));
  }

  @Test
  void zeroTimestampIsNotTheBeginningOf1970() throws IOException {
    ZonedDateTime epoch = ZonedDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    InexactValue zero = new InexactValue("0000-00-00 00:00:00", epoch);
    assertEquals(zero, read("00000000", in -> LoggedValues.timestamp(0, in)));
    assertEquals(zero, read("00000000000000", in -> LoggedValues.timestamp(6, in)));
    assertEquals(zero, read("00000000", LoggedValues::oldTimestamp));
    assertEquals(
        epoch.plusNanos(1_000), read("00000000000001", in -> LoggedValues.timestamp(6, in)));
    assertEquals(
        epoch.plusSeconds(Integer.MAX_VALUE),
        read("7fffffff", in -> LoggedValues.timestamp(0, in)));
    assertEquals(epoch.plusSeconds(1), read("01000000", LoggedValues::oldTimestamp));
  }

  @Test
  void oldDateTimeIsANumberOfItsDigits() throws IOException {
    String bytes = HexFormat.of().toHexDigits(Long.reverseBytes(20_240_229_233_456L));
    assertEquals(LocalDateTime.of(2024, 2, 29, 23, 34, 56), read(bytes, LoggedValues::oldDateTime));
    assertEquals(
        new InexactValue("0000-00-00 00:00:00", null),
        read("0000000000000000", LoggedValues::oldDateTime));
  }

  @Test
  void yearZeroAndTheErrorMemberAreKept() throws IOException {
    assertEquals(new InexactValue("0000", Year.of(1900)), read("00", LoggedValues::year));
    assertEquals(Year.of(2155), read("ff", LoggedValues::year));
    assertEquals(new InexactValue("0", 0), read("00", in -> LoggedValues.member(1, in)));
    assertEquals(258, read("0201", in -> LoggedValues.member(2, in)));
  }
}
