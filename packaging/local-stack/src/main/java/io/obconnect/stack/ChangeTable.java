package io.obconnect.stack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What OceanBase has committed, in the order of its commits: triggers on the captured tables fill a
 * table, whose rows have the SCN of their commit. Statements see all commits up to one SCN, and
 * what commits later has a later one; so whoever has read rows has read all rows of earlier
 * commits. One thread only.
 */
final class ChangeTable implements AutoCloseable {
  private static final String DATABASE = "binlog_stand_in";
  private static final String CHANGES = DATABASE + ".changes";
  private static final String TRIGGER = "binlog_stand_in_";
  private static final String DDL = "Q";
  private static final int BATCH = 2_000;

  private static final String COLUMNS =
      "SELECT column_name, data_type, column_type, is_nullable, column_key,"
          + " IFNULL(character_octet_length, 0)"
          + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
          + " ORDER BY ordinal_position";

  private final Connection connection;
  private final Map<Long, BinlogTable> tables = new HashMap<>();
  private final Map<String, BinlogTable> latest = new HashMap<>();
  private final Set<String> databases = new HashSet<>();
  private long lastTable;
  private long lastScn;

  /** What one commit changed, in the order of its statements. */
  record Commit(long scn, List<Change> changes) {}

  /** A row, or a schema change. */
  sealed interface Change permits Row, Ddl {}

  /** A row. */
  record Row(RowChange row) implements Change {}

  /** A schema change. */
  record Ddl(String database, String sql) implements Change {}

