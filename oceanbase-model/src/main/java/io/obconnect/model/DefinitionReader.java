package io.obconnect.model;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Reads what a server says about its tables. */
public final class DefinitionReader {

  private static final int NO_SUCH_TABLE = 1146;
  private static final int NO_SUCH_DATABASE = 1049;

  private DefinitionReader() {}

  /**
   * Reads a table's definition; empty if there is no such table, or if it is a view. Leaves
   * OceanBase's session in the mode that prints definitions as MySQL does.
   *
   * @throws SQLException if the server cannot be asked, or its answer is not understood
   */
  public static Optional<TableDefinition> read(
      Connection connection, DestinationProfile profile, TableId id) throws SQLException {
    String text;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (profile.isOceanBase()) {
        // Else it prints attributes of its storage that no other server reads.
        statement.execute("SET _show_ddl_in_compat_mode = 1");
      }
      try (ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + id.quoted())) {
        if (!rows.next()) {
          return Optional.empty();
        }
        text = rows.getString(2);
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
        return Optional.empty();
      }
      throw e;
    }
    List<DdlStatement> statements = new DdlParser().parse(text, id.database());
    DdlStatement statement = statements.get(0);
    if (statement instanceof DdlStatement.CreateTable create) {
      return Optional.of(complete(create.table(), profile));
    }
    if (statement instanceof DdlStatement.CreateView) {
      return Optional.empty();
    }
    String reason = statement instanceof DdlStatement.Unparseable broken ? broken.reason() : "";
    throw new SQLException(
        "what SHOW CREATE TABLE prints for " + id.quoted() + " is not understood: " + reason);
  }

  /** Servers leave out the collation that a character set has by default. */
  private static TableDefinition complete(TableDefinition table, DestinationProfile profile) {
    TableOptions options = table.options();
    return table
        .withOptions(
            new TableOptions(
                options.charset(),
                options.collation().or(() -> options.charset().flatMap(profile::defaultCollation)),
                options.comment(),
                options.autoIncrement(),
                options.others()))
        .withColumns(table.columns().stream().map(c -> c.withType(complete(c, profile))).toList());
  }

  private static ColumnType complete(ColumnDefinition column, DestinationProfile profile) {
    ColumnType type = column.type();
    return type.withText(
        type.charset(),
        type.collation().or(() -> type.charset().flatMap(profile::defaultCollation)));
  }
}
