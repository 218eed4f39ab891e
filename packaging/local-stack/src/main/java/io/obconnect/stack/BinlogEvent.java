package io.obconnect.stack;

import java.util.zip.CRC32;

/** An event of a binary log. Immutable. */
final class BinlogEvent {
  static final int QUERY = 2;
  static final int ROTATE = 4;
  static final int FORMAT_DESCRIPTION = 15;
  static final int XID = 16;
  static final int TABLE_MAP = 19;
  static final int HEARTBEAT = 27;
  static final int WRITE_ROWS = 30;
  static final int UPDATE_ROWS = 31;
  static final int DELETE_ROWS = 32;
  static final int GTID = 33;
  static final int PREVIOUS_GTIDS = 35;
  static final int PARTIAL_UPDATE_ROWS = 39;

  /** Sent, but in no file. */
  static final int ARTIFICIAL = 0x20;

  static final int HEADER = 19;
  static final int CHECKSUM = 4;

  private static final int GTID_NUMBER = 17;

  /** What the service calls itself (2.0.x). */
  static final long SERVER_ID = 1_147_473_732L;

  private final int code;
  private final long seconds;
  private final int flags;
  private final byte[] body;
  private final long end;

  /**
   * An event.
   *
   * @param code its type's number
   * @param seconds when it was committed, since 1970
   * @param flags of its header
   * @param body not changed any more
   * @param end the position behind it in its file, where it has a checksum; 0 when it is in no file
   */
  BinlogEvent(int code, long seconds, int flags, byte[] body, long end) {
    this.code = code;
    this.seconds = seconds;
    this.flags = flags;
    this.body = body;
    this.end = end;
  }

  int code() {
    return code;
  }

  /** The position behind it in its file. */
  long end() {
    return end;
  }

  /** The number of a GTID event's transaction. */
  long gtidNumber() {
    return new ByteReader(body).skip(GTID_NUMBER).number(Long.BYTES);
  }

  /** An event that is put into a file at a position. */
  BinlogEvent at(long start) {
    return new BinlogEvent(code, seconds, flags, body, start + HEADER + body.length + CHECKSUM);
  }

  /** A copy that moves nobody's position. */
  BinlogEvent outsideOfFile() {
    return new BinlogEvent(code, seconds, flags, body, 0);
  }

  /** The position of an event of a file. */
  long start() {
    return end - HEADER - body.length - CHECKSUM;
  }

  boolean isRows() {
    return code == WRITE_ROWS
        || code == UPDATE_ROWS
        || code == DELETE_ROWS
        || code == PARTIAL_UPDATE_ROWS;
  }

  /** As it is sent. */
  byte[] bytes(boolean withChecksum) {
    // The description of the format has a checksum in any case, and ends in what the others have.
    boolean checked = withChecksum || code == FORMAT_DESCRIPTION;
    byte[] sent = body.clone();
    if (checked != withChecksum) {
      sent[sent.length - 1] = 0;
    }
    byte[] event =
        new ByteWriter()
            .number(seconds, 4)
            .number(code, 1)
            .number(SERVER_ID, 4)
            .number(HEADER + body.length + (checked ? CHECKSUM : 0), 4)
            .number(end, 4)
            .number(flags, 2)
            .raw(sent)
            .toBytes();
    if (!checked) {
      return event;
    }
    CRC32 checksum = new CRC32();
    checksum.update(event);
    return new ByteWriter().raw(event).number(checksum.getValue(), CHECKSUM).toBytes();
  }
}
