package io.obconnect.sink;

import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.DefinitionReader;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.SqlFailure;
import io.obconnect.model.SqlText;
import io.obconnect.model.StatementRenderer;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What carrying schema changes over is made of: the ledger, the destination's definitions, and
 * statements, each retried while failures pass by themselves. Used by the control lane's thread
 * only.
 */
final class SchemaWork {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaWork.class);

  private final DestinationSession session;
  private final Ledger ledger;
  private final AppliedRowsLedger appliedRows;
  private final CopyLedger copies;
  private final Retrier retrier;
  private final TableResolver resolver;
  private final ExistingTables existing;
  private final TableCatalog catalog;
  private final SchemaPolicies policies;

  SchemaWork(
      DestinationSession session,
      Ledger ledger,
      AppliedRowsLedger appliedRows,
      CopyLedger copies,
      Retrier retrier,
      TableResolver resolver,
      ExistingTables existing,
      TableCatalog catalog,
      SchemaPolicies policies) {
    this.session = Objects.requireNonNull(session, "session");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.appliedRows = Objects.requireNonNull(appliedRows, "appliedRows");
    this.copies = Objects.requireNonNull(copies, "copies");
    this.retrier = Objects.requireNonNull(retrier, "retrier");
    this.resolver = Objects.requireNonNull(resolver, "resolver");
    this.existing = Objects.requireNonNull(existing, "existing");
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.policies = Objects.requireNonNull(policies, "policies");
  }

  SchemaPolicies policies() {
    return policies;
  }

  ConversionOptions conversion() {
    return policies.conversion();
  }

  DestinationProfile profile() {
    return call("Asking the destination what it can do", session::profile);
  }

  Optional<TableDefinition> definition(TableId table) {
    return call(
        "Reading the definition of " + table.quoted(),
        () -> DefinitionReader.read(session.connection(), session.profile(), table));
  }

  TableState state(TableId table) {
    return call("Looking up " + table.quoted(), () -> resolver.resolve(table));
  }

  /** Tells the task what has become of a table. */
  void publish(TableId table) {
    publish(table, state(table));
  }

  void publish(TableId table, TableState state) {
    catalog.put(table, state);
  }

  Optional<Ledger.Recorded> recorded(String id) {
    return call("Reading the ledger", () -> ledger.recorded(session.connection(), id));
  }

  void record(Entry entry) {
    record(entry, Map.of());
  }

  /** Records a change together with the rows that are applied before it. */
  void record(Entry entry, Map<TableId, LogPosition> rows) {
    rows.forEach(catalog::putAppliedRows);
    call(
        "Writing the ledger",
        () -> {
          for (TableId table : rows.keySet()) {
            appliedRows.note(session.connection(), table, catalog.appliedRows(table).orElseThrow());
          }
          ledger.record(session.connection(), entry);
          return true;
        });
  }

  /**
   * Notes in which run the rows of a table come as blocks, before the table is there.
   *
   * @param start where the run begins; the copy holds what changes up to there have done
   */
  void beginCopy(TableId table, long run, LogPosition start) {
    catalog.putAppliedRows(table, start);
    call(
        "Writing the ledger",
        () -> {
          appliedRows.note(session.connection(), table, catalog.appliedRows(table).orElseThrow());
          copies.begin(session.connection(), table, run);
          session.connection().commit();
          return true;
        });
  }

  /** Notes that a table is not copied: the stream has all of its rows. */
  void passCopyBy(TableId table) {
    call(
        "Writing the ledger",
        () -> {
          copies.begin(session.connection(), table, CopyLedger.NO_COPY);
          session.connection().commit();
          return true;
        });
  }

  /** Records what a person is to do later. */
  void holdBack(Entry entry, List<? extends DdlStatement> statements) {
    statements.forEach(
        statement ->
            record(entry.later(DdlOptions.kinds(statement), StatementRenderer.sql(statement))));
  }

  /** Indexes that are to be created when the copy of a table, or of all tables, is over. */
  List<Entry> indexesAfterCopy(Optional<TableId> table) {
    return call("Reading the ledger", () -> ledger.indexesAfterCopy(session.connection(), table));
  }

  void fail(Entry entry, String reason) {
    record(entry.refused(Outcome.FAILED, reason));
    LOG.error("{}", reason);
  }

  /**
   * Runs what changes the destination between two entries of the ledger.
   *
   * @return why the destination refused, empty when it did not
   */
  Optional<String> execute(Entry entry, Map<TableId, LogPosition> rows, Retrier.Work<?> work) {
    record(entry, rows);
    try {
      retrier.run("Schema change of " + entry.table().quoted(), work);
    } catch (SQLException e) {
      return Optional.of(SqlFailure.of(e).description() + ", " + e.getMessage());
    }
    record(entry.with(Outcome.APPLIED));
    return Optional.empty();
  }

  /** The topic need not hold the statement that created the database. */
  void createDatabaseOf(TableId destination) {
    call(
        "Creating the database of " + destination.quoted(),
        () -> run("CREATE DATABASE IF NOT EXISTS " + SqlText.identifier(destination.database())));
  }

  /** See {@link TableResolver#obstacle}. */
  Optional<TableState.Failed> obstacle(TableId source, boolean exists) {
    return call("Looking up " + source.quoted(), () -> resolver.obstacle(source, exists));
  }

  /** Whether an existing table has to make room for the source's. */
  boolean isToBeReplaced(TableId source) {
    return call("Looking up " + source.quoted(), () -> existing.isToBeReplaced(source));
  }

  boolean hasRows(TableId destination) {
    return call(
        "Looking into " + destination.quoted(),
        () -> {
          String sql = "SELECT 1 FROM " + destination.quoted() + " LIMIT 1";
          try (Statement statement = session.connection().createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            return row.next();
          } finally {
            session.connection().rollback();
          }
        });
  }

  /** Creates a table and takes it into use, as {@link Retrier.Work}. */
  boolean createTable(TableId source, String sql) throws SQLException {
    run(sql);
    return take(source);
  }

  /**
   * As {@link #createTable}, in the place of an existing one, unless that is in use by now: a task
   * that was replaced may be the slower one.
   */
  boolean recreateTable(TableId source, TableId destination, String sql) throws SQLException {
    if (existing.isToBeReplaced(source)) {
      run("DROP TABLE IF EXISTS " + destination.quoted());
    }
    return createTable(source, sql);
  }

  /** Takes a destination table into use, as {@link Retrier.Work}. */
  boolean take(TableId source) throws SQLException {
    existing.take(source);
    return true;
  }

  /** Runs one statement, as {@link Retrier.Work}. */
  boolean run(String sql) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.setEscapeProcessing(false);
      return statement.execute(sql);
    }
  }

  /** Work whose refusal is nobody's table's fault: it fails the task. */
  <T> T call(String what, Retrier.Work<T> work) {
    try {
      return retrier.run(what, work);
    } catch (SQLException e) {
      throw new ConnectException(
          what + " was refused: " + SqlFailure.of(e).description() + ", " + e.getMessage());
    }
  }
}
