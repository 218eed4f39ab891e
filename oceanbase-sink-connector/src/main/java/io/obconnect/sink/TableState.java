package io.obconnect.sink;

import java.util.Objects;

/**
 * Whether rows of a source table can be applied.
 *
 * <pre>
 *   Missing --(its definition was applied, or it was created by hand)--> Ready
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
