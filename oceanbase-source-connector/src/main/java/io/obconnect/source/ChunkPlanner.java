package io.obconnect.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Cuts tables into chunks by walking along their keys. One thread only. */
final class ChunkPlanner {
  private static final int SAMPLE_ROWS = 100;

  private final long chunkBytes;

  /**
   * A planner.
   *
   * @param chunkBytes about how much the rows of a chunk take at the source
   */
  ChunkPlanner(long chunkBytes) {
    this.chunkBytes = chunkBytes;
  }

  /** How many rows a chunk gets, by the statistics and by the first rows: both may mislead. */
  long rows(Connection connection, CopyTable table) throws SQLException {
    long rowBytes =
        Math.max(
            CopyTableReader.size(connection, table.id()).rowBytes(),
            firstRowsBytes(connection, table));
    return Math.max(1, chunkBytes / rowBytes);
  }

  /** The average length of the first rows' text. */
  private static long firstRowsBytes(Connection connection, CopyTable table) throws SQLException {
    BlockBuilder sample = new BlockBuilder(table.columns());
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet row = statement.executeQuery(table.selectFirst(SAMPLE_ROWS))) {
        while (row.next()) {
          sample.append(row);
        }
      }
    }
    return sample.rows() == 0 ? 1 : sample.size() / sample.rows();
  }

  /**
   * The chunk that follows; the database alone compares keys.
   *
   * @param after where it begins
   * @param rows how many it gets
   */
  Chunk next(
      Connection connection, CopyTable table, long run, int number, List<String> after, long rows)
      throws SQLException {
    List<String> to = table.key().isEmpty() ? List.of() : bound(connection, table, after, rows);
    return new Chunk(table.id(), run, number, after, to);
  }

  private static List<String> bound(
      Connection connection, CopyTable table, List<String> after, long rows) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(table.selectBound(after, rows))) {
      if (!row.next()) {
        return List.of();
      }
      List<String> bound = new ArrayList<>();
      for (int i = 0; i < table.key().size(); i++) {
        bound.add(BlockBuilder.literal(table.key().get(i), row.getBytes(i + 1)));
      }
      return bound;
    }
  }
}