  /** Creates the table anew. */
  ChangeTable(Connection connection) throws SQLException {
    this.connection = connection;
    execute(
        "SET SESSION ob_query_timeout = 60000000",
        "DROP DATABASE IF EXISTS " + DATABASE,
        "CREATE DATABASE " + DATABASE,
        "CREATE TABLE "
            + CHANGES
            + " (seq BIGINT AUTO_INCREMENT PRIMARY KEY, kind CHAR(1) NOT NULL, tab BIGINT NOT"
            + " NULL, old_row LONGTEXT, new_row LONGTEXT)");
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Captures the tables of a database, as they are now. Nobody may write to a table that is not
   * captured in this form yet.
   */
  void capture(String database) throws SQLException {
    databases.add(database);
    // OceanBase creates no trigger without a current database, whatever its name says.
    execute("USE `" + database + "`");
    Map<String, List<String>> triggers = triggers(database);
    for (String table : tables(database)) {
      List<BinlogColumn> columns = columns(database, table);
      List<String> present = triggers.getOrDefault(table, List.of());
      BinlogTable known = latest.get(database + "." + table);
      if (known == null
          || !sameShape(known.columns(), columns)
          || !present.contains(trigger("I", known))) {
        dropTriggers(database, present);
        BinlogTable fresh = new BinlogTable(++lastTable, database, table, columns);
        tables.put(fresh.number(), fresh);
        latest.put(database + "." + table, fresh);
        createTriggers(fresh);
      }
    }
  }

  private static String trigger(String kind, BinlogTable table) {
    return TRIGGER + kind.toLowerCase(Locale.ROOT) + table.number();
  }

  /** The names of this class's triggers, by their tables. */
  private Map<String, List<String>> triggers(String database) throws SQLException {
    Map<String, List<String>> names = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT event_object_table, trigger_name FROM information_schema.triggers WHERE"
                + " trigger_schema = ? AND trigger_name LIKE '"
                + TRIGGER
                + "%'")) {
      query.setString(1, database);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          names.computeIfAbsent(row.getString(1), key -> new ArrayList<>()).add(row.getString(2));
        }
      }
    }
    return names;
  }

  private static boolean sameShape(List<BinlogColumn> left, List<BinlogColumn> right) {
    return shape(left).equals(shape(right));
  }

  private static String shape(List<BinlogColumn> columns) {
    return columns.stream().map(BinlogColumn::shape).collect(Collectors.joining(","));
  }

  private List<String> tables(String database) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND"
                + " table_type = 'BASE TABLE'")) {
      query.setString(1, database);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  private List<BinlogColumn> columns(String database, String table) throws SQLException {
    List<BinlogColumn> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, database);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(
              BinlogColumn.of(
                  new BinlogColumn.Definition(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getString(4).equals("YES"),
                      row.getString(5).equals("PRI"),
                      row.getLong(6))));
        }
      }
    }
    return columns;
  }

  private void createTriggers(BinlogTable table) throws SQLException {
    createTrigger(table, "INSERT", "I", "NULL", image(table, "NEW"));
    createTrigger(table, "UPDATE", "U", image(table, "OLD"), image(table, "NEW"));
    createTrigger(table, "DELETE", "D", image(table, "OLD"), "NULL");
  }

  private void createTrigger(
      BinlogTable table, String event, String kind, String before, String after)
      throws SQLException {
    execute(
        "CREATE TRIGGER %s AFTER %s ON `%s`.`%s` FOR EACH ROW INSERT INTO %s (kind, tab, old_row, new_row) VALUES ('%s', %d, %s, %s)"
            .formatted(
                "`" + table.database() + "`.`" + trigger(kind, table) + "`",
                event,
                table.database(),
                table.name(),
                CHANGES,
                kind,
                table.number(),
                before,
                after));
  }

  private static String image(BinlogTable table, String row) {
    return table.columns().stream()
        .map(column -> column.capture(row))
        .collect(Collectors.joining(",", "CONCAT_WS(',',", ")"));
  }

  /** Carries a schema change out, and notes it where it is in the order of commits. */
  void change(String database, String sql) throws SQLException {
    execute("USE `" + database + "`", sql);
    try (PreparedStatement note =
        connection.prepareStatement(
            "INSERT INTO " + CHANGES + " (kind, tab, old_row, new_row) VALUES ('Q', 0, ?, ?)")) {
      note.setString(1, database);
      note.setString(2, sql);
      note.executeUpdate();
    }
    capture(database);
  }

  /** What has been committed since the last call, and is forgotten by the next one. */
  List<Commit> take() throws SQLException {
    List<Commit> commits = new ArrayList<>();
    long lastSequence = 0;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT ora_rowscn, seq, kind, tab, old_row, new_row FROM "
                + CHANGES
                + " WHERE ora_rowscn > ? ORDER BY 1, 2")) {
      query.setLong(1, lastScn);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          long scn = row.getLong(1);
          if (commits.isEmpty() || commits.get(commits.size() - 1).scn() != scn) {
            commits.add(new Commit(scn, new ArrayList<>()));
          }
          commits.get(commits.size() - 1).changes().add(change(row));
          lastSequence = Math.max(lastSequence, row.getLong(2));
        }
      }
    }
    if (!commits.isEmpty()) {
      lastScn = commits.get(commits.size() - 1).scn();
      forget(lastSequence);
    }
    return commits;
  }

  private Change change(ResultSet row) throws SQLException {
    if (row.getString(3).equals(DDL)) {
      return new Ddl(row.getString(5), row.getString(6));
    }
    BinlogTable table = tables.get(row.getLong(4));
    return new Row(RowChange.of(table, row.getString(5), row.getString(6)));
  }

  /** Only to keep the table small. */
  private void forget(long lastSequence) throws SQLException {
    int deleted;
    do {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM " + CHANGES + " WHERE seq <= ? AND ora_rowscn <= ? LIMIT " + BATCH)) {
        delete.setLong(1, lastSequence);
        delete.setLong(2, lastScn);
        deleted = delete.executeUpdate();
      }
    } while (deleted == BATCH);
  }

  /** Leaves the tables as they were. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      for (String database : databases) {
        for (List<String> present : triggers(database).values()) {
          dropTriggers(database, present);
        }
      }
      execute("DROP DATABASE IF EXISTS " + DATABASE);
    }
  }

  private void dropTriggers(String database, List<String> names) throws SQLException {
    for (String trigger : names) {
      execute("DROP TRIGGER `" + database + "`.`" + trigger + "`");
    }
  }
}
