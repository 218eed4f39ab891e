package io.obconnect.sink;

import io.obconnect.model.ChangeStep;
import io.obconnect.model.TableId;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the indexes that were left for the time after the copy, each once; rows go on meanwhile.
 * Used by the control lane's thread only.
 */
final class IndexesAfterCopy {
  private static final Logger LOG = LoggerFactory.getLogger(IndexesAfterCopy.class);

  private final SchemaWork work;

  IndexesAfterCopy(SchemaWork work) {
    this.work = Objects.requireNonNull(work, "work");
  }

  /**
   * Creates what is left for tables that exist.
   *
   * @param table of the source, empty for all tables
   */
  void create(Optional<TableId> table) {
    work.indexesAfterCopy(table).forEach(this::create);
  }

  /** An index that cannot be had costs speed, no row: it is left to a person. */
  private void create(Entry entry) {
    List<ChangeStep> steps = ChangeSteps.parse(entry.convertedDdl());
    boolean possible =
        steps.stream()
            .flatMap(step -> step.statement().tables().stream())
            .allMatch(table -> work.definition(table).isPresent());
    if (!possible) {
      return;
    }
    ChangeSteps left = new ChangeSteps(work, steps, true);
    Optional<String> refusal = work.execute(entry, Map.of(), left);
    if (refusal.isEmpty()) {
      LOG.info("Created after the copy: {}", entry.convertedDdl());
    } else if (isDoneByAnotherTask(left)) {
      work.record(entry.with(Outcome.APPLIED));
    } else {
      work.fail(
          entry,
          "the destination refused an index of "
              + entry.table().quoted()
              + " after the copy: "
              + refusal.get()
              + "; rows go on, create it by hand: "
              + entry.convertedDdl());
    }
  }

  private boolean isDoneByAnotherTask(ChangeSteps steps) {
    try {
      return steps.left().isEmpty();
    } catch (SQLException e) {
      LOG.debug("Not known: {}", e.getMessage());
      return false;
    }
  }
}
