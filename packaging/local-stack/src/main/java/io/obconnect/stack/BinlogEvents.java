package io.obconnect.stack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** Makes the events that OceanBase's Binlog Service writes, in the shape that it gives them. */
final class BinlogEvents {
  private static final int FORMAT_VERSION = 4;
  private static final String SERVER_VERSION = "5.7.38";
  private static final int SERVER_VERSION_LENGTH = 50;
  private static final int CRC32 = 1;

  /** Lengths of the fixed part of each type's body, from type 1 on. */
  private static final int[] FIXED_PARTS = {
    56, 13, 0, 8, 0, 18, 0, 4, 4, 4, 4, 18, 0, 0, 96, 0, 4, 26, 8, 0, 0, 0, 8, 8, 8, 2, 0, 0, 0, 10,
    10, 10, 42, 42, 0, 18, 52, 0, 10
  };

  private static final int LOGICAL_TIME = 2;
  private static final int MAY_HAVE_SBR = 1;
  private static final int STATEMENT_END = 1;
  private static final int NO_EXTRA = 2;
  private static final long NANOS = 1_000_000_000L;

  private BinlogEvents() {}

  static BinlogEvent formatDescription(long seconds) {
    ByteWriter body =
        new ByteWriter()
            .number(FORMAT_VERSION, 2)
            .raw(
                Arrays.copyOf(
                    SERVER_VERSION.getBytes(StandardCharsets.US_ASCII), SERVER_VERSION_LENGTH))
            .number(seconds, 4)
            .number(BinlogEvent.HEADER, 1);
    for (int length : FIXED_PARTS) {
      body.number(length, 1);
    }
    return event(BinlogEvent.FORMAT_DESCRIPTION, seconds, body.number(CRC32, 1));
  }

  /** Transactions 1 to a number are in earlier files. */
  static BinlogEvent previousGtids(long seconds, UUID uuid, long upTo) {
    ByteWriter body = new ByteWriter();
    if (upTo == 0) {
      body.number(0, 8);
    } else {
      body.number(1, 8).raw(bytes(uuid)).number(1, 8).number(1, 8).number(upTo + 1, 8);
    }
    return event(BinlogEvent.PREVIOUS_GTIDS, seconds, body);
  }

  static BinlogEvent rotate(long seconds, int flags, String file, long position) {
    byte[] body = new ByteWriter().number(position, 8).text(file).toBytes();
    return new BinlogEvent(BinlogEvent.ROTATE, seconds, flags, body, 0);
  }

  static BinlogEvent heartbeat(String file, long position) {
    byte[] body = file.getBytes(StandardCharsets.UTF_8);
    return new BinlogEvent(BinlogEvent.HEARTBEAT, 0, 0, body, position);
  }

  /**
   * Begins a transaction or a schema change, with the commit's time where MySQL counts groups.
   *
   * @param scn nanoseconds since 1970
   */
  static BinlogEvent gtid(UUID uuid, long number, long scn) {
    return event(
        BinlogEvent.GTID,
        scn / NANOS,
        new ByteWriter()
            .number(1, 1)
            .raw(bytes(uuid))
            .number(number, 8)
            .number(LOGICAL_TIME, 1)
            .number(scn / NANOS, 8)
            .number(scn % NANOS / 1_000, 8));
  }

  static BinlogEvent query(long seconds, String database, String sql) {
    byte[] variables =
        new ByteWriter()
            .number(0, 1)
            .number(0, 4)
            .number(4, 1)
            .number(45, 2)
            .number(45, 2)
            .number(83, 2)
            .toBytes();
    byte[] name = database.getBytes(StandardCharsets.UTF_8);
    return event(
        BinlogEvent.QUERY,
        seconds,
        new ByteWriter()
            .zeros(8)
            .number(name.length, 1)
            .number(0, 2)
            .number(variables.length, 2)
            .raw(variables)
            .raw(name)
            .zeros(1)
            .text(sql));
  }

  static BinlogEvent xid(long seconds, long number) {
    return event(BinlogEvent.XID, seconds, new ByteWriter().number(number, 8));
  }

  /** Without MySQL's optional part: no names, no signs, no character sets. */
  static BinlogEvent tableMap(long seconds, BinlogTable table) {
    List<BinlogColumn> columns = table.columns();
    ByteWriter types = new ByteWriter();
    ByteWriter metadata = new ByteWriter();
    BitSet nullable = new BitSet();
    for (int i = 0; i < columns.size(); i++) {
      types.number(columns.get(i).type(), 1);
      columns.get(i).metadata().forEach(value -> metadata.number(value, 1));
      nullable.set(i, columns.get(i).nullable());
    }
    return event(
        BinlogEvent.TABLE_MAP,
        seconds,
        new ByteWriter()
            .number(table.number(), 6)
            .number(MAY_HAVE_SBR, 2)
            .packedText(table.database())
            .zeros(1)
            .packedText(table.name())
            .zeros(1)
            .packed(columns.size())
            .raw(types.toBytes())
            .packed(metadata.size())
            .raw(metadata.toBytes())
            .bits(nullable, columns.size()));
  }

  /**
   * Rows of one table, changed in one way.
   *
   * @param images as {@link RowChange#images} gives them
   */
  static BinlogEvent rows(long seconds, int code, BinlogTable table, List<byte[]> images) {
    int columns = table.columns().size();
    BitSet all = new BitSet();
    all.set(0, columns);
    ByteWriter body =
        new ByteWriter()
            .number(table.number(), 6)
            .number(STATEMENT_END, 2)
            .number(NO_EXTRA, 2)
            .packed(columns)
            .bits(all, columns);
    if (code == BinlogEvent.UPDATE_ROWS || code == BinlogEvent.PARTIAL_UPDATE_ROWS) {
      body.bits(all, columns);
    }
    images.forEach(body::raw);
    return event(code, seconds, body);
  }

  private static BinlogEvent event(int code, long seconds, ByteWriter body) {
    return new BinlogEvent(code, seconds, 0, body.toBytes(), 0);
  }

  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
