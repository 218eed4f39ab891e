package io.obconnect.stack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in the formats of MySQL's rows events. */
final class BinlogValue {
  /** Writes a value. */
  @FunctionalInterface
  interface Encoder {
    /**
     * @param captured what {@link BinlogColumn#expression()} gives, as bytes
     */
    void write(byte[] captured, ByteWriter out);
  }

  private static final int FIRST_YEAR = 1900;
  private static final int DIGITS_IN_GROUP = 9;
  private static final int[] BYTES_OF_DIGITS = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  private static final int MONTHS = 13;
  private static final long DATETIME_SIGN = 0x8000000000L;
  private static final int SIGN = 0x80;

  private static final Pattern DATE_TIME =
      Pattern.compile("(\\d+)-(\\d+)-(\\d+)(?: (\\d+):(\\d+):(\\d+)(?:\\.(\\d+))?)?");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("(-?)(\\d+):(\\d+):(\\d+)(?:\\.(\\d+))?");
  private static final Pattern SECONDS = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

  static final Encoder FLOAT =
      (captured, out) ->
          out.number(
              Float.floatToIntBits((float) Double.longBitsToDouble(doubleBits(captured))), 4);

  static final Encoder DOUBLE = (captured, out) -> out.number(doubleBits(captured), 8);

  static final Encoder YEAR =
      (captured, out) -> {
        int year = Integer.parseInt(text(captured));
        out.number(year == 0 ? 0 : year - FIRST_YEAR, 1);
      };

  static final Encoder DATE =
      (captured, out) -> {
        Matcher date = matched(DATE_TIME, captured);
        out.number((group(date, 1) << 9) | (group(date, 2) << 5) | group(date, 3), 3);
      };

  private BinlogValue() {}

  /** Whole numbers, with or without sign, as decimal digits. */
  static Encoder integer(int width) {
    return (captured, out) -> out.number(new BigInteger(text(captured)).longValue(), width);
  }

  static Encoder bits(int width) {
    return (captured, out) -> out.bigEndian(new BigInteger(text(captured)).longValue(), width);
  }

  static Encoder lengthAndBytes(int lengthBytes) {
    return (captured, out) -> out.number(captured.length, lengthBytes).raw(captured);
  }

  static Encoder json(int lengthBytes) {
    return (captured, out) -> {
      byte[] document = BinlogJson.encode(text(captured));
      out.number(document.length, lengthBytes).raw(document);
    };
  }

  /** Groups of nine digits on both sides of the point, the first bit inverted, negatives all. */
  static Encoder decimal(int precision, int scale) {
    return (captured, out) -> {
      BigDecimal value = new BigDecimal(text(captured)).setScale(scale, RoundingMode.UNNECESSARY);
      String digits = value.unscaledValue().abs().toString();
      digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
      ByteWriter groups = new ByteWriter();
      int whole = precision - scale;
      int first = whole % DIGITS_IN_GROUP;
      int at = group(digits, 0, first, groups);
      while (at < whole) {
        at = group(digits, at, DIGITS_IN_GROUP, groups);
      }
      while (at < precision) {
        at = group(digits, at, Math.min(DIGITS_IN_GROUP, precision - at), groups);
      }
      byte[] bytes = groups.toBytes();
      if (value.signum() < 0) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) ~bytes[i];
        }
      }
      bytes[0] ^= (byte) SIGN;
      out.raw(bytes);
    };
  }

  private static int group(String digits, int from, int length, ByteWriter out) {
    if (length > 0) {
      out.bigEndian(Long.parseLong(digits.substring(from, from + length)), BYTES_OF_DIGITS[length]);
    }
    return from + length;
  }

  static Encoder dateTime(int fraction) {
    return (captured, out) -> {
      Matcher value = matched(DATE_TIME, captured);
      long months = group(value, 1) * MONTHS + group(value, 2);
      long day = (months << 5) | group(value, 3);
      long time = (group(value, 4) << 12) | (group(value, 5) << 6) | group(value, 6);
      out.bigEndian(DATETIME_SIGN | (day << 17) | time, 5);
      writeFraction(micros(value.group(7)), fraction, out);
    };
  }

  /** Of seconds since 1970. */
  static Encoder timestamp(int fraction) {
    return (captured, out) -> {
      Matcher value = matched(SECONDS, captured);
      out.bigEndian(group(value, 1), 4);
      writeFraction(micros(value.group(2)), fraction, out);
    };
  }

  /** The whole number of time and fraction is negated, and lifted above zero. */
  static Encoder time(int fraction) {
    return (captured, out) -> {
      Matcher value = matched(TIME_OF_DAY, captured);
      int fractionBytes = (fraction + 1) / 2;
      long time = (group(value, 2) << 12) | (group(value, 3) << 6) | group(value, 4);
      long packed = (time << (8 * fractionBytes)) | (micros(value.group(5)) / unit(fractionBytes));
      long lifted = 1L << (23 + 8 * fractionBytes);
      out.bigEndian(
          value.group(1).isEmpty() ? lifted + packed : lifted - packed, 3 + fractionBytes);
    };
  }

  private static void writeFraction(long micros, int fraction, ByteWriter out) {
    int bytes = (fraction + 1) / 2;
    out.bigEndian(micros / unit(bytes), bytes);
  }

  private static long unit(int fractionBytes) {
    return switch (fractionBytes) {
      case 1 -> 10_000;
      case 2 -> 100;
      default -> 1;
    };
  }

  private static long micros(String digits) {
    return digits == null ? 0 : Long.parseLong((digits + "000000").substring(0, 6));
  }

  private static long group(Matcher value, int number) {
    String digits = value.group(number);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Matcher matched(Pattern form, byte[] captured) {
    Matcher value = form.matcher(text(captured));
    if (!value.matches()) {
      throw new LocalStackException("a trigger has captured a value of an unknown form");
    }
    return value;
  }

  private static long doubleBits(byte[] captured) {
    return new ByteReader(HexFormat.of().parseHex(text(captured))).number(8);
  }

  private static String text(byte[] captured) {
    return new String(captured, StandardCharsets.UTF_8);
  }
}
