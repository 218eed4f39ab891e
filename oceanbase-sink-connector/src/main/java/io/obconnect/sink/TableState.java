package io.obconnect.sink;

import java.util.Objects;

/**
 * Whether rows of a source table can be applied.
 *
 * <pre>
 *   Missing --(its definition was applied, or it was created by hand)--> Ready
 *   Missing --(its definition says that its rows come in blocks)------> Copying --(they are applied)--> Ready
 *   Missing --(its definition was refused, its name collides, ..)-----> Failed --(mended by hand)--> Ready
 * </pre>
 */
sealed interface TableState {

  /** The destination has the table. */
  record Ready(TablePlan plan) implements TableState {
    public Ready {
      Objects.requireNonNull(plan, "plan");
    }
  }

  /** The destination has the table, and gets its rows in blocks; its changes wait for them. */
  record Copying(TablePlan plan) implements TableState {
    public Copying {
      Objects.requireNonNull(plan, "plan");
    }
  }

  /** The destination has no such table, and nothing is known against it. */
  record Missing() implements TableState {}

  /**
   * The table cannot be used.
   *
   * @param reason says what to do
   * @param lasting whether another definition from the source changes nothing: the name is taken,
   *     or the table that exists is unusable
   */
  record Failed(String reason, boolean lasting) implements TableState {
    public Failed {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
