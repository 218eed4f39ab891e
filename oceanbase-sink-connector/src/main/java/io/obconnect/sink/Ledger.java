package io.obconnect.sink;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sink's memory in the destination: what became of every schema change. One row for a change,
 * written before the change is carried out and again after it, because DDL commits by itself.
 */
final class Ledger {

  /** The longest position that an entry keeps. */
  static final int MAX_POSITION_CHARS = 255;

  /**
   * The kind of what the sink itself adds to a table when its copy is over. Rows do not depend on
   * it: it never stops its table.
   */
  static final String INDEX_AFTER_COPY = "index-after-copy";

  /** What became of a schema change. */
  enum Outcome {
    /** About to be executed; whether it was is unknown after a crash, so it is executed again. */
    STARTED,
    /** Executed. */
    APPLIED,
    /** The destination had the table before; it is used as it is. */
    FOUND_EXISTING,
    /** The destination has a table that must not be used; the reason says why. Its table waits. */
    EXISTING_REFUSED,
    /** Left for later: for a person, or for the sink itself if it is an index after the copy. */
    HELD_BACK,
    /** Not executed, because a policy says so or because it takes effect in another way. */
    NOT_CARRIED_OVER,
    /** It cannot be carried out; the reason says why. Its table waits. */
    FAILED,
    /**
     * Set by hand: somebody has done what a failed change was to do, and its table goes on. Or an
     * existing table that did not fit does now.
     */
    MENDED
  }

  /**
   * One schema change.
   *
   * @param id identifies the change across restarts, see {@code SchemaApplier}
   * @param kind what it does, by the names of its options
   * @param table the table concerned; its name is empty for a database
   * @param position where the change stands in the source's log
   * @param originalDdl as the source ran it
   * @param convertedDdl as the destination runs it, null when there is none
   * @param notes one line for each rewrite or reason
   */
  record Entry(
      String id,
      String kind,
      TableId table,
      String position,
      String originalDdl,
      String convertedDdl,
      Outcome outcome,
      List<String> notes) {
    Entry {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(outcome, "outcome");
      notes = List.copyOf(notes);
    }

    Entry with(Outcome newOutcome) {
      return new Entry(id, kind, table, position, originalDdl, convertedDdl, newOutcome, notes);
    }

    Entry with(List<String> newNotes) {
      return new Entry(id, kind, table, position, originalDdl, convertedDdl, outcome, newNotes);
    }

    Entry converted(String ddl, List<String> newNotes) {
      return new Entry(id, kind, table, position, originalDdl, ddl, outcome, newNotes);
    }

    Entry refused(Outcome newOutcome, String reason) {
      return with(newOutcome).with(List.of(reason));
    }

    /** What is to be done later for the same table: once, however often it is asked for. */
    Entry later(String laterKind, String sql) {
      return new Entry(
          changeId(laterKind + "\n" + sql),
          laterKind,
          table,
          position,
          "",
          sql,
          Outcome.HELD_BACK,
          List.of());
    }
  }

  /** What the ledger says of one change. */
  record Recorded(Outcome outcome, Optional<String> convertedDdl) {}

  /**
   * What the ledger knows of a table name: the source's spelling, and what became of its
   * definition.
   */
  record TableEntry(
      TableId table, String kind, Outcome outcome, String notes, Optional<String> convertedDdl) {}

  private final String connector;
  private final String database;
  private final String table;
  private final Consumer<Outcome> outcomes;

