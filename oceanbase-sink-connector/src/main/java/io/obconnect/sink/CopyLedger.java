package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the destination has of tables that come in blocks: which run of each table's copy, and which
 * of its chunks. A chunk is finished by the first of its attempts all of whose blocks are applied;
 * what comes of it later is dropped, so that it counts once, whatever was sent. ARCHITECTURE.md has
 * the protocol.
 */
final class CopyLedger {
  /** The run of a table that is not copied: it was created while its source was streaming. */
  static final long NO_COPY = 0;

  private static final long NO_ATTEMPT = Long.MIN_VALUE;

  private static final String TABLE_MATCH =
      " WHERE connector = ? AND source_database = ? AND source_table = ?";
  private static final String RUN_MATCH = TABLE_MATCH + " AND run = ?";
  private static final String CHUNK_MATCH = RUN_MATCH + " AND chunk = ?";

  /** What a block is to its chunk. */
  enum Arrival {
    /** Of the only attempt so far. */
    FIRST,
    /** Of an attempt after another one, whose rows may be there. */
    REPEATED,
    /**
     * Not needed: it is applied, its chunk is finished, its run is over, or, in a table without a
     * key, a later attempt has begun.
     */
    OBSOLETE,
    /** Of an attempt that lacks a block before it, and will not finish. */
    BROKEN
  }

  private final String connector;
  private final String tables;
  private final String chunks;
  private final AppliedRowsLedger appliedRows;

  /**
   * A ledger for one connector.
   *
   * @param database exists already
   */
  CopyLedger(String connector, String database) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.tables = SqlText.identifier(database) + ".`copied_tables`";
    this.chunks = SqlText.identifier(database) + ".`copied_chunks`";
    this.appliedRows = new AppliedRowsLedger(connector, database);
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + tables
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `source_database` VARCHAR(64) NOT NULL,
                `source_table` VARCHAR(64) NOT NULL,
                `run` BIGINT NOT NULL,
                PRIMARY KEY (`connector`, `source_database`, `source_table`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + chunks
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `source_database` VARCHAR(64) NOT NULL,
                `source_table` VARCHAR(64) NOT NULL,
                `run` BIGINT NOT NULL,
                `chunk` INT NOT NULL,
                `attempt` BIGINT NOT NULL,
                `blocks` INT NOT NULL,
                `row_count` BIGINT NOT NULL,
                `finished` TINYINT NOT NULL,
                `is_last` TINYINT NOT NULL,
                PRIMARY KEY (`connector`, `source_database`, `source_table`, `run`, `chunk`, `attempt`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
    }
  }

  /** The run of a table; empty before its definition has come. The caller ends the transaction. */
  OptionalLong run(Connection connection, TableId table) throws SQLException {
    try (PreparedStatement select =
        prepare(connection, "SELECT run FROM " + tables + TABLE_MATCH, table)) {
      return number(select);
    }
  }

  /** Notes the run of a table, later than the one before; the caller commits. */
  void begin(Connection connection, TableId table, long run) throws SQLException {
    String sql =
        "INSERT INTO "
            + tables
            + " (connector, source_database, source_table, run) VALUES (?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE run = GREATEST(run, VALUES(run))";
    try (PreparedStatement insert = prepare(connection, sql, table)) {
      insert.setLong(4, run);
      insert.executeUpdate();
    }
  }

  /** Whether all chunks of a run are finished. The caller ends the transaction. */
  boolean isComplete(Connection connection, TableId table, long run) throws SQLException {
    String sql =
        "SELECT COUNT(DISTINCT chunk) = MAX(CASE is_last WHEN 1 THEN chunk ELSE -1 END) + 1 FROM "
            + chunks
            + RUN_MATCH
            + " AND finished = 1 HAVING MAX(is_last) = 1";
    try (PreparedStatement select = prepare(connection, sql, table)) {
      select.setLong(4, run);
      return number(select).orElse(0) == 1;
    }
  }

  /**
   * Notes a block whose rows are about to be written in the same transaction, unless they are not
   * to be.
   */
  Arrival arrive(Connection connection, CopyBlock block) throws SQLException {
    long run = run(connection, block.table()).orElse(NO_COPY);
    if (run != block.run()) {
      return Arrival.OBSOLETE;
    }
    long latestOther = NO_ATTEMPT;
    int applied = 0;
    String sql = "SELECT attempt, blocks, finished FROM " + chunks + CHUNK_MATCH + " FOR UPDATE";
    try (PreparedStatement select = prepare(connection, sql, block)) {
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean(3)) {
            return Arrival.OBSOLETE;
          }
          if (row.getLong(1) == block.attempt()) {
            applied = row.getInt(2);
          } else {
            latestOther = Math.max(latestOther, row.getLong(1));
          }
        }
      }
    }
    if (block.snapshot().isPresent() && latestOther > block.attempt()) {
      return Arrival.OBSOLETE;
    }
    if (applied != block.sequence()) {
      // Without exactly-once records come again.
      return applied < block.sequence() ? Arrival.BROKEN : Arrival.OBSOLETE;
    }
    count(connection, block);
    if (block.snapshot().isPresent() && block.end() != CopyBlock.End.NONE) {
      appliedRows.note(connection, block.table(), LogPosition.of(block.snapshot().get()));
    }
    return latestOther == NO_ATTEMPT ? Arrival.FIRST : Arrival.REPEATED;
  }

  private void count(Connection connection, CopyBlock block) throws SQLException {
    String sql =
        "INSERT INTO "
            + chunks
            + " (connector, source_database, source_table, run, chunk, attempt, blocks, row_count,"
            + " finished, is_last) VALUES (?,?,?,?,?,?,1,?,?,?) ON DUPLICATE KEY UPDATE"
            + " blocks = blocks + 1, row_count = row_count + VALUES(row_count),"
            + " finished = VALUES(finished), is_last = VALUES(is_last)";
    try (PreparedStatement insert = prepare(connection, sql, block)) {
      insert.setLong(6, block.attempt());
      insert.setInt(7, block.rowCount());
      insert.setBoolean(8, block.end() != CopyBlock.End.NONE);
      insert.setBoolean(9, block.end() == CopyBlock.End.TABLE);
      insert.executeUpdate();
    }
  }

  /** Forgets all copies, so that they are applied again; the caller commits. */
  void forget(Connection connection) throws SQLException {
    for (String table : new String[] {chunks, tables}) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE connector = ?")) {
        delete.setString(1, connector);
        delete.executeUpdate();
      }
    }
  }

  private PreparedStatement prepare(Connection connection, String sql, CopyBlock block)
      throws SQLException {
    PreparedStatement statement = prepare(connection, sql, block.table());
    statement.setLong(4, block.run());
    statement.setInt(5, block.chunk());
    return statement;
  }

  private PreparedStatement prepare(Connection connection, String sql, TableId table)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, connector);
    statement.setString(2, table.database());
    statement.setString(3, table.table());
    return statement;
  }

  private static OptionalLong number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }
}
