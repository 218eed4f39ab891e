package io.obconnect.model;

import java.util.List;
import java.util.stream.Collectors;

/** Writes statements as SQL that MySQL and OceanBase read alike. */
public final class StatementRenderer {

  private StatementRenderer() {}

  /**
   * Returns the statement's SQL; what exists or is missing already is no error where SQL can say
   * so.
   *
   * @throws IllegalArgumentException if the statement was not taken apart
   */
  public static String sql(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateTable create) {
      return TableRenderer.createTableSql(create.table());
    }
    if (statement instanceof DdlStatement.CreateTableLike like) {
      return "CREATE TABLE IF NOT EXISTS " + like.id().quoted() + " LIKE " + like.like().quoted();
    }
    if (statement instanceof DdlStatement.AlterTable alter) {
      return AlterRenderer.sql(alter);
    }
    if (statement instanceof DdlStatement.DropTables drop) {
      return "DROP TABLE IF EXISTS " + names(drop.tables());
    }
    if (statement instanceof DdlStatement.RenameTables rename) {
      return rename.renamings().stream()
          .map(pair -> pair.from().quoted() + " TO " + pair.to().quoted())
          .collect(Collectors.joining(", ", "RENAME TABLE ", ""));
    }
    if (statement instanceof DdlStatement.TruncateTable truncate) {
      return "TRUNCATE TABLE " + truncate.id().quoted();
    }
    return ofDatabaseOrView(statement);
  }

  private static String ofDatabaseOrView(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateDatabase create) {
      return TableRenderer.createDatabaseSql(create.name(), create.charset(), create.collation());
    }
    if (statement instanceof DdlStatement.AlterDatabase alter) {
      return "ALTER DATABASE "
          + SqlText.identifier(alter.name())
          + TableRenderer.databaseOptions(alter.charset(), alter.collation());
    }
    if (statement instanceof DdlStatement.DropDatabase drop) {
      return "DROP DATABASE IF EXISTS " + SqlText.identifier(drop.name());
    }
    if (statement instanceof DdlStatement.CreateView create) {
      return view(create.view(), create.replaces());
    }
    if (statement instanceof DdlStatement.DropViews drop) {
      return "DROP VIEW IF EXISTS " + names(drop.views());
    }
    throw new IllegalArgumentException("no statement that is carried over: " + statement);
  }

  private static String view(ViewDefinition view, boolean replaces) {
    String columns =
        view.columns().stream()
            .map(SqlText::identifier)
            .collect(Collectors.joining(", ", " (", ")"));
    return "CREATE "
        + (replaces ? "OR REPLACE " : "")
        + (view.invokerRights() ? "SQL SECURITY INVOKER " : "")
        + "VIEW "
        + view.id().quoted()
        + (view.columns().isEmpty() ? "" : columns)
        + " AS "
        + view.query()
        + (view.check().isEmpty() ? "" : " WITH " + view.check() + " CHECK OPTION");
  }

  private static String names(List<TableId> tables) {
    return tables.stream().map(TableId::quoted).collect(Collectors.joining(", "));
  }
}
