package io.obconnect.sink;

import io.obconnect.model.DdlKind;
import io.obconnect.model.TableId;
import io.obconnect.sink.Ledger.Outcome;
import io.obconnect.sink.Ledger.TableEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whose an existing destination table is. It is this connector's from the moment on when it
 * is ready for rows, whoever created it: what may hold rows of ours is never dropped. Used by the
 * control lane's thread only.
 */
final class ExistingTables {
  private static final Set<Outcome> USED =
      EnumSet.of(Outcome.APPLIED, Outcome.FOUND_EXISTING, Outcome.MENDED);

  /** Once that is done, the table counts as this connector's. */
  static final String WHAT_TO_DO =
      "change it until it fits, or move it out of the way and run converted_ddl from the ledger; or"
          + " use it as it is by setting the outcome in the ledger to "
          + Outcome.MENDED;

  private final DestinationSession session;
  private final Ledger ledger;
  private final TableOwners owners;
  private final Selection selection;
  private final ExistingTablePolicy policy;

  ExistingTables(
      DestinationSession session,
      Ledger ledger,
      TableOwners owners,
      Selection selection,
      ExistingTablePolicy policy) {
    this.session = Objects.requireNonNull(session, "session");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.owners = Objects.requireNonNull(owners, "owners");
    this.selection = Objects.requireNonNull(selection, "selection");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /** What keeps rows from a table that exists; empty if it may be used as far as that goes. */
  Optional<TableState> obstacle(TableId source, List<TableEntry> known) throws SQLException {
    if (policy == ExistingTablePolicy.USE_IF_COMPATIBLE || isOurs(source, known)) {
      return Optional.empty();
    }
    if (policy == ExistingTablePolicy.FAIL) {
      return Optional.of(failed(source, "this connector has not created it"));
    }
    return Optional.of(
        owners
            .otherConnector(session.connection(), destination(source))
            .<TableState>map(other -> failed(source, "connector " + other + " writes to it"))
            .orElseGet(TableState.Missing::new));
  }

  private TableState failed(TableId source, String reason) {
    return new TableState.Failed(
        "table "
            + selection.destination(source).quoted()
            + " exists in the destination, and "
            + reason
            + " ("
            + SchemaOptions.EXISTING_TABLE
            + "="
            + OptionValues.of(policy)
            + "); "
            + WHAT_TO_DO,
        true);
  }

  /** Whether an existing table has to make room for a new one. */
  boolean isToBeReplaced(TableId source) throws SQLException {
    return policy == ExistingTablePolicy.RECREATE
        && !isOurs(source, ledger.tablesNamedLike(session.connection(), source));
  }

  private boolean isOurs(TableId source, List<TableEntry> known) throws SQLException {
    return owner(source).isPresent()
        || known.stream()
            .filter(entry -> entry.table().equals(source))
            .filter(entry -> entry.kind().equals(DdlKind.CREATE_TABLE.optionName()))
            .anyMatch(entry -> isUse(entry.outcome()));
  }

  /** A creation that was begun shows that no table was in its way, unless it was to replace one. */
  private boolean isUse(Outcome outcome) {
    return USED.contains(outcome)
        || (outcome == Outcome.STARTED && policy == ExistingTablePolicy.FAIL);
  }

  /** The source table that the destination table belongs to. */
  Optional<TableId> owner(TableId source) throws SQLException {
    return owners.owner(session.connection(), destination(source));
  }

  /** Source tables that destination tables belong to; not all of very many. */
  List<TableId> sources() throws SQLException {
    return owners.sources(session.connection());
  }

  /**
   * Takes a destination table into use.
   *
   * @return the source table that it belongs to: the first one that took it
   */
  TableId take(TableId source) throws SQLException {
    Connection connection = session.connection();
    return owners.own(connection, destination(source), source);
  }

  private TableId destination(TableId source) throws SQLException {
    return session.profile().folded(selection.destination(source));
  }
}
