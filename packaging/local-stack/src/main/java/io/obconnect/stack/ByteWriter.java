package io.obconnect.stack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Bytes as MySQL's protocol and log write them: numbers in little-endian order unless named. */
final class ByteWriter {
  private static final int LENGTH_IN_TWO_BYTES = 0xfc;
  private static final int LENGTH_IN_THREE_BYTES = 0xfd;
  private static final int LENGTH_IN_EIGHT_BYTES = 0xfe;
  private static final int FIRST_LENGTH_NOT_IN_ONE_BYTE = 251;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The lowest bytes of a number, the lowest first. */
  ByteWriter number(long value, int width) {
    for (int i = 0; i < width; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  /** The lowest bytes of a number, the highest first. */
  ByteWriter bigEndian(long value, int width) {
    for (int i = width - 1; i >= 0; i--) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  /** A number in as many bytes as it needs. */
  ByteWriter packed(long value) {
    if (value < FIRST_LENGTH_NOT_IN_ONE_BYTE) {
      return number(value, 1);
    }
    if (value < 1 << 16) {
      return number(LENGTH_IN_TWO_BYTES, 1).number(value, 2);
    }
    if (value < 1 << 24) {
      return number(LENGTH_IN_THREE_BYTES, 1).number(value, 3);
    }
    return number(LENGTH_IN_EIGHT_BYTES, 1).number(value, 8);
  }

  ByteWriter raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  ByteWriter text(String value) {
    return raw(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A text after its length. */
  ByteWriter packedText(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    return packed(encoded.length).raw(encoded);
  }

  ByteWriter zeros(int count) {
    return raw(new byte[count]);
  }

  /** As many bytes as a number of bits needs, the first bit lowest. */
  ByteWriter bits(BitSet set, int count) {
    byte[] map = new byte[(count + 7) / 8];
    byte[] used = set.toByteArray();
    System.arraycopy(used, 0, map, 0, used.length);
    return raw(map);
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
