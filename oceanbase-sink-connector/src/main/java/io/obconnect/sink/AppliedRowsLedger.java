package io.obconnect.sink;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Up to which position in the source's log the rows of a table had been applied when a narrowing
 * change was carried out, or when it was copied. A source that was restarted sends rows again that
 * it had sent before that change; they do not fit the table any more, and their effects are in it.
 */
final class AppliedRowsLedger {
  private final String connector;
  private final String table;

  /**
   * A ledger for one connector.
   *
   * @param database exists already
   */
  AppliedRowsLedger(String connector, String database) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.table = SqlText.identifier(database) + ".`applied_rows`";
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `source_database` VARCHAR(64) NOT NULL,
                `source_table` VARCHAR(64) NOT NULL,
                `log_position` VARCHAR(500) NOT NULL,
                PRIMARY KEY (`connector`, `source_database`, `source_table`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
    }
  }

  /** What is known of all tables. */
  Map<TableId, LogPosition> read(Connection connection) throws SQLException {
    Map<TableId, LogPosition> positions = new HashMap<>();
    String sql =
        "SELECT source_database, source_table, log_position FROM " + table + " WHERE connector = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          TableId id = new TableId(row.getString(1), row.getString(2));
          LogPosition.parse(row.getString(3)).ifPresent(position -> positions.put(id, position));
        }
      }
    }
    return positions;
  }

  /** What is known of one table. */
  Optional<LogPosition> read(Connection connection, TableId id) throws SQLException {
    String sql =
        "SELECT log_position FROM "
            + table
            + " WHERE connector = ? AND source_database = ? AND source_table = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      select.setString(2, id.database());
      select.setString(3, id.table());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? LogPosition.parse(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Notes a position; the caller commits. */
  void note(Connection connection, TableId id, LogPosition position) throws SQLException {
    String sql =
        "INSERT INTO "
            + table
            + " (connector, source_database, source_table, log_position) VALUES (?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE log_position = VALUES(log_position)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, connector);
      insert.setString(2, id.database());
      insert.setString(3, id.table());
      insert.setString(4, position.text());
      insert.executeUpdate();
    }
  }
}
