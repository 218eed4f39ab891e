package io.obconnect.sink;

import io.obconnect.model.ChangeProgress;
import io.obconnect.model.ChangeStep;
import io.obconnect.model.DdlParser;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.stream.Collectors;

/** Runs steps; whenever it is not known which of them are done, only those that are left. */
final class ChangeSteps implements Retrier.Work<Boolean> {
  private static final String BETWEEN_STEPS = ";\n";

  private final SchemaWork work;
  private final List<ChangeStep> all;
  private boolean begun;

  /**
   * Steps of one change.
   *
   * @param begun whether some of them may have been carried out
   */
  ChangeSteps(SchemaWork work, List<ChangeStep> all, boolean begun) {
    this.work = work;
    this.all = List.copyOf(all);
    this.begun = begun;
  }

  /** Returns the text that {@link #parse} reads. */
  static String text(List<ChangeStep> steps) {
    return steps.stream().map(ChangeStep::sql).collect(Collectors.joining(BETWEEN_STEPS));
  }

  /** The names in recorded steps are complete: they need no database. */
  static List<ChangeStep> parse(String text) {
    return new DdlParser()
        .parse(text, "").stream().map(ChangeStep::new).collect(Collectors.toUnmodifiableList());
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

  /**
   * What the definitions show to be undone.
   *
   * @throws SQLNonTransientException if they do not tell
   */
  List<ChangeStep> left() throws SQLException {
    ChangeProgress progress = ChangeProgress.of(all, work::definition);
    if (progress.state() == ChangeProgress.State.UNKNOWN) {
      throw new SQLNonTransientException(
          "a part of it may have been done before, and the definitions do not tell which");
    }
    return progress.remaining();
  }
}
