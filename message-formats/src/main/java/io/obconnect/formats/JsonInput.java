package io.obconnect.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/**
 * Takes JSON values from a record's bytes, in the spelling that Jackson writes: no white space,
 * numbers without leading zeros, valid UTF-8. Every other spelling is an {@link
 * UnusualRecordException}. One thread only.
 */
final class JsonInput {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** One in each of eight bytes. */
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

  private static final Base64.Decoder BASE64 = Base64.getDecoder();

  /** Twenty digits may exceed what a long holds without a sign. */
  private static final int MAX_INTEGER_DIGITS = 19;

  /** Jackson refuses numbers of more than a thousand characters, names of more than 50,000. */
  private static final int MAX_NUMBER_BYTES = 1_000;

  private static final int MAX_NAME_BYTES = 50_000;
  private static final int MAX_EXPONENT_DIGITS = 3;

  /** Jackson before 2.15 fails at numbers beyond the doubles, whose greatest has 309 digits. */
  private static final int MAX_DECIMAL_MAGNITUDE = 300;

  /** One and the same, as Jackson's: as the key of a map an array is equal to itself alone. */
  private static final byte[] NO_BYTES = {};

  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;
  private int position;

  JsonInput(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  void expectEnd() {
    usual(position == bytes.length);
  }

  void expect(char ascii) {
    usual(take(ascii));
  }

  void expect(ByteString json) {
    usual(json.standsAt(bytes, position));
    position += json.length();
  }

  /** Takes a character if it is the next one. */
  boolean take(char ascii) {
    if (peek() != ascii) {
      return false;
    }
    position++;
    return true;
  }

  boolean takeNull() {
    if (peek() != 'n') {
      return false;
    }
    expect(JsonOutput.NULL);
    return true;
  }

  boolean bool() {
    boolean value = peek() == 't';
    expect(value ? JsonOutput.TRUE : JsonOutput.FALSE);
    return value;
  }

  int int32() {
    long number = int64();
    usual(number == (int) number);
    return (int) number;
  }

  /** What follows the number is left to whoever takes it: nothing but JSON's own signs will do. */
  long int64() {
    boolean negative = take('-');
    int start = position;
    long number = 0;
    for (int digit = digit(); digit >= 0; digit = digit()) {
      number = number * 10 + digit;
      position++;
    }
    int digits = position - start;
    usual(digits > 0 && digits <= MAX_INTEGER_DIGITS && (digits == 1 || bytes[start] != '0'));
    // With 19 digits it may have wrapped around, at most once.
    usual(number >= 0 || (negative && number == Long.MIN_VALUE));
    return negative ? -number : number;
  }

  float float32() {
    int start = position;
    float number = Float.parseFloat(number());
    // JsonConverter has no negative zero.
    usual(Float.isFinite(number) && (number != 0 || bytes[start] != '-'));
    return number;
  }

  double float64() {
    int start = position;
    double number = Double.parseDouble(number());
    usual(Double.isFinite(number) && (number != 0 || bytes[start] != '-'));
    return number;
  }

  /** A number, or the bytes of its digits as an integer in base 64. */
  BigDecimal decimal(int scale) {
    if (peek() != '"') {
      BigDecimal number = new BigDecimal(number());
      usual(number.precision() - number.scale() <= MAX_DECIMAL_MAGNITUDE);
      return number;
    }
    byte[] unscaled = base64();
    usual(unscaled.length > 0);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  private String number() {
    int start = position;
    take('-');
    int integerStart = position;
    int digits = digits();
    usual(digits > 0 && (digits == 1 || bytes[integerStart] != '0'));
    if (take('.')) {
      usual(digits() > 0);
    }
    if (take('E') || take('e')) {
      if (!take('-')) {
        take('+');
      }
      digits = digits();
      usual(digits > 0 && digits <= MAX_EXPONENT_DIGITS);
    }
    usual(position - start <= MAX_NUMBER_BYTES);
    return new String(bytes, start, position - start, ISO_8859_1);
  }

  private int digits() {
    int start = position;
    while (digit() >= 0) {
      position++;
    }
    return position - start;
  }

  /** The next digit, or a negative number when there is none. */
  private int digit() {
    int digit = peek() - '0';
    return digit <= 9 ? digit : -1;
  }

  byte[] base64() {
    expect('"');
    int start = position;
    int end = start;
    while (end < bytes.length && bytes[end] != '"') {
      end++;
    }
    // Java takes base 64 without padding, too, but Jackson does not.
    usual((end - start) % 4 == 0);
    position = end;
    expect('"');
    if (start == end) {
      return NO_BYTES;
    }
    try {
      return BASE64.decode(Arrays.copyOfRange(bytes, start, end));
    } catch (IllegalArgumentException e) {
      throw new UnusualRecordException();
    }
  }

  /** A name in an object: a text, but not every one. */
  String name() {
    int start = position;
    String name = text();
    usual(position - start <= MAX_NAME_BYTES && isUsualName(name));
    return name;
  }

  /**
   * Jackson takes names more strictly than other texts, depending on its version, where they have
   * characters beyond the BMP or halves of such.
   */
  static boolean isUsualName(String name) {
    return name.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  String text() {
    expect('"');
    int start = position;
    int end = asciiEnd(start);
    if (peek(end) == '"') {
      position = end + 1;
      return new String(bytes, start, end - start, ISO_8859_1);
    }
    end = runEnd(end);
    if (peek(end) == '"') {
      position = end + 1;
      return utf8(start, end);
    }
    return escapedText(start, end);
  }

  private String escapedText(int start, int firstEscape) {
    StringBuilder text = new StringBuilder(2 * (firstEscape - start) + 16);
    int end = firstEscape;
    text.append(utf8(start, end));
    while (peek(end) == '\\') {
      position = end + 1;
      text.append(escape());
      end = runEnd(position);
      if (end > position) {
        text.append(utf8(position, end));
      }
    }
    position = end;
    expect('"');
    return text.toString();
  }

  private char escape() {
    int letter = peek();
    position++;
    return switch (letter) {
      case '"', '\\', '/' -> (char) letter;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> unicodeEscape();
      default -> throw new UnusualRecordException();
    };
  }

  private char unicodeEscape() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      usual(digit >= 0);
      value = value << 4 | digit;
      position++;
    }
    return (char) value;
  }

  /** Where printable ASCII ends, or a quote or a backslash stands. */
  private int asciiEnd(int start) {
    int end = start;
    for (; end <= bytes.length - Long.BYTES; end += Long.BYTES) {
      long ends = endsOfPlain((long) EIGHT_BYTES.get(bytes, end));
      if (ends != 0) {
        return end + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
      }
    }
    while (end < bytes.length && isPlain(bytes[end])) {
      end++;
    }
    return end;
  }

  /** Where a quote, a backslash or a control character stands. */
  private int runEnd(int start) {
    int end = start;
    while (end < bytes.length && (bytes[end] < 0 || isPlain(bytes[end]))) {
      end++;
    }
    return end;
  }

  /**
   * The highest bit of each of eight bytes that is not {@link #isPlain}. Bits above the lowest one
   * may be wrong, because a subtraction borrows from the byte above.
   *
   * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling
   *     Hacks, Determine if a word has a zero byte</a>
   */
  private static long endsOfPlain(long eightBytes) {
    long quotes = eightBytes ^ EACH_BYTE * '"';
    long backslashes = eightBytes ^ EACH_BYTE * '\\';
    long belowBlank = (eightBytes - EACH_BYTE * ' ') & ~eightBytes;
    long isQuote = (quotes - EACH_BYTE) & ~quotes;
    long isBackslash = (backslashes - EACH_BYTE) & ~backslashes;
    return (eightBytes | belowBlank | isQuote | isBackslash) & HIGHEST_BITS;
  }

  /** Of ASCII, not of the bytes beyond it. */
  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /**
   * The text of bytes. Java puts U+FFFD where they are not UTF-8, which is not what they encode to;
   * Jackson accepts some of those bytes and refuses others.
   */
  private String utf8(int start, int end) {
    String text = new String(bytes, start, end - start, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      byte[] encoded = text.getBytes(UTF_8);
      usual(Arrays.equals(encoded, 0, encoded.length, bytes, start, end));
    }
    return text;
  }

  private int peek() {
    return peek(position);
  }

  /** The byte at an index, a negative number beyond the end. */
  private int peek(int index) {
    return index < bytes.length ? bytes[index] : -1;
  }

  private static void usual(boolean condition) {
    if (!condition) {
      throw new UnusualRecordException();
    }
  }
}
