package io.obconnect.source;

import io.obconnect.model.JsonLiteral;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Turns rows, as the server prints them, into the text of a block. Nothing is decoded on the way
 * but what has no exact text. One thread only.
 */
final class BlockBuilder {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_BYTES = 1 << 16;

  private final List<CopyColumn> columns;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private int rows;
  private int lastRow;

  BlockBuilder(List<CopyColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Appends the row that a result stands at, which has the columns' expressions. */
  void append(ResultSet row) throws SQLException {
    lastRow = size;
    if (rows > 0) {
      put(',');
    }
    put('(');
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        put(',');
      }
      append(columns.get(i), row.getBytes(i + 1));
    }
    put(')');
    rows++;
  }

  int size() {
    return size;
  }

  int rows() {
    return rows;
  }

  /** All rows, which are forgotten. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    rows = 0;
    return taken;
  }

  /** All rows but the last one, which stays; there have to be two at least. */
  byte[] takeAllButLast() {
    byte[] taken = Arrays.copyOf(bytes, lastRow);
    // Without the comma before it.
    int length = size - lastRow - 1;
    System.arraycopy(bytes, lastRow + 1, bytes, 0, length);
    size = length;
    rows = 1;
    lastRow = 0;
    return taken;
  }

  /** The literal of one value. */
  static String literal(CopyColumn column, byte[] printed) {
    BlockBuilder one = new BlockBuilder(List.of(column));
    one.append(column, printed);
    return new String(one.take(), StandardCharsets.UTF_8);
  }

  private void append(CopyColumn column, byte[] printed) {
    if (printed == null) {
      put(NULL);
      return;
    }
    switch (column.literal()) {
      case NUMBER -> put(printed);
      case FLOATING -> appendFloating(printed);
      case TEXT -> appendText(printed);
      case BYTES -> appendHex(printed);
      case JSON -> put(JsonLiteral.of(new String(printed, StandardCharsets.UTF_8)));
      case VECTOR -> put(vector(printed));
    }
  }

  private void appendFloating(byte[] printed) {
    put(printed);
    for (byte b : printed) {
      if (b == 'e' || b == 'E') {
        return;
      }
    }
    put('E');
    put('0');
  }

  /** In UTF-8 these bytes are these characters, and nothing else. */
  private void appendText(byte[] printed) {
    reserve(2 * printed.length + 2);
    bytes[size++] = '\'';
    for (byte b : printed) {
      if (b == '\'' || b == '\\') {
        bytes[size++] = '\\';
        bytes[size++] = b;
      } else if (b == 0) {
        bytes[size++] = '\\';
        bytes[size++] = '0';
      } else {
        bytes[size++] = b;
      }
    }
    bytes[size++] = '\'';
  }

  private void appendHex(byte[] printed) {
    reserve(2 * printed.length + 3);
    bytes[size++] = 'x';
    bytes[size++] = '\'';
    for (byte b : printed) {
      bytes[size++] = HEX[(b >> 4) & 0xf];
      bytes[size++] = HEX[b & 0xf];
    }
    bytes[size++] = '\'';
  }

  private static String vector(byte[] printed) {
    ByteBuffer numbers = ByteBuffer.wrap(printed).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder sql = new StringBuilder("'[");
    while (numbers.hasRemaining()) {
      sql.append(numbers.position() == 0 ? "" : ",").append(numbers.getFloat());
    }
    return sql.append("]'").toString();
  }

  private void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  private void put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
