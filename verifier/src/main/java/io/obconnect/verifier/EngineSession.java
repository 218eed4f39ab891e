package io.obconnect.verifier;

import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection whose session writes values the same way on either engine. */
final class EngineSession {

  private static final long STATEMENT_TIMEOUT_MS = 600_000;

  private static final int FETCH_ROWS = 1_000;

  private final Connection connection;

  private EngineSession(Connection connection) {
    this.connection = connection;
  }

  /** Changes the session for good; the caller gives a connection that does nothing else. */
  static EngineSession prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET NAMES utf8mb4 COLLATE utf8mb4_bin");
      statement.execute("SET SESSION time_zone='+00:00'");
      statement.execute("SET SESSION sql_mode=''");
      if (isOceanBase(statement)) {
        // OceanBase ends a statement after 10 s by default; the unit is microseconds.
        statement.execute("SET SESSION ob_query_timeout=" + STATEMENT_TIMEOUT_MS * 1_000);
        statement.execute("SET SESSION ob_read_consistency='STRONG'");
      } else {
        statement.execute("SET SESSION max_execution_time=" + STATEMENT_TIMEOUT_MS);
      }
    }
    return new EngineSession(connection);
  }

  private static boolean isOceanBase(Statement statement) throws SQLException {
    try (ResultSet version = statement.executeQuery("SELECT VERSION()")) {
      return version.next() && version.getString(1).toLowerCase(Locale.ROOT).contains("oceanbase");
    }
  }

  List<TableId> tables(String database) throws SQLException {
    String sql =
        "SELECT TABLE_NAME FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA=? AND TABLE_TYPE='BASE TABLE' ORDER BY TABLE_NAME";
    List<TableId> tables = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tables.add(new TableId(database, rows.getString(1)));
        }
      }
    }
    return List.copyOf(tables);
  }

  /** The columns in their order, invisible ones too; empty if the table does not exist. */
  List<ColumnInfo> columns(TableId table) throws SQLException {
    String sql =
        "SELECT COLUMN_NAME,DATA_TYPE,COLUMN_TYPE,COALESCE(CHARACTER_OCTET_LENGTH,0),"
            + "COALESCE(DATETIME_PRECISION,NUMERIC_SCALE,-1) FROM information_schema.COLUMNS"
            + " WHERE TABLE_SCHEMA=? AND TABLE_NAME=? ORDER BY ORDINAL_POSITION";
    List<ColumnInfo> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.database());
      statement.setString(2, table.table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new ColumnInfo(
                  rows.getString(1),
                  ColumnKind.of(rows.getString(2)),
                  rows.getString(3),
                  rows.getLong(4),
                  rows.getInt(5)));
        }
      }
    }
    return List.copyOf(columns);
  }

  TableChecksum checksum(TableId table, List<String> canonicalTexts) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ChecksumExpression.query(table, canonicalTexts))) {
      if (!row.next()) {
        throw new SQLException("the checksum query of " + table + " returned no row");
      }
      String sum = row.getString(4);
      return new TableChecksum(
          row.getLong(1), row.getLong(2), row.getString(3), sum == null ? "0" : sum);
    }
  }

  /** The texts of one row of expressions. */
  List<String> evaluate(List<String> expressions) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + String.join(",", expressions))) {
      List<String> texts = new ArrayList<>();
      if (row.next()) {
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
          texts.add(row.getString(column));
        }
      }
      return texts;
    }
  }

  /** Streams rows, so that memory does not grow with the table. */
  void forEachRow(String sql, RowConsumer consumer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    }
  }

  /** Takes the current row of a result set. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }
}
