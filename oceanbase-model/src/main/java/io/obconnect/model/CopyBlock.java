package io.obconnect.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;

/**
 * Rows of a full copy on their way through Kafka: SQL text that any connection of a sink can insert
 * as it is. A table's copy is a run of chunks, ranges of its key; a chunk is sent as blocks, and
 * sent again as a whole, as another attempt, when that was interrupted. ARCHITECTURE.md has the
 * protocol.
 *
 * <p>A record's value is of {@link #SCHEMA}, so that every converter can carry it.
 *
 * @param table the source's table
 * @param run number of the table's copy, from 1; a later one replaces an earlier one
 * @param chunk number of the chunk in its run, from 0
 * @param attempt tells the attempts of a chunk apart; later ones have higher numbers
 * @param sequence number of the block in its attempt, from 0
 * @param end what the block is the last one of
 * @param columns the source's names of the columns in the rows, in their order
 * @param rowCount how many rows the block holds
 * @param snapshot of which the rows are, where the table has no key
 * @param rows tuples of SQL literals with commas between them, in UTF-8; it is not copied, and must
 *     not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // blocks are never compared
public record CopyBlock(
    TableId table,
    long run,
    int chunk,
    long attempt,
    int sequence,
    End end,
    List<String> columns,
    int rowCount,
    Optional<Snapshot> snapshot,
    byte[] rows) {

  /** What ends with a block. */
  public enum End {
    /** Nothing: another block of the chunk follows. */
    NONE(0),
    /** The chunk. */
    CHUNK(1),
    /** The chunk, and it is the last one of its table. */
    TABLE(2);

    private final int code;

    End(int code) {
      this.code = code;
    }

    private static End of(int code) {
      return Arrays.stream(values())
          .filter(end -> end.code == code)
          .findFirst()
          .orElseThrow(() -> new DataException("the block of a full copy ends in no known way"));
    }
  }

  /**
   * The point in the source's log at which a table had exactly the rows that were read. Nothing
   * tells rows of a table without a key apart, so changes before that point are not to be applied
   * to them, and what another attempt has left is to be removed.
   *
   * @param file of the log
   * @param offset in the file, in bytes; the changes that are not in the rows begin there
   * @param timestampMs all changes that are in the rows were made before, in milliseconds since
   *     1970
   */
  public record Snapshot(String file, long offset, long timestampMs) {
    public Snapshot {
      Objects.requireNonNull(file, "file");
    }
  }

  /** Of the values of records. */
  public static final Schema SCHEMA =
      SchemaBuilder.bytes()
          .name("io.obconnect.CopyBlock")
          .version(1)
          .doc("rows of a full copy as SQL text")
          .build();

  /** No text begins with it: converters can tell a block by its first byte. */
  public static final byte MAGIC = (byte) 0xCB;

  private static final int FORMAT = 1;
  private static final int HEAD_BYTES = 1_024;

  public CopyBlock {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(end, "end");
    columns = List.copyOf(columns);
    Objects.requireNonNull(snapshot, "snapshot");
    Objects.requireNonNull(rows, "rows");
  }

  /** Whether a value of this schema is a block. */
  public static boolean isBlock(Schema schema) {
    return schema != null && SCHEMA.name().equals(schema.name());
  }

  /** The value of a record. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD_BYTES + rows.length);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(MAGIC);
      out.writeByte(FORMAT);
      out.writeUTF(table.database());
      out.writeUTF(table.table());
      out.writeLong(run);
      out.writeInt(chunk);
      out.writeLong(attempt);
      out.writeInt(sequence);
      out.writeByte(end.code);
      out.writeInt(columns.size());
      for (String column : columns) {
        out.writeUTF(column);
      }
      out.writeInt(rowCount);
      out.writeBoolean(snapshot.isPresent());
      if (snapshot.isPresent()) {
        out.writeUTF(snapshot.get().file());
        out.writeLong(snapshot.get().offset());
        out.writeLong(snapshot.get().timestampMs());
      }
      out.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the value of a record.
   *
   * @throws DataException when it is no block, or one of a later version
   */
  public static CopyBlock parse(byte[] value) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
      if (in.readByte() != MAGIC) {
        throw new DataException("the record is no block of a full copy");
      }
      int format = in.readByte();
      if (format != FORMAT) {
        throw new DataException(
            "the block is of format " + format + "; install a sink as new as its source");
      }
      TableId table = new TableId(in.readUTF(), in.readUTF());
      long run = in.readLong();
      int chunk = in.readInt();
      long attempt = in.readLong();
      int sequence = in.readInt();
      End end = End.of(in.readByte());
      int columnCount = in.readInt();
      List<String> columns = new ArrayList<>(columnCount);
      for (int i = 0; i < columnCount; i++) {
        columns.add(in.readUTF());
      }
      int rowCount = in.readInt();
      Optional<Snapshot> snapshot =
          in.readBoolean()
              ? Optional.of(new Snapshot(in.readUTF(), in.readLong(), in.readLong()))
              : Optional.empty();
      return new CopyBlock(
          table,
          run,
          chunk,
          attempt,
          sequence,
          end,
          columns,
          rowCount,
          snapshot,
          in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException("the block of a full copy is damaged", e);
    }
  }
}
