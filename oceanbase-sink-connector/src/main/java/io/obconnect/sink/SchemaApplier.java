package io.obconnect.sink;

import io.obconnect.model.ChangeEffect;
import io.obconnect.model.ChangeEffects;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.Rewrite;
import io.obconnect.model.SchemaConverter;
import io.obconnect.model.TableId;
import io.obconnect.model.TableRenderer;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import io.obconnect.sink.Ledger.Recorded;
import io.obconnect.sink.SchemaPolicies.Decision;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries schema changes over, each once: of a snapshot only what creates databases and tables (the
 * DROPs in it make room for its own CREATEs), of the stream what the policies allow. Every
 * statement and every rewrite is kept in the ledger. Used by the control lane's thread only.
 */
final class SchemaApplier {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaApplier.class);

  private final SchemaWork work;
  private final SchemaPolicies policies;
  private final ChangeExecutor changes;
  private final TableCreator creator;
  private final IndexesAfterCopy indexes;
  private final DdlParser parser = new DdlParser();

  SchemaApplier(SchemaWork work) {
    this.work = Objects.requireNonNull(work, "work");
    this.policies = work.policies();
    this.changes = new ChangeExecutor(work);
    this.creator = new TableCreator(work);
    this.indexes = new IndexesAfterCopy(work);
  }

  /**
   * Carries one schema change over; it may hold several statements.
   *
   * @param rows up to where the rows of its tables are applied, as far as that is known
   */
  void apply(SchemaChange change, Map<TableId, LogPosition> rows) {
    List<DdlStatement> statements = parser.parse(change.ddl(), change.database());
    SchemaChange kept = StatementSecrets.without(change, statements);
    for (int i = 0; i < statements.size(); i++) {
      apply(kept, changeId(kept, i, statements.get(i)), statements.get(i), rows);
    }
  }

  /** Whether the change must not be carried out before the rows in front of it are applied. */
  boolean isNarrowing(SchemaChange change) {
    List<DdlStatement> statements = parser.parse(change.ddl(), change.database());
    SchemaChange kept = StatementSecrets.without(change, statements);
    for (int i = 0; i < statements.size(); i++) {
      if (!policies.concerns(statements.get(i))) {
        continue;
      }
      Decision decision = policies.decide(statements.get(i));
      if (decision.isApplied()
          && !isSettled(work.recorded(changeId(kept, i, statements.get(i))), statements.get(i))
          && isNarrowing(decision.statement())) {
        return true;
      }
    }
    return false;
  }

  /** A table that rows cannot be written to has none to wait for. */
  private boolean isNarrowing(DdlStatement statement) {
    if (statement.droppedDatabase().isPresent()) {
      return true;
    }
    return statement.tables().stream().map(work::state).anyMatch(SchemaApplier::hasRows)
        && ChangeEffects.of(statement, work.definition(target(statement)))
            == ChangeEffect.NARROWING;
  }

  private static boolean hasRows(TableState state) {
    return state instanceof TableState.Ready || state instanceof TableState.Copying;
  }

  private boolean isCopying(DdlStatement statement) {
    return statement.tables().stream()
        .map(work::state)
        .anyMatch(TableState.Copying.class::isInstance);
  }

  private TableId target(DdlStatement statement) {
    return policies.selection().destination(statement.tables().get(0));
  }

  /**
   * Identifies a statement across restarts: sources emit a schema change again after one, at the
   * same position. The statement's text is part of it because all statements of a snapshot have one
   * position; where that is not kept, what was read from it, which holds no password to guess at.
   */
  private static String changeId(SchemaChange kept, int number, DdlStatement statement) {
    String text = kept.ddl().equals(StatementSecrets.NOT_KEPT) ? statement.toString() : kept.ddl();
    return Ledger.changeId(String.join("\n", kept.position(), kept.database(), "" + number, text));
  }

  private void apply(
      SchemaChange change, String id, DdlStatement statement, Map<TableId, LogPosition> rows) {
    if (!policies.concerns(statement)) {
      LOG.debug("A statement about tables that are not chosen is passed by");
    } else if (statement.ddlKinds().contains(DdlKind.NOT_A_SCHEMA_CHANGE)) {
      LOG.debug("A statement that changes no schema is passed by");
    } else if (!change.snapshot()) {
      applyStreamed(change, id, statement, rows);
    } else if (statement.isCreation()) {
      create(change, id, statement);
    } else if (isTrigger(statement)) {
      work.record(entry(change, id, statement).with(Outcome.HELD_BACK));
    } else {
      LOG.debug("A statement of a snapshot is not executed: {}", DdlOptions.kinds(statement));
    }
  }

  /** Triggers belong to the time when applications write to the destination. */
  private static boolean isTrigger(DdlStatement statement) {
    return statement.ddlKinds().contains(DdlKind.TRIGGER);
  }

  private void create(SchemaChange change, String id, DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateTable create) {
      createTable(change, id, create);
    } else if (statement instanceof DdlStatement.CreateDatabase create) {
      createDatabase(change, id, create);
    }
  }

  private void applyStreamed(
      SchemaChange change, String id, DdlStatement statement, Map<TableId, LogPosition> rows) {
    Optional<Recorded> earlier = work.recorded(id);
    if (isSettled(earlier, statement) && !statement.isCreation()) {
      statement.tables().forEach(work::publish);
      return;
    }
    // What has been begun is decided.
    Decision decision =
        earlier.isPresent()
            ? policies.decide(statement)
            : policies.decide(statement, work::definition);
    Entry entry = entry(change, id, statement).with(decision.notes());
    if (decision.policy() == DdlPolicy.FAIL) {
      fail(entry, statement, "must not be carried over, " + String.join("; ", decision.notes()));
    } else if (!decision.isApplied()) {
      passBy(entry, statement, decision);
    } else if (statement.isCreation()) {
      create(change, id, statement);
    } else if (isCopying(decision.statement()) && isNarrowing(decision.statement())) {
      fail(
          entry,
          statement,
          "came while the table was being copied, and does not fit the rows that are still to come:"
              + " drop the table at the destination, delete the offsets of both connectors, and copy"
              + " again");
    } else if (!policies.acrossTasks() && isNarrowing(decision.statement())) {
      fail(
          entry,
          statement,
          "cannot be put in order with the rows that other tasks hold: set tasks.max=1, or "
              + SchemaChangeOptions.DDL_NARROWING_ACROSS_TASKS
              + "=apply");
    } else {
      createIndexes(decision.statement());
      // A table that gets a name here has no rows that are still to be copied.
      decision.statement().tables().forEach(work::passCopyBy);
      changes.carryOut(
          entry, decision.statement(), earlier, appliedRows(change, decision.statement(), rows));
    }
  }

  /** A change that streams is behind the copy of its tables; it may rename what they lack. */
  private void createIndexes(DdlStatement statement) {
    if (policies.indexesAfterCopy() && !(statement instanceof DdlStatement.DropTables)) {
      statement.tables().forEach(table -> indexes.create(Optional.of(table)));
    }
  }

  /** What no table waits for is tried again: the configuration may have changed. */
  private static boolean isSettled(Optional<Recorded> earlier, DdlStatement statement) {
    return earlier
        .map(Recorded::outcome)
        .filter(outcome -> outcome != Outcome.STARTED)
        .filter(outcome -> outcome != Outcome.FAILED || !statement.tables().isEmpty())
        .isPresent();
  }

  /** Rows in front of a DROP TABLE are gone, whether they were applied or not. */
  private static Map<TableId, LogPosition> appliedRows(
      SchemaChange change, DdlStatement statement, Map<TableId, LogPosition> rows) {
    Map<TableId, LogPosition> ofStatement = new LinkedHashMap<>();
    for (TableId table : statement.tables()) {
      if (statement instanceof DdlStatement.DropTables) {
        ofStatement.put(table, change.at());
      } else if (rows.containsKey(table)) {
        ofStatement.put(table, rows.get(table));
      }
    }
    return ofStatement;
  }

  private void fail(Entry entry, DdlStatement statement, String reason) {
    String what = "the schema change at " + entry.position() + " (" + entry.kind() + ") ";
    work.fail(entry, what + reason);
    if (statement.tables().isEmpty()) {
      throw new ConnectException(
          what
              + reason
              + "; if nothing needs to be done for it, choose another policy, or set its outcome in"
              + " the ledger to "
              + Outcome.MENDED);
    }
    statement.tables().forEach(work::publish);
  }

  private void passBy(Entry entry, DdlStatement statement, Decision decision) {
    work.record(entry.with(isTrigger(statement) ? Outcome.HELD_BACK : Outcome.NOT_CARRIED_OVER));
    if (policies.isShared(statement)) {
      // Another table's change may have brought it about.
      statement.tables().forEach(work::publish);
    }
    if (decision.policy() == DdlPolicy.LOG) {
      LOG.warn(
          "The schema change of {} at {} is not carried over: {}",
          entry.table().quoted(),
          entry.position(),
          decision.notes());
    }
  }

  private void createDatabase(SchemaChange change, String id, DdlStatement.CreateDatabase create) {
    if (policies.selection().destinationDatabase(create.name()).isEmpty()
        || work.recorded(id).filter(known -> known.outcome() != Outcome.STARTED).isPresent()) {
      return;
    }
    SchemaConverter.ConvertedDatabase converted =
        SchemaConverter.convertDatabase(create, work.profile(), work.conversion());
    DdlStatement.CreateDatabase database = converted.database();
    String sql =
        TableRenderer.createDatabaseSql(database.name(), database.charset(), database.collation());
    execute(entry(change, id, create).converted(sql, notes(converted.rewrites())));
  }

  private void createTable(SchemaChange change, String id, DdlStatement.CreateTable create) {
    if (change.copyRun().isPresent()) {
      work.beginCopy(create.table().id(), change.copyRun().getAsLong(), change.at());
    } else if (!change.snapshot()) {
      work.passCopyBy(create.table().id());
    }
    Optional<Outcome> earlier = work.recorded(id).map(Recorded::outcome);
    boolean begun = earlier.filter(outcome -> outcome == Outcome.STARTED).isPresent();
    if (begun || earlier.filter(outcome -> outcome != Outcome.EXISTING_REFUSED).isEmpty()) {
      creator.create(entry(change, id, create), create.table(), begun, change.snapshot());
    }
    work.publish(create.table().id());
  }

  private void execute(Entry entry) {
    Optional<String> refusal = work.execute(entry, Map.of(), () -> work.run(entry.convertedDdl()));
    refusal.ifPresent(
        reason ->
            work.fail(
                entry,
                "the destination refused to create " + entry.table().quoted() + ": " + reason));
  }

  private static Entry entry(SchemaChange change, String id, DdlStatement statement) {
    TableId table =
        statement.tables().stream()
            .findFirst()
            .orElseGet(() -> new TableId(database(change, statement), ""));
    return new Entry(
        id,
        DdlOptions.kinds(statement),
        table,
        change.position(),
        change.ddl(),
        null,
        Outcome.STARTED,
        List.of());
  }

  private static String database(SchemaChange change, DdlStatement statement) {
    return statement instanceof DdlStatement.CreateDatabase create
        ? create.name()
        : change.database();
  }

  private static List<String> notes(List<Rewrite> rewrites) {
    return rewrites.stream().map(Rewrite::toString).toList();
  }
}
