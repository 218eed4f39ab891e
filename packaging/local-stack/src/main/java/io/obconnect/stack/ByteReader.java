package io.obconnect.stack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} writes. */
final class ByteReader {
  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (bytes[position++] & 0xffL) << (8 * i);
    }
    return value;
  }

  byte[] raw(int length) {
    byte[] part = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return part;
  }

  byte[] rest() {
    return raw(bytes.length - position);
  }

  String restAsText() {
    return new String(rest(), StandardCharsets.UTF_8);
  }

  /** A text up to a zero byte. */
  String zeroTerminated() {
    int end = position;
    while (bytes[end] != 0) {
      end++;
    }
    String text = new String(bytes, position, end - position, StandardCharsets.UTF_8);
    position = end + 1;
    return text;
  }

  ByteReader skip(int length) {
    position += length;
    return this;
  }

  int position() {
    return position;
  }
}
