package io.obconnect.stack;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One side of a connection in MySQL's protocol, as packets of up to 16 MB. Reading and writing may
 * be two threads' work.
 */
final class MySqlPackets {
  static final int OK = 0x00;
  static final int ERROR = 0xff;
  static final int END = 0xfe;

  private static final int MAX_LENGTH = 0xffffff;
  private static final int UTF8MB4 = 45;
  private static final int VARIABLE_TEXT = 0xfd;
  private static final int COLUMN_LENGTH = 1024;
  private static final int AUTO_COMMIT = 2;

  private final DataInputStream in;
  private final OutputStream out;
  private int sequence;

  MySqlPackets(Socket socket) throws IOException {
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /**
   * One packet's contents; what is written next answers it.
   *
   * @throws EOFException when the other side has ended the connection
   */
  byte[] read() throws IOException {
    int length =
        in.readUnsignedByte() | (in.readUnsignedByte() << 8) | (in.readUnsignedByte() << 16);
    sequence = in.readUnsignedByte();
    byte[] contents = new byte[length];
    in.readFully(contents);
    sequence++;
    return contents;
  }

  /** The number of the packet that was read last. */
  int lastRead() {
    return sequence - 1;
  }

  /** Passes a packet on under its own number. */
  void forward(byte[] contents, int number) throws IOException {
    sequence = number;
    write(contents);
    flush();
  }

  /** Writes contents of any length, behind what was read or written last. */
  void write(byte[] contents) throws IOException {
    int from = 0;
    int length;
    do {
      length = Math.min(contents.length - from, MAX_LENGTH);
      out.write(new ByteWriter().number(length, 3).number(sequence++, 1).toBytes());
      out.write(contents, from, length);
      from += length;
    } while (length == MAX_LENGTH);
  }

  void flush() throws IOException {
    out.flush();
  }

  void ok() throws IOException {
    write(
        new ByteWriter()
            .number(OK, 1)
            .packed(0)
            .packed(0)
            .number(AUTO_COMMIT, 2)
            .zeros(2)
            .toBytes());
    flush();
  }

  void error(int code, String sqlState, String message) throws IOException {
    write(
        new ByteWriter()
            .number(ERROR, 1)
            .number(code, 2)
            .text("#" + sqlState)
            .text(message)
            .toBytes());
    flush();
  }

  /** A result of texts. */
  void rows(List<String> columns, List<List<String>> rows) throws IOException {
    write(new ByteWriter().packed(columns.size()).toBytes());
    for (String column : columns) {
      write(
          new ByteWriter()
              .packedText("def")
              .packedText("")
              .packedText("")
              .packedText("")
              .packedText(column)
              .packedText(column)
              .packed(0x0c)
              .number(UTF8MB4, 2)
              .number(COLUMN_LENGTH, 4)
              .number(VARIABLE_TEXT, 1)
              .number(0, 2)
              .number(0, 1)
              .zeros(2)
              .toBytes());
    }
    end();
    for (List<String> row : rows) {
      ByteWriter contents = new ByteWriter();
      row.forEach(contents::packedText);
      write(contents.toBytes());
    }
    end();
    flush();
  }

  private void end() throws IOException {
    write(new ByteWriter().number(END, 1).number(0, 2).number(AUTO_COMMIT, 2).toBytes());
  }

  /** A statement as it was sent. */
  static String statement(byte[] command) {
    return new String(command, 1, command.length - 1, StandardCharsets.UTF_8);
  }
}
