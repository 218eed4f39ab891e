package io.obconnect.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Bytes that stay as they are and are equal by what they are. */
final class ByteString {
  private final byte[] bytes;
  private final int hash;

  /** Takes the array over. */
  private ByteString(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  static ByteString ascii(String text) {
    return new ByteString(text.getBytes(US_ASCII));
  }

  /** A copy of a range. */
  static ByteString copyOf(byte[] source, int from, int to) {
    return new ByteString(Arrays.copyOfRange(source, from, to));
  }

  int length() {
    return bytes.length;
  }

  /** Whether these bytes stand at a place of an array, which may end before. */
  boolean standsAt(byte[] array, int from) {
    int to = from + bytes.length;
    return from >= 0
        && to <= array.length
        && Arrays.equals(array, from, to, bytes, 0, bytes.length);
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** A range of an array between two other pieces. */
  static ByteString join(ByteString before, byte[] source, int from, int to, ByteString after) {
    byte[] all = Arrays.copyOf(before.bytes, before.length() + to - from + after.length());
    System.arraycopy(source, from, all, before.length(), to - from);
    after.copyTo(all, all.length - after.length());
    return new ByteString(all);
  }

  byte[] toByteArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that
        && hash == that.hash
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The size alone: what the bytes say may be a row's. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
