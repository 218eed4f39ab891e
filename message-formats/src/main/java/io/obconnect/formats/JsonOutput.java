package io.obconnect.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;

/**
 * JSON as bytes, spelt as Jackson's {@code UTF8JsonGenerator} spells it: no white space, control
 * characters as short escapes where there are any, the two halves of characters beyond the BMP as
 * escapes with upper-case digits, everything else in UTF-8. One thread only.
 */
final class JsonOutput {
  static final ByteString NULL = ByteString.ascii("null");
  static final ByteString TRUE = ByteString.ascii("true");
  static final ByteString FALSE = ByteString.ascii("false");

  private static final ByteString MIN_LONG = ByteString.ascii(Long.toString(Long.MIN_VALUE));
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private static final int FIRST_BYTES = 4_096;
  private static final int MOST_BYTES_KEPT = 1 << 20;
  private static final int LONG_DIGITS = 20;
  private static final int ESCAPE_BYTES = 6;
  private static final int CHARS_AT_A_TIME = 512;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  /** An opening brace or a comma, a name and a colon: what stands before a field's value. */
  static ByteString label(char before, String name) {
    JsonOutput output = new JsonOutput();
    output.raw(before);
    output.text(name);
    output.raw(':');
    return output.toByteString();
  }

  void clear() {
    size = 0;
  }

  /** Whether it has not grown to the size of an exceptional record. */
  boolean isWorthKeeping() {
    return bytes.length <= MOST_BYTES_KEPT;
  }

  ByteString toByteString() {
    return ByteString.copyOf(bytes, 0, size);
  }

  /** The bytes between a prefix and a last character. */
  byte[] enclosed(ByteString prefix, char last) {
    byte[] all = new byte[prefix.length() + size + 1];
    prefix.copyTo(all, 0);
    System.arraycopy(bytes, 0, all, prefix.length(), size);
    all[all.length - 1] = (byte) last;
    return all;
  }

  void raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  void raw(ByteString json) {
    reserve(json.length());
    json.copyTo(bytes, size);
    size += json.length();
  }

  private void raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
  }

  /** Appends what is JSON and ASCII already. */
  void ascii(String json) {
    raw(json.getBytes(US_ASCII));
  }

  void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  void number(long number) {
    if (number == Long.MIN_VALUE) {
      raw(MIN_LONG);
      return;
    }
    reserve(LONG_DIGITS);
    long rest = number;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    size += digits(rest);
    int at = size;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  void base64(byte[] value) {
    raw('"');
    raw(BASE64.encode(value));
    raw('"');
  }

  void text(String text) {
    int length = text.length();
    reserve(length + 2);
    byte[] to = bytes;
    int at = size;
    to[at++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        break;
      }
      to[at++] = (byte) c;
    }
    size = at;
    for (; i < length; i += CHARS_AT_A_TIME) {
      mixedText(text, i, Math.min(length, i + CHARS_AT_A_TIME));
    }
    raw('"');
  }

  private void mixedText(String text, int from, int to) {
    reserve((to - from) * ESCAPE_BYTES);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        wide(c);
      } else if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else {
        bytes[size++] = (byte) c;
      }
    }
  }

  private void wide(char c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xc0 | (c >> 6));
      continuation(c);
    } else if (Character.isSurrogate(c)) {
      unicodeEscape(c);
    } else {
      bytes[size++] = (byte) (0xe0 | (c >> 12));
      continuation(c >> 6);
      continuation(c);
    }
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> shortEscape(c);
      case '\b' -> shortEscape('b');
      case '\t' -> shortEscape('t');
      case '\n' -> shortEscape('n');
      case '\f' -> shortEscape('f');
      case '\r' -> shortEscape('r');
      default -> unicodeEscape(c);
    }
  }

  private void shortEscape(char letter) {
    bytes[size++] = '\\';
    bytes[size++] = (byte) letter;
  }

  private void unicodeEscape(char c) {
    shortEscape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[c >> shift & 0xf];
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }
}
