package io.obconnect.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Lets contenders of others fail without ending the benchmark: they have no result, and there is a
 * note why. This project's own, whose names begin with {@link SinkKinds#OURS}, must not fail. One
 * thread only.
 */
final class LeftOut {
  private final Screen screen;
  private final List<String> notes = new ArrayList<>();

  LeftOut(Screen screen) {
    this.screen = Objects.requireNonNull(screen, "screen");
  }

  /**
   * The result of a run; none when a contender of others fails or leaves a wrong result.
   *
   * @param what the contender as the note calls it
   */
  <R> Optional<R> unlessFailed(String contender, String what, Callable<R> run) throws Exception {
    try {
      return Optional.of(run.call());
    } catch (WrongResultException e) {
      refuseOurs(contender, e);
      leaveOut(what, e.getMessage());
    } catch (FailedTaskException e) {
      refuseOurs(contender, e);
      leaveOut(what, e.summary());
    }
    return Optional.empty();
  }

  private static void refuseOurs(String contender, RuntimeException failure) {
    if (contender.startsWith(SinkKinds.OURS)) {
      throw failure;
    }
  }

  /** Notes that a contender has no result. */
  void leaveOut(String what, String reason) {
    String note = what + " is left out: " + reason;
    notes.add(note);
    screen.note(note);
  }

  /** Who is left out, and why. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
