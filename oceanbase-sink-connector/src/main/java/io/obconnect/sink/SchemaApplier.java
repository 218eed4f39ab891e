package io.obconnect.sink;

import io.obconnect.model.ConversionResult;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.IndexDefinition;
import io.obconnect.model.Rewrite;
import io.obconnect.model.SchemaConverter;
import io.obconnect.model.SqlFailure;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.model.TableMapping;
import io.obconnect.model.TableRenderer;
import io.obconnect.sink.Ledger.Outcome;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries schema changes over: creates databases and tables, converted for the destination, each
 * once. Statements that destroy (the DROPs of a snapshot among them) are never executed; every
 * statement and every rewrite is kept in the ledger. Used by the lane's thread only.
 */
final class SchemaApplier {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaApplier.class);
  private static final Set<DdlStatement.Kind> NO_CONCERN =
      Set.of(DdlStatement.Kind.USE_DATABASE, DdlStatement.Kind.NOT_A_SCHEMA_CHANGE);

  private final DestinationSession session;
  private final Ledger ledger;
  private final Retrier retrier;
  private final TableResolver resolver;
  private final TableCatalog catalog;
  private final Selection selection;
  private final boolean keyless;
  private final DdlParser parser = new DdlParser();

  SchemaApplier(
      DestinationSession session,
      Ledger ledger,
      Retrier retrier,
      TableResolver resolver,
      TableCatalog catalog,
      Selection selection,
      boolean keyless) {
    this.session = Objects.requireNonNull(session, "session");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.retrier = Objects.requireNonNull(retrier, "retrier");
    this.resolver = Objects.requireNonNull(resolver, "resolver");
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.selection = Objects.requireNonNull(selection, "selection");
    this.keyless = keyless;
  }

  /** Carries one schema change over; it may hold several statements. */
  void apply(SchemaChange change) {
    List<DdlStatement> statements = parser.parse(change.ddl(), change.database());
    for (int i = 0; i < statements.size(); i++) {
      apply(change, changeId(change, i), statements.get(i));
    }
  }

  /**
   * Identifies a statement across restarts: sources emit a schema change again after one, at the
   * same position. The statement's text is part of it because all statements of a snapshot have one
   * position.
   */
  private static String changeId(SchemaChange change, int statement) {
    String identity =
        String.join("\n", change.position(), change.database(), "" + statement, change.ddl());
    return hash(identity);
  }

  private static String hash(String identity) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private void apply(SchemaChange change, String id, DdlStatement statement) {
    if (!concernsSelection(statement)) {
      LOG.debug("A statement about tables that are not chosen is passed by");
    } else if (statement instanceof DdlStatement.CreateTable create) {
      createTable(change, id, create.table());
    } else if (statement instanceof DdlStatement.CreateDatabase create) {
      createDatabase(change, id, create);
    } else if (statement instanceof DdlStatement.Other other && NO_CONCERN.contains(other.kind())) {
      // Neither logged nor kept: CREATE USER carries a password.
      LOG.debug("A statement that changes no schema is passed by");
    } else {
      leaveAlone(change, id, statement);
    }
  }

  private boolean concernsSelection(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateTable create) {
      return selection.includes(create.table().id());
    }
    if (statement instanceof DdlStatement.CreateTableLike like) {
      return selection.includes(like.id());
    }
    return !(statement instanceof DdlStatement.Other other)
        || other.tables().isEmpty()
        || other.tables().stream().anyMatch(selection::includes);
  }

  private void createDatabase(SchemaChange change, String id, DdlStatement.CreateDatabase create) {
    Optional<String> name = selection.destinationDatabase(create.name());
    if (name.isEmpty() || outcome(id).filter(o -> o != Outcome.STARTED).isPresent()) {
      return;
    }
    SchemaConverter.ConvertedDatabase converted =
        SchemaConverter.convertDatabase(create, profile());
    String sql =
        TableRenderer.createDatabaseSql(
            name.get(), converted.database().charset(), converted.database().collation());
    execute(entry(change, id, new TableId(create.name(), ""), sql, notes(converted.rewrites())));
  }

  private void createTable(SchemaChange change, String id, TableDefinition table) {
    Optional<Outcome> earlier = outcome(id);
    TableState state =
        call("Looking up " + table.id().quoted(), () -> resolver.resolve(table.id()));
    boolean seenBefore = earlier.filter(outcome -> outcome != Outcome.STARTED).isPresent();
    if (state instanceof TableState.Failed failed && failed.lasting()) {
      fail(entry(change, id, table.id(), null, List.of()), failed.reason());
    } else if (state instanceof TableState.Ready && earlier.isEmpty()) {
      record(
          entry(change, id, table.id(), null, List.of("the table existed and is used as it is"))
              .with(Outcome.FOUND_EXISTING));
      LOG.info("Table {} exists in the destination and is used as it is", table.id().quoted());
    } else if (!seenBefore) {
      convertAndCreate(change, id, table);
    }
    publish(table.id());
  }

  private void convertAndCreate(SchemaChange change, String id, TableDefinition table) {
    String name = table.id().quoted();
    TableMapping mapping;
    try {
      mapping = selection.map(table);
    } catch (IllegalArgumentException e) {
      fail(entry(change, id, table.id(), null, List.of()), "table " + name + ": " + e.getMessage());
      return;
    }
    ConversionResult result = SchemaConverter.convert(mapping.table(), profile());
    if (result instanceof ConversionResult.Refused refused) {
      fail(
          entry(change, id, table.id(), null, List.of()),
          "table " + name + " cannot be created: " + String.join("; ", refused.reasons()));
    } else if (result instanceof ConversionResult.Converted converted) {
      if (!keyless && converted.table().indexes().stream().noneMatch(IndexDefinition::isUnique)) {
        fail(
            entry(change, id, table.id(), null, List.of()),
            "table "
                + name
                + " has no primary key, so changes cannot find their rows; add one, or allow such"
                + " tables with "
                + OceanBaseSinkConfig.KEYLESS_TABLES);
        return;
      }
      createDatabaseOf(converted.table().id());
      List<Rewrite> rewrites = new ArrayList<>(mapping.rewrites());
      rewrites.addAll(converted.rewrites());
      List<String> notes = notes(rewrites);
      if (execute(
          entry(change, id, table.id(), TableRenderer.createTableSql(converted.table()), notes))) {
        logCreated(converted.table().id().quoted(), rewrites);
      }
    }
  }

  /**
   * Makes a table as records describe it, or adds the columns that it lacks. What was done before
   * is not done again: a table or a column that has gone since was taken away by somebody.
   */
  void define(DataDefinition definition) {
    TableId table = definition.table();
    TableState state = call("Looking up " + table.quoted(), () -> resolver.resolve(table));
    if (state instanceof TableState.Failed failed && failed.lasting()) {
      catalog.put(table, state);
      return;
    }
    try {
      if (state instanceof TableState.Ready ready) {
        TableDefinition missing = missing(definition, ready.plan());
        if (missing.columns().isEmpty()) {
          catalog.put(table, state);
        } else {
          define(definition, missing, TableRenderer::addColumnsSql);
        }
      } else {
        TableDefinition whole = selection.map(definition.tableDefinition(profile())).table();
        define(definition, whole, TableRenderer::createTableSql);
      }
    } catch (IllegalArgumentException e) {
      catalog.put(
          table, new TableState.Failed("table " + table.quoted() + ": " + e.getMessage(), false));
    }
  }

  /** The columns that the destination's table lacks. */
  private TableDefinition missing(DataDefinition definition, TablePlan plan) {
    TableDefinition wanted = selection.map(definition.addedColumns(profile())).table();
    return wanted.withColumns(
        wanted.columns().stream()
            .filter(column -> !plan.columns().containsKey(DestinationColumn.fold(column.name())))
            .toList());
  }

  private void define(
      DataDefinition definition, TableDefinition wanted, Function<TableDefinition, String> sql) {
    TableId table = definition.table();
    ConversionResult result = SchemaConverter.convert(wanted, profile());
    if (!(result instanceof ConversionResult.Converted converted)) {
      throw new IllegalStateException("types of our own choice are refused: " + result);
    }
    Ledger.Entry entry = entry(definition, sql.apply(converted.table()), converted.rewrites());
    boolean done = outcome(entry.id()).filter(Outcome.APPLIED::equals).isPresent();
    if (!done) {
      createDatabaseOf(wanted.id());
      done = execute(entry);
    }
    publish(table);
    TableState state = catalog.state(table).orElseThrow();
    boolean usable =
        state instanceof TableState.Ready ready
            && missing(definition, ready.plan()).columns().isEmpty();
    if (usable && !done) {
      // Another task was faster.
      record(entry.with(Outcome.FOUND_EXISTING));
    } else if (usable) {
      LOG.info(
          "Table {} is defined from its records, no schema change came: {}",
          table.quoted(),
          entry.convertedDdl());
    } else if (!(state instanceof TableState.Failed)) {
      String what = done ? "lacks what was added to it before" : "could not be given the columns";
      catalog.put(
          table,
          new TableState.Failed(
              "table " + table.quoted() + " " + what + " that its records have; add them by hand",
              false));
    }
  }

  private static Ledger.Entry entry(
      DataDefinition definition, String convertedDdl, List<Rewrite> rewrites) {
    String position = definition.position().toString();
    SchemaChange change =
        new SchemaChange(
            definition.describe(),
            definition.table().database(),
            position.substring(0, Math.min(position.length(), Ledger.MAX_POSITION_CHARS)),
            false);
    List<String> notes = new ArrayList<>(List.of("defined from the schema of records"));
    notes.addAll(notes(rewrites));
    return entry(change, hash(convertedDdl), definition.table(), convertedDdl, notes);
  }

  /** The topic need not hold the statement that created the database. */
  private void createDatabaseOf(TableId table) {
    call(
        "Creating the database of " + table.quoted(),
        () -> {
          executeSql("CREATE DATABASE IF NOT EXISTS " + SqlText.identifier(table.database()));
          return true;
        });
  }

  private static void logCreated(String name, List<Rewrite> rewrites) {
    List<String> worthReading =
        rewrites.stream()
            .filter(rewrite -> rewrite.kind() != Rewrite.Kind.ROUTINE_OPTION)
            .map(Rewrite::toString)
            .toList();
    LOG.info(
        "Created table {}{}",
        name,
        worthReading.isEmpty() ? " as it is" : "; changed: " + String.join("; ", worthReading));
  }

  private void leaveAlone(SchemaChange change, String id, DdlStatement statement) {
    String kind = kind(statement);
    if (change.snapshot() || outcome(id).isPresent()) {
      // A snapshot describes what exists; the DROPs in it only make room for its own CREATEs.
      LOG.debug("A statement of a snapshot, or one seen before, is not executed: {}", kind);
      return;
    }
    record(
        entry(change, id, new TableId(change.database(), ""), null, List.of(kind))
            .with(Outcome.NOT_CARRIED_OVER));
    LOG.warn(
        "A schema change at {} in database {} is not carried over ({}); run it in the destination by hand",
        change.position(),
        change.database(),
        kind);
  }

  private static String kind(DdlStatement statement) {
    if (statement instanceof DdlStatement.Unparseable unparseable) {
      return "not understood: " + unparseable.reason();
    }
    String kinds =
        statement instanceof DdlStatement.Other other
            ? other.kind().name().replace('_', ' ')
            : statement.ddlKinds().stream()
                .map(kind -> kind.optionName().replace('-', ' ').toUpperCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(", "));
    return kinds
        + statement.tables().stream()
            .map(table -> " " + table.quoted())
            .collect(Collectors.joining());
  }

  /**
   * Runs the converted statement between two ledger entries; a refusal fails the table, not the
   * task.
   */
  private boolean execute(Ledger.Entry entry) {
    record(entry);
    try {
      retrier.run(
          "Creating " + entry.table().quoted(),
          () -> {
            executeSql(entry.convertedDdl());
            return true;
          });
    } catch (SQLException e) {
      fail(
          entry,
          "the destination refused to create "
              + entry.table().quoted()
              + ": "
              + SqlFailure.of(e).description()
              + ", "
              + e.getMessage());
      return false;
    }
    record(entry.with(Outcome.APPLIED));
    return true;
  }

  private void fail(Ledger.Entry entry, String reason) {
    record(entry.failed(reason));
    LOG.error("{}", reason);
  }

  private void publish(TableId table) {
    catalog.put(table, call("Looking up " + table.quoted(), () -> resolver.resolve(table)));
  }

  private static Ledger.Entry entry(
      SchemaChange change, String id, TableId table, String convertedDdl, List<String> notes) {
    return new Ledger.Entry(
        id, table, change.position(), change.ddl(), convertedDdl, Outcome.STARTED, notes);
  }

  private static List<String> notes(List<Rewrite> rewrites) {
    return rewrites.stream().map(Rewrite::toString).toList();
  }

  private Optional<Outcome> outcome(String id) {
    return call("Reading the ledger", () -> ledger.outcome(session.connection(), id));
  }

  private void record(Ledger.Entry entry) {
    call(
        "Writing the ledger",
        () -> {
          ledger.record(session.connection(), entry);
          return true;
        });
  }

  private DestinationProfile profile() {
    return call("Asking the destination what it can do", session::profile);
  }

  private void executeSql(String sql) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Work whose refusal is nobody's table's fault: it fails the task. */
  private <T> T call(String what, Retrier.Work<T> work) {
    try {
      return retrier.run(what, work);
    } catch (SQLException e) {
      throw new ConnectException(
          what + " was refused: " + SqlFailure.of(e).description() + ", " + e.getMessage());
    }
  }
}
