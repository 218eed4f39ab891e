package io.obconnect.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How far a change got before a crash. DDL commits by itself, so that only the definitions at the
 * destination tell.
 *
 * @param remaining the steps still to be carried out: all of them if {@link State#NOT_APPLIED},
 *     none if {@link State#ALREADY_APPLIED} or {@link State#UNKNOWN}
 */
public record ChangeProgress(State state, List<ChangeStep> remaining) {

  /** What is known. */
  public enum State {
    /** Nothing is left to do. */
    ALREADY_APPLIED,
    /** Nothing is done, or doing all of it again leads to the same result. */
    NOT_APPLIED,
    /** The first steps are done. */
    PARTLY,
    /**
     * The definitions fit neither the change's beginning nor its end nor anything between; or they
     * are the same before and after a swap of names. Only somebody who knows the rows can decide.
     */
    UNKNOWN
  }

  public ChangeProgress {
    remaining = List.copyOf(remaining);
  }

  /**
   * Finds out how far the steps got, provided that nothing else changed the tables and that no row
   * behind the change was written meanwhile.
   *
   * <p>A point between two steps is possible if all is there that the steps before it bring about,
   * and all that the steps behind it start from. Of several possible points the first one counts:
   * the same step twice is as good as once, renaming apart.
   *
   * @param current the destination's present definitions
   */
  public static ChangeProgress of(
      List<ChangeStep> steps, Function<TableId, Optional<TableDefinition>> current) {
    List<Integer> possible =
        IntStream.rangeClosed(0, steps.size())
            .filter(done -> new ChangeState(steps, done).isPossible(current))
            .boxed()
            .toList();
    if (possible.isEmpty()) {
      return new ChangeProgress(State.UNKNOWN, List.of());
    }
    int done = possible.get(0);
    boolean ambiguous =
        steps.subList(done, possible.get(possible.size() - 1)).stream()
            .flatMap(step -> step.statement().ddlKinds().stream())
            .anyMatch(ChangeProgress::isSwap);
    if (ambiguous) {
      return new ChangeProgress(State.UNKNOWN, List.of());
    }
    List<ChangeStep> remaining = steps.subList(done, steps.size());
    if (remaining.isEmpty()) {
      return new ChangeProgress(State.ALREADY_APPLIED, List.of());
    }
    return new ChangeProgress(done == 0 ? State.NOT_APPLIED : State.PARTLY, remaining);
  }

  /** Whether doing it twice may undo it. */
  private static boolean isSwap(DdlKind kind) {
    return switch (kind) {
      case RENAME_TABLE, RENAME_COLUMN, RENAME_INDEX, EXCHANGE_PARTITION -> true;
      default -> false;
    };
  }
}
