package io.obconnect.sink;

import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.DefinitionReader;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableFit;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out from the destination and the ledger whether a source table is ready. Used by the lane's
 * thread only.
 */
final class TableResolver {
  private static final String COLUMNS =
      """
      SELECT column_name, data_type, column_type, extra, collation_name, is_nullable, datetime_precision
      FROM information_schema.columns
      WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";
  private static final String UNIQUE_KEYS =
      """
      SELECT index_name, column_name, sub_part FROM information_schema.statistics
      WHERE table_schema = ? AND table_name = ? AND non_unique = 0 ORDER BY index_name, seq_in_index""";
  private static final String PRIMARY = "PRIMARY";

  private record Column(DestinationColumn column, boolean nullable) {}

  private final DestinationSession session;
  private final Ledger ledger;
  private final ExistingTables existing;
  private final Optional<CopyLedger> copies;
  private final AppliedRowsLedger appliedRows;
  private final TableCatalog catalog;
  private final Selection selection;
  private final boolean keyless;

  /**
   * By the destination's folded name, the source table that was first found ready: without a schema
   * topic the ledger knows none.
   */
  private final Map<TableId, TableId> owners = new HashMap<>();

  /**
   * A resolver for one connector.
   *
   * @param existing decides whose an existing table is
   * @param copies of tables whose rows may come as blocks; empty where none do
   * @param catalog is told up to which change rows that came as blocks have everything
   * @param selection how tables are called in the destination
   * @param keyless whether tables without any key are written to
   */
  TableResolver(
      DestinationSession session,
      Ledger ledger,
      ExistingTables existing,
      Optional<CopyLedger> copies,
      AppliedRowsLedger appliedRows,
      TableCatalog catalog,
      Selection selection,
      boolean keyless) {
    this.session = Objects.requireNonNull(session, "session");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.existing = Objects.requireNonNull(existing, "existing");
    this.copies = Objects.requireNonNull(copies, "copies");
    this.appliedRows = Objects.requireNonNull(appliedRows, "appliedRows");
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.selection = Objects.requireNonNull(selection, "selection");
    this.keyless = keyless;
  }

  /** The state of a source table. */
  TableState resolve(TableId table) throws SQLException {
    Connection connection = session.connection();
    List<Ledger.TableEntry> known = ledger.tablesNamedLike(connection, table);
    Optional<TableState> collision = collision(table, session.profile(), known);
    TableState state = collision.isPresent() ? collision.get() : stateOf(connection, table, known);
    connection.commit();
    return state;
  }

  /**
   * Source tables that the connector has written to before and is still to write; not all of very
   * many.
   */
  List<TableId> inUse() throws SQLException {
    List<TableId> tables = existing.sources().stream().filter(selection::includes).toList();
    session.connection().commit();
    return tables;
  }

  /**
   * Why no definition of a source table can be carried out, whatever it says. Takes nothing into
   * use.
   *
   * @param exists whether the destination has a table of its name
   */
  Optional<TableState.Failed> obstacle(TableId table, boolean exists) throws SQLException {
    List<Ledger.TableEntry> known = ledger.tablesNamedLike(session.connection(), table);
    Optional<TableState> obstacle = collision(table, session.profile(), known);
    if (obstacle.isEmpty() && exists) {
      obstacle = existing.obstacle(table, known);
    }
    if (obstacle.isEmpty() && exists) {
      TableId owner = existing.owner(table).orElse(table);
      obstacle = ownedByAnother(table, owner);
    }
    session.connection().commit();
    return obstacle.filter(TableState.Failed.class::isInstance).map(TableState.Failed.class::cast);
  }

  private TableState stateOf(Connection connection, TableId table, List<Ledger.TableEntry> known)
      throws SQLException {
    TableId destination = selection.destination(table);
    List<Column> columns = columns(connection, destination, session.profile().engine());
    if (columns.isEmpty()) {
      return stateOfMissing(table, known);
    }
    Optional<TableState> failed = failedChange(table, known);
    if (failed.isEmpty()) {
      failed = refusedBefore(connection, table, known);
    }
    if (failed.isEmpty()) {
      failed = existing.obstacle(table, known);
    }
    if (failed.isEmpty()) {
      return stateOfExisting(connection, table, destination, columns);
    }
    return failed.get() instanceof TableState.Missing ? stateOfMissing(table, known) : failed.get();
  }

  /** A table that exists is Ready whatever became of its own CREATE TABLE. */
  private static Optional<TableState> failedChange(TableId table, List<Ledger.TableEntry> known) {
    return known.stream()
        .filter(entry -> entry.table().equals(table))
        .filter(entry -> entry.outcome() == Ledger.Outcome.FAILED)
        .filter(entry -> !entry.kind().equals(DdlKind.CREATE_TABLE.optionName()))
        .findFirst()
        .map(
            entry ->
                new TableState.Failed(
                    entry.notes()
                        + "; do what it was to do by hand, then set its outcome in the ledger to "
                        + Ledger.Outcome.MENDED,
                    false));
  }

  /** The reason says what to do; once that is done, and the table fits, it is used. */
  private Optional<TableState> refusedBefore(
      Connection connection, TableId table, List<Ledger.TableEntry> known) throws SQLException {
    Optional<Ledger.TableEntry> refused =
        known.stream()
            .filter(entry -> entry.table().equals(table))
            .filter(entry -> entry.kind().equals(DdlKind.CREATE_TABLE.optionName()))
            .reduce((earlier, later) -> later)
            .filter(entry -> entry.outcome() == Ledger.Outcome.EXISTING_REFUSED);
    if (refused.isPresent() && fitsNow(connection, table, refused.get())) {
      ledger.mended(connection, table);
      return Optional.empty();
    }
    return refused.map(entry -> new TableState.Failed(entry.notes(), false));
  }

  private boolean fitsNow(Connection connection, TableId table, Ledger.TableEntry refused)
      throws SQLException {
    Optional<TableDefinition> has =
        DefinitionReader.read(connection, session.profile(), selection.destination(table));
    return has.isPresent()
        && refused.convertedDdl().stream()
            .flatMap(sql -> new DdlParser().parse(sql, "").stream())
            .filter(DdlStatement.CreateTable.class::isInstance)
            .map(statement -> ((DdlStatement.CreateTable) statement).table())
            .anyMatch(wanted -> TableFit.of(wanted, has.get()).isCompatible());
  }

  /**
   * A destination that ignores case would mix the rows of `orders` and `Orders`: the first one seen
   * keeps the name.
   */
  private Optional<TableState> collision(
      TableId table, DestinationProfile profile, List<Ledger.TableEntry> known) {
    if (!profile.lowerCaseTableNames()) {
      return Optional.empty();
    }
    TableId destination = selection.destination(table);
    TableId owner =
        known.isEmpty()
            ? owners.getOrDefault(profile.folded(destination), table)
            : known.get(0).table();
    TableId owned = selection.destination(owner);
    return owned.equals(destination) || !profile.folded(owned).equals(profile.folded(destination))
        ? Optional.empty()
        : Optional.of(
            new TableState.Failed(
                "table "
                    + table.quoted()
                    + " collides with "
                    + owner.quoted()
                    + ": the destination does not distinguish names by case; rename one of them",
                true));
  }

  /** Rows of several source tables overwrite each other unless somebody says how they differ. */
  private Optional<TableState> ownedByAnother(TableId table, TableId owner) {
    return owner.equals(table) || !selection.hasOneSource()
        ? Optional.empty()
        : Optional.of(
            new TableState.Failed(
                "table "
                    + table.quoted()
                    + " would be merged into "
                    + selection.destination(table).quoted()
                    + ", which has the rows of "
                    + owner.quoted()
                    + "; map it to another name, or allow merging with "
                    + SelectionOptions.NAMES_MAP_MERGE,
                true));
  }

  private static TableState stateOfMissing(TableId table, List<Ledger.TableEntry> known) {
    return known.stream()
        .filter(entry -> entry.table().equals(table))
        .reduce((earlier, later) -> later)
        .filter(
            entry ->
                entry.outcome() == Ledger.Outcome.FAILED
                    || entry.outcome() == Ledger.Outcome.EXISTING_REFUSED)
        .<TableState>map(entry -> new TableState.Failed(entry.notes(), false))
        .orElseGet(TableState.Missing::new);
  }

  private TableState stateOfExisting(
      Connection connection, TableId table, TableId destination, List<Column> columns)
      throws SQLException {
    TablePlan plan =
        plan(
            destination,
            columns,
            uniqueKeys(connection, destination),
            selection.keepsKeysApart(destination));
    if (plan.tableClass() == TableClass.KEYLESS && !keyless) {
      return new TableState.Failed(
          "destination table "
              + destination.quoted()
              + " has no primary key, and no unique key without NULLs, so changes cannot find their"
              + " rows; add one, or allow such tables with "
              + WriteOptions.KEYLESS_TABLES,
          false);
    }
    Optional<TableState> taken = ownedByAnother(table, existing.take(table));
    if (taken.isPresent()) {
      return taken.get();
    }
    owners.putIfAbsent(session.profile().folded(destination), table);
    return copies.isPresent()
        ? stateOfCopy(connection, copies.get(), table, plan)
        : new TableState.Ready(plan);
  }

  /** A table that exists says nothing: its definition has to say whether its rows are to come. */
  private TableState stateOfCopy(
      Connection connection, CopyLedger copies, TableId table, TablePlan plan) throws SQLException {
    OptionalLong run = copies.run(connection, table);
    if (run.isEmpty()) {
      return new TableState.Missing();
    }
    if (run.getAsLong() == CopyLedger.NO_COPY) {
      return new TableState.Ready(plan);
    }
    if (!copies.isComplete(connection, table, run.getAsLong())) {
      return new TableState.Copying(plan);
    }
    // Another task may have written the last block.
    appliedRows
        .read(connection, table)
        .ifPresent(position -> catalog.putAppliedRows(table, position));
    return new TableState.Ready(plan);
  }

  private static TablePlan plan(
      TableId table, List<Column> columns, List<UniqueKey> keys, boolean merged) {
    Map<String, DestinationColumn> byName =
        TablePlan.byFoldedName(columns.stream().map(Column::column).toList());
    Set<String> nullable =
        columns.stream()
            .filter(Column::nullable)
            .map(column -> DestinationColumn.fold(column.column().name()))
            .collect(Collectors.toSet());
    Optional<UniqueKey> rowKey = rowKey(keys, nullable);
    return new TablePlan(
        table,
        byName,
        rowKey
            .map(key -> key.columns().stream().map(UniqueKey.Part::column).toList())
            .orElse(List.of()),
        keys.stream().filter(key -> !key.equals(rowKey.orElse(null))).toList(),
        keys.stream().flatMap(key -> key.columns().stream()).anyMatch(UniqueKey.Part::isExpression),
        merged);
  }

  /** The primary key, or the first unique key that tells all rows apart. */
  private static Optional<UniqueKey> rowKey(List<UniqueKey> keys, Set<String> nullable) {
    return keys.stream()
        .filter(key -> key.name().equals(PRIMARY))
        .findFirst()
        .or(
            () ->
                keys.stream()
                    .filter(
                        key ->
                            key.columns().stream()
                                .noneMatch(
                                    part ->
                                        part.isExpression()
                                            || part.prefixChars() > 0
                                            || nullable.contains(part.column())))
                    .findFirst());
  }

  private static List<Column> columns(
      Connection connection, TableId table, DestinationProfile.Engine engine) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
      select.setString(1, table.database());
      select.setString(2, table.table());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          columns.add(new Column(column(row, engine), row.getString(6).equalsIgnoreCase("YES")));
        }
      }
    }
    return columns;
  }

  private static DestinationColumn column(ResultSet row, DestinationProfile.Engine engine)
      throws SQLException {
    return new DestinationColumn(
        row.getString(1),
        row.getString(2).toLowerCase(Locale.ROOT),
        row.getString(3).toLowerCase(Locale.ROOT).contains("unsigned"),
        text(row, 4).toUpperCase(Locale.ROOT).contains(" GENERATED"),
        row.getInt(7),
        text(row, 5).toLowerCase(Locale.ROOT),
        engine);
  }

  private static String text(ResultSet row, int index) throws SQLException {
    return Objects.requireNonNullElse(row.getString(index), "");
  }

  private static List<UniqueKey> uniqueKeys(Connection connection, TableId table)
      throws SQLException {
    Map<String, List<UniqueKey.Part>> parts = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(UNIQUE_KEYS)) {
      select.setString(1, table.database());
      select.setString(2, table.table());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          parts
              .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
              .add(new UniqueKey.Part(DestinationColumn.fold(text(row, 2)), row.getInt(3)));
        }
      }
    }
    return parts.entrySet().stream()
        .map(entry -> new UniqueKey(entry.getKey(), entry.getValue()))
        .toList();
  }
}
