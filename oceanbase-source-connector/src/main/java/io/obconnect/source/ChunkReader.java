package io.obconnect.source;

import io.obconnect.model.CopyBlock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Reads a chunk as blocks. One thread only. */
final class ChunkReader {
  private final int blockBytes;

  /** Takes a block; may wait until there is room for it. */
  @FunctionalInterface
  interface BlockConsumer {
    void accept(CopyBlock block) throws InterruptedException;
  }

  /**
   * A reader.
   *
   * @param blockBytes how large a block becomes; only a single row makes it larger
   */
  ChunkReader(int blockBytes) {
    this.blockBytes = blockBytes;
  }

  /**
   * Reads a chunk as it is now; the last block says that it is.
   *
   * @param attempt tells this reading from others of the same chunk
   * @param snapshot that the connection sees, where the table has no key
   * @return how many rows it has
   */
  long read(
      Connection connection,
      CopyTable table,
      Chunk chunk,
      long attempt,
      Optional<CopyBlock.Snapshot> snapshot,
      BlockConsumer consumer)
      throws SQLException, InterruptedException {
    BlockBuilder builder = new BlockBuilder(table.columns());
    long rows = 0;
    int sequence = 0;
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      // The driver hands rows out as they come, instead of keeping all of them.
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet row = statement.executeQuery(table.select(chunk))) {
        while (row.next()) {
          builder.append(row);
          rows++;
          if (builder.size() > blockBytes && builder.rows() > 1) {
            int count = builder.rows() - 1;
            consumer.accept(
                block(
                    table,
                    chunk,
                    attempt,
                    sequence++,
                    CopyBlock.End.NONE,
                    count,
                    snapshot,
                    builder.takeAllButLast()));
          }
        }
      }
    }
    CopyBlock.End end = chunk.isLast() ? CopyBlock.End.TABLE : CopyBlock.End.CHUNK;
    int count = builder.rows();
    consumer.accept(block(table, chunk, attempt, sequence, end, count, snapshot, builder.take()));
    return rows;
  }

  private static CopyBlock block(
      CopyTable table,
      Chunk chunk,
      long attempt,
      int sequence,
      CopyBlock.End end,
      int rows,
      Optional<CopyBlock.Snapshot> snapshot,
      byte[] text) {
    return new CopyBlock(
        chunk.table(),
        chunk.run(),
        chunk.number(),
        attempt,
        sequence,
        end,
        table.columnNames(),
        rows,
        snapshot,
        text);
  }
}
