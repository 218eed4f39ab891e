package io.obconnect.sink;

import io.obconnect.model.ChangeConverter;
import io.obconnect.model.ChangeProgress;
import io.obconnect.model.ChangeResult;
import io.obconnect.model.ChangeStep;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.Rewrite;
import io.obconnect.model.TableId;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import io.obconnect.sink.Ledger.Recorded;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one change of something that exists: converts it, records its steps, runs them, each
 * once. DDL commits by itself, so that after a crash, or a lost answer, the destination's
 * definitions tell which of the recorded steps are left. Used by the control lane's thread only.
 */
final class ChangeExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeExecutor.class);
  private static final String BETWEEN_STEPS = ";\n";

  private final SchemaWork work;

  ChangeExecutor(SchemaWork work) {
    this.work = Objects.requireNonNull(work, "work");
  }

  /**
   * Carries a statement out, or fails its tables.
   *
   * @param entry names the change, without its converted form
   * @param earlier what the ledger says of it
   * @param rows up to where the rows of its tables are applied
   */
  void carryOut(
      Entry entry,
      DdlStatement statement,
      Optional<Recorded> earlier,
      Map<TableId, LogPosition> rows) {
    Optional<List<ChangeStep>> begun =
        earlier
            .filter(recorded -> recorded.outcome() == Outcome.STARTED)
            .flatMap(Recorded::convertedDdl)
            .map(ChangeExecutor::steps);
    Optional<String> obstacle = obstacle(statement);
    if (begun.isPresent()) {
      run(entry, new Steps(begun.get(), true), rows);
    } else if (obstacle.isPresent()) {
      work.fail(entry, obstacle.get());
    } else {
      convertAndRun(entry, statement, rows);
    }
    statement.tables().forEach(work::publish);
  }

  /** A change behind one that failed would meet a table that it was not made for. */
  private Optional<String> obstacle(DdlStatement statement) {
    return statement.tables().stream()
        .map(work::state)
        .filter(TableState.Failed.class::isInstance)
        .map(state -> "an earlier problem is in the way: " + ((TableState.Failed) state).reason())
        .findFirst();
  }

  private void convertAndRun(Entry entry, DdlStatement statement, Map<TableId, LogPosition> rows) {
    ChangeResult result =
        new ChangeConverter(work.profile(), work.conversion(), work::definition).convert(statement);
    if (result instanceof ChangeResult.Refused refused) {
      work.fail(entry, describe(entry) + " is refused: " + String.join("; ", refused.reasons()));
    } else if (result instanceof ChangeResult.Converted converted) {
      List<String> notes =
          Stream.concat(
                  entry.notes().stream(), converted.rewrites().stream().map(Rewrite::toString))
              .toList();
      run(
          entry.converted(sql(converted.steps()), notes, sqls(converted.heldBack())),
          new Steps(converted.steps(), false),
          rows);
    }
  }

  private void run(Entry entry, Steps steps, Map<TableId, LogPosition> rows) {
    Optional<String> refusal = work.execute(entry, rows, steps);
    if (refusal.isPresent()) {
      work.fail(entry, "the destination refused " + describe(entry) + ": " + refusal.orElseThrow());
    } else {
      LOG.info("Carried out {}: {}", describe(entry), entry.notes());
    }
  }

  private static String describe(Entry entry) {
    return "the schema change of "
        + entry.table().quoted()
        + " ("
        + entry.kind()
        + ") at "
        + entry.position();
  }

  private static String sql(List<ChangeStep> steps) {
    return String.join(BETWEEN_STEPS, sqls(steps));
  }

  private static List<String> sqls(List<ChangeStep> steps) {
    return steps.stream().map(ChangeStep::sql).toList();
  }

  /** The names in recorded steps are complete: they need no database. */
  private static List<ChangeStep> steps(String sql) {
    return new DdlParser()
        .parse(sql, "").stream().map(ChangeStep::new).collect(Collectors.toUnmodifiableList());
  }

  /** Runs steps; whenever it is not known which of them are done, only those that are left. */
  private final class Steps implements Retrier.Work<Boolean> {
    private final List<ChangeStep> all;
    private boolean begun;

    Steps(List<ChangeStep> all, boolean begun) {
      this.all = all;
      this.begun = begun;
    }

    @Override
    public Boolean run() throws SQLException {
      List<ChangeStep> left = begun ? left() : all;
      begun = true;
      for (ChangeStep step : left) {
        work.run(step.sql());
      }
      return true;
    }

    private List<ChangeStep> left() throws SQLException {
      ChangeProgress progress = ChangeProgress.of(all, work::definition);
      if (progress.state() == ChangeProgress.State.UNKNOWN) {
        throw new SQLNonTransientException(
            "it was interrupted, and the definitions do not tell how far it got");
      }
      return progress.remaining();
    }
  }
}
