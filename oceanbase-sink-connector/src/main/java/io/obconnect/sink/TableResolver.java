package io.obconnect.sink;

import io.obconnect.model.DestinationProfile;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out from the destination and the ledger whether a source table is ready. Used by the lane's
 * thread only.
 */
final class TableResolver {
  private static final String COLUMNS =
      """
      SELECT column_name, data_type, column_type, extra FROM information_schema.columns
      WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";
  private static final String UNIQUE_KEYS =
      """
      SELECT index_name, column_name FROM information_schema.statistics
      WHERE table_schema = ? AND table_name = ? AND non_unique = 0 ORDER BY index_name, seq_in_index""";

  private record UniqueKeys(List<String> primaryKey, boolean others) {}

  private final DestinationSession session;
  private final Ledger ledger;

  /**
   * By folded name, the table that was first found ready: without a schema topic the ledger knows
   * none.
   */
  private final Map<TableId, TableId> owners = new HashMap<>();

  TableResolver(DestinationSession session, Ledger ledger) {
    this.session = Objects.requireNonNull(session, "session");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
  }

  TableState resolve(TableId table) throws SQLException {
    Connection connection = session.connection();
    List<Ledger.TableEntry> known = ledger.tablesNamedLike(connection, table);
    Optional<TableState> collision = collision(table, session.profile(), known);
    TableState state = collision.isPresent() ? collision.get() : stateOf(connection, table, known);
    connection.commit();
    return state;
  }

  private TableState stateOf(Connection connection, TableId table, List<Ledger.TableEntry> known)
      throws SQLException {
    List<DestinationColumn> columns = columns(connection, table, session.profile().engine());
    return columns.isEmpty()
        ? stateOfMissing(table, known)
        : stateOfExisting(connection, table, columns);
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
    TableId owner =
        known.isEmpty() ? owners.getOrDefault(folded(table), table) : known.get(0).table();
    return owner.equals(table)
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

  private static TableId folded(TableId table) {
    return new TableId(
        table.database().toLowerCase(Locale.ROOT), table.table().toLowerCase(Locale.ROOT));
  }

  private static TableState stateOfMissing(TableId table, List<Ledger.TableEntry> known) {
    return known.stream()
        .filter(entry -> entry.table().equals(table))
        .reduce((earlier, later) -> later)
        .filter(entry -> entry.outcome() == Ledger.Outcome.FAILED)
        .<TableState>map(entry -> new TableState.Failed(entry.notes(), false))
        .orElseGet(TableState.Missing::new);
  }

  private TableState stateOfExisting(
      Connection connection, TableId table, List<DestinationColumn> columns) throws SQLException {
    UniqueKeys keys = uniqueKeys(connection, table);
    if (keys.primaryKey().isEmpty()) {
      return new TableState.Failed(
          "destination table "
              + table.quoted()
              + " has no primary key, so changes cannot find their rows; add one",
          true);
    }
    owners.putIfAbsent(folded(table), table);
    return new TableState.Ready(
        new TableWriter(
            new TablePlan(
                table, TablePlan.byFoldedName(columns), keys.primaryKey(), keys.others())));
  }

  private static List<DestinationColumn> columns(
      Connection connection, TableId table, DestinationProfile.Engine engine) throws SQLException {
    List<DestinationColumn> columns = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
      select.setString(1, table.database());
      select.setString(2, table.table());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          columns.add(
              new DestinationColumn(
                  row.getString(1),
                  row.getString(2).toLowerCase(Locale.ROOT),
                  row.getString(3).toLowerCase(Locale.ROOT).contains("unsigned"),
                  Objects.requireNonNullElse(row.getString(4), "")
                      .toUpperCase(Locale.ROOT)
                      .contains(" GENERATED"),
                  engine));
        }
      }
    }
    return columns;
  }

  private static UniqueKeys uniqueKeys(Connection connection, TableId table) throws SQLException {
    List<String> primaryKey = new ArrayList<>();
    boolean others = false;
    try (PreparedStatement select = connection.prepareStatement(UNIQUE_KEYS)) {
      select.setString(1, table.database());
      select.setString(2, table.table());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (row.getString(1).equals("PRIMARY")) {
            primaryKey.add(DestinationColumn.fold(row.getString(2)));
          } else {
            others = true;
          }
        }
      }
    }
    return new UniqueKeys(primaryKey, others);
  }
}
