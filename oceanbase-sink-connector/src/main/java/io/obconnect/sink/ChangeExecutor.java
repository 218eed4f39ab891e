package io.obconnect.sink;

import io.obconnect.model.ChangeConverter;
import io.obconnect.model.ChangeResult;
import io.obconnect.model.ChangeStep;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.Rewrite;
import io.obconnect.model.TableId;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import io.obconnect.sink.Ledger.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
            .map(ChangeSteps::parse);
    Optional<String> obstacle = obstacle(statement);
    if (begun.isPresent()) {
      run(entry, statement, new ChangeSteps(work, begun.get(), true), rows);
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
      work.holdBack(entry, converted.heldBack().stream().map(ChangeStep::statement).toList());
      run(
          entry.converted(ChangeSteps.text(converted.steps()), notes),
          statement,
          // What another task has done for another table of the same destination is not done again.
          new ChangeSteps(work, converted.steps(), work.policies().isShared(statement)),
          rows);
    }
  }

  private void run(
      Entry entry, DdlStatement statement, ChangeSteps steps, Map<TableId, LogPosition> rows) {
    Optional<String> refusal =
        work.execute(
            entry,
            rows,
            () -> {
              steps.run();
              for (TableId table : statement.tables()) {
                work.take(table);
              }
              return true;
            });
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
}
