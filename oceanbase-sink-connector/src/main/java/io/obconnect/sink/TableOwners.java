package io.obconnect.sink;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which source table each destination table in use belongs to, in the destination, so that all
 * tasks agree and a restart changes nothing.
 */
final class TableOwners {
  /** Each takes a few queries to look up, in every task. */
  private static final int MAX_SOURCES = 100;

  private final String connector;
  private final String table;

  /** The owners of one connector's tables; connectors share the ledger's database. */
  TableOwners(String connector, String database) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.table = SqlText.identifier(database) + ".`table_owners`";
  }

  /** Creates the table; the ledger has created the database. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `destination_database` VARCHAR(64) NOT NULL,
                `destination_table` VARCHAR(64) NOT NULL,
                `source_database` VARCHAR(64) NOT NULL,
                `source_table` VARCHAR(64) NOT NULL,
                PRIMARY KEY (`connector`, `destination_database`, `destination_table`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
    }
  }

  /**
   * Gives the destination table to the source table unless it has an owner, and returns that.
   *
   * @param destination in lower case if the destination does not distinguish names by case
   */
  TableId own(Connection connection, TableId destination, TableId source) throws SQLException {
    Optional<TableId> owner = owner(connection, destination);
    if (owner.isPresent()) {
      return owner.get();
    }
    String insert =
        "INSERT INTO "
            + table
            + " VALUES (?,?,?,?,?) ON DUPLICATE KEY UPDATE connector = VALUES(connector)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      name(statement, destination);
      statement.setString(4, source.database());
      statement.setString(5, source.table());
      statement.executeUpdate();
    }
    connection.commit();
    return owner(connection, destination).orElse(source);
  }

  /** The source table that a destination table, named as for {@link #own}, belongs to. */
  Optional<TableId> owner(Connection connection, TableId destination) throws SQLException {
    String select =
        "SELECT source_database, source_table FROM "
            + table
            + " WHERE connector = ? AND destination_database = ? AND destination_table = ?";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      name(statement, destination);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new TableId(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** The source tables that own a table, at most {@value #MAX_SOURCES}. */
  List<TableId> sources(Connection connection) throws SQLException {
    String select =
        "SELECT DISTINCT source_database, source_table FROM "
            + table
            + " WHERE connector = ? ORDER BY source_database, source_table LIMIT "
            + MAX_SOURCES;
    List<TableId> sources = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, connector);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          sources.add(new TableId(row.getString(1), row.getString(2)));
        }
      }
    }
    return sources;
  }

  /** Another connector that has the destination table, named as for {@link #own}. */
  Optional<String> otherConnector(Connection connection, TableId destination) throws SQLException {
    String select =
        "SELECT MIN(connector) FROM "
            + table
            + " WHERE connector <> ? AND destination_database = ? AND destination_table = ?";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      name(statement, destination);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  private void name(PreparedStatement statement, TableId destination) throws SQLException {
    statement.setString(1, connector);
    statement.setString(2, destination.database());
    statement.setString(3, destination.table());
  }
}
