package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class LiteralsTest {
  /** TIME's range in MySQL, in microseconds. */
  private static final long MAX_TIME_MICROS = 3_020_399_000_000L;

  static String sql(Consumer<StringBuilder> appender) {
    StringBuilder sql = new StringBuilder();
    appender.accept(sql);
    return sql.toString();
  }

  /** Law: what the server makes of the literal is the text again. */
  @Property
  void textComesBack(@ForAll String text) {
    assertEquals(text, unescape(sql(s -> Literals.appendText(s, text))));
  }

  @Test
  void quotesBackslashesAndNulAreEscaped() {
    String text = "it's \\ \0 \n \u001a \"`%_ \uD83D\uDE00 '";
    assertEquals(text, unescape(sql(s -> Literals.appendText(s, text))));
    assertEquals("'\\'\\\\\\0'", sql(s -> Literals.appendText(s, "'\\\0")));
    assertEquals("''", sql(s -> Literals.appendText(s, "")));
  }

  /** MySQL's rules for string literals without NO_BACKSLASH_ESCAPES. */
  private static String unescape(String literal) {
    assertEquals('\'', literal.charAt(0));
    StringBuilder text = new StringBuilder();
    int i = 1;
    while (literal.charAt(i) != '\'') {
      char c = literal.charAt(i++);
      text.append(c == '\\' ? unescaped(literal.charAt(i++)) : c);
    }
    assertEquals(literal.length() - 1, i, "the literal ends early");
    return text.toString();
  }

  private static char unescaped(char c) {
    return switch (c) {
      case '0' -> '\0';
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> '\u001a';
      default -> c;
    };
  }

  @Property
  void bytesComeBack(@ForAll byte[] bytes) {
    String literal = sql(s -> Literals.appendBytes(s, bytes));
    assertArrayEquals(bytes, HexFormat.of().parseHex(literal, "x'".length(), literal.length() - 1));
  }

  @Test
  void bufferIsReadFromItsPositionAndLeftAsItWas() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
    assertArrayEquals(new byte[] {2, 3}, Literals.bytes(buffer));
    assertArrayEquals(new byte[] {2, 3}, Literals.bytes(buffer), "a retry reads it again");
  }

  @Test
  void datesOfEveryEra() {
    assertEquals("'1970-01-01'", date(LocalDate.EPOCH));
    assertEquals("'1969-12-31'", date(LocalDate.of(1969, 12, 31)));
    assertEquals("'0001-01-01'", date(LocalDate.of(1, 1, 1)));
    assertEquals("'0099-02-28'", date(LocalDate.of(99, 2, 28)));
    assertEquals("'1582-10-10'", date(LocalDate.of(1582, 10, 10)));
    assertEquals("'9999-12-31'", date(LocalDate.of(9999, 12, 31)));
  }

  private static String date(LocalDate date) {
    return sql(s -> Literals.appendDate(s, date.toEpochDay()));
  }

  @Test
  void timesBeforeTheEpoch() {
    Duration microsecondBefore = Literals.microseconds(-1);
    assertEquals(
        "'1969-12-31 23:59:59.999999'",
        sql(
            s ->
                Literals.appendDateTime(
                    s, microsecondBefore.getSeconds(), microsecondBefore.getNano())));
  }

  @Test
  void durationsBeyondADayAndBelowZero() {
    assertEquals("'838:59:59'", duration(Duration.ofSeconds(838 * 3600 + 59 * 60 + 59)));
    assertEquals("'-838:59:59'", duration(Duration.ofSeconds(-(838 * 3600 + 59 * 60 + 59))));
    assertEquals("'-00:00:00.000001'", duration(Literals.microseconds(-1)));
    assertEquals("'-00:59:59.500000'", duration(Duration.ofMillis(-3_599_500)));
    assertEquals("'00:00:00'", duration(Duration.ZERO));
  }

  private static String duration(Duration duration) {
    return sql(s -> Literals.appendDuration(s, duration));
  }

  @Property
  void durationComesBack(
      @ForAll @LongRange(min = -MAX_TIME_MICROS, max = MAX_TIME_MICROS) long micros) {
    String literal = duration(Literals.microseconds(micros));
    assertEquals(micros, microsOf(literal.substring(1, literal.length() - 1)), literal);
  }

  private static long microsOf(String time) {
    boolean negative = time.startsWith("-");
    String[] parts = (negative ? time.substring(1) : time).split(":", -1);
    long micros =
        (Long.parseLong(parts[0]) * 3600 + Long.parseLong(parts[1]) * 60) * 1_000_000
            + new BigDecimal(parts[2]).movePointRight(6).longValueExact();
    return negative ? -micros : micros;
  }

  /** Law: the literal is a DOUBLE of exactly that value, the sign of zero included. */
  @Property
  void doubleComesBack(@ForAll double number) {
    String literal = sql(s -> Literals.appendDouble(s, number));
    assertEquals(number, Double.parseDouble(literal), literal);
    assertEquals(true, literal.contains("E"), "without exponent it is a DECIMAL");
  }

  @Test
  void negativeZeroKeepsItsSign() {
    assertEquals("-0.0E0", sql(s -> Literals.appendDouble(s, -0.0)));
  }

  @Test
  void whatIsNoNumberIsRefused() {
    StringBuilder sql = new StringBuilder();
    assertThrows(DataException.class, () -> Literals.appendDouble(sql, Double.NaN));
    assertThrows(DataException.class, () -> Literals.appendDouble(sql, Double.POSITIVE_INFINITY));
  }
}