  /**
   * A ledger for one connector.
   *
   * @param connector the connector's name; connectors share the tables
   * @param database created when missing
   * @param outcomes is told of every outcome that was recorded
   */
  Ledger(String connector, String database, Consumer<Outcome> outcomes) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.database = SqlText.identifier(database);
    this.table = this.database + ".`schema_changes`";
    this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
  }

  /** A fixed-size name of what identifies a change. */
  static String changeId(String identity) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS " + database);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `change_id` CHAR(64) NOT NULL,
                `source_database` VARCHAR(64) NOT NULL,
                `source_table` VARCHAR(64) NOT NULL,
                `source_position` VARCHAR(255) NOT NULL,
                `original_ddl` LONGTEXT NOT NULL,
                `converted_ddl` LONGTEXT,
                `kind` VARCHAR(1000) NOT NULL,
                `outcome` VARCHAR(32) NOT NULL,
                `notes` LONGTEXT NOT NULL,
                `recorded_at` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
                  ON UPDATE CURRENT_TIMESTAMP(3),
                PRIMARY KEY (`connector`, `change_id`),
                KEY `by_table` (`connector`, `source_database`, `source_table`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
    }
  }

  Optional<Recorded> recorded(Connection connection, String changeId) throws SQLException {
    String sql =
        "SELECT outcome, converted_ddl FROM " + table + " WHERE connector = ? AND change_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      select.setString(2, changeId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Recorded(
                    Outcome.valueOf(row.getString(1)), Optional.ofNullable(row.getString(2))))
            : Optional.empty();
      }
    } finally {
      connection.rollback();
    }
  }

  void record(Connection connection, Entry entry) throws SQLException {
    String sql =
        "INSERT INTO "
            + table
            + " (connector, change_id, source_database, source_table, source_position, original_ddl,"
            + " converted_ddl, outcome, notes, kind) VALUES (?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE"
            + " converted_ddl = VALUES(converted_ddl), outcome = VALUES(outcome), notes ="
            + " VALUES(notes)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, connector);
      insert.setString(2, entry.id());
      insert.setString(3, entry.table().database());
      insert.setString(4, entry.table().table());
      insert.setString(5, entry.position());
      insert.setString(6, entry.originalDdl());
      insert.setString(7, entry.convertedDdl());
      insert.setString(8, entry.outcome().name());
      insert.setString(9, String.join("\n", entry.notes()));
      insert.setString(10, entry.kind());
      insert.executeUpdate();
    }
    connection.commit();
    outcomes.accept(entry.outcome());
  }

  /**
   * The tables whose definitions were seen under this name in any case, the latest entry of each
   * last.
   */
  List<TableEntry> tablesNamedLike(Connection connection, TableId name) throws SQLException {
    String sql =
        "SELECT source_database, source_table, kind, outcome, notes, converted_ddl FROM "
            + table
            + " WHERE connector = ? AND LOWER(source_database) = LOWER(?) AND LOWER(source_table) ="
            + " LOWER(?) AND outcome NOT IN ('"
            + Outcome.NOT_CARRIED_OVER
            + "', '"
            + Outcome.HELD_BACK
            + "') AND kind <> '"
            + INDEX_AFTER_COPY
            + "' ORDER BY recorded_at, change_id";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      select.setString(2, name.database());
      select.setString(3, name.table());
      return readTables(select);
    }
  }

  /**
   * Indexes that are still to be created after the copy, also those that were begun.
   *
   * @param of their table, empty for all tables
   */
  List<Entry> indexesAfterCopy(Connection connection, Optional<TableId> of) throws SQLException {
    String sql =
        "SELECT change_id, source_database, source_table, source_position, original_ddl,"
            + " converted_ddl, outcome FROM "
            + table
            + " WHERE connector = ? AND kind = '"
            + INDEX_AFTER_COPY
            + "' AND outcome IN ('"
            + Outcome.HELD_BACK
            + "', '"
            + Outcome.STARTED
            + "')"
            + (of.isPresent() ? " AND source_database = ? AND source_table = ?" : "")
            + " ORDER BY recorded_at, change_id";
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      if (of.isPresent()) {
        select.setString(2, of.get().database());
        select.setString(3, of.get().table());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getString(1),
                  INDEX_AFTER_COPY,
                  new TableId(row.getString(2), row.getString(3)),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  Outcome.valueOf(row.getString(7)),
                  List.of()));
        }
      }
    } finally {
      connection.rollback();
    }
    return entries;
  }

  private static List<TableEntry> readTables(PreparedStatement select) throws SQLException {
    List<TableEntry> entries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        entries.add(
            new TableEntry(
                new TableId(row.getString(1), row.getString(2)),
                row.getString(3),
                Outcome.valueOf(row.getString(4)),
                row.getString(5),
                Optional.ofNullable(row.getString(6))));
      }
    }
    return entries;
  }

  /** Records that an existing table that did not fit has been changed so that it does. */
  void mended(Connection connection, TableId name) throws SQLException {
    String sql =
        "UPDATE "
            + table
            + " SET outcome = ? WHERE connector = ? AND source_database = ? AND source_table = ? AND"
            + " outcome = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, Outcome.MENDED.name());
      update.setString(2, connector);
      update.setString(3, name.database());
      update.setString(4, name.table());
      update.setString(5, Outcome.EXISTING_REFUSED.name());
      update.executeUpdate();
    }
    connection.commit();
    outcomes.accept(Outcome.MENDED);
  }
}
