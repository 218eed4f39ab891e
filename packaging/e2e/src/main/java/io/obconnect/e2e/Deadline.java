package io.obconnect.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, up to a bound. */
final class Deadline {
  /** For conditions that are cheap, and whose moment is measured. */
  static final Duration SHORT_PAUSE = Duration.ofMillis(20);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private Deadline() {}

  /**
   * Asks again and again until the condition holds.
   *
   * @param what for the message: what is waited for
   * @throws IllegalStateException when the time runs out
   */
  static void await(String what, Duration timeout, Callable<Boolean> condition) throws Exception {
    await(what, timeout, PAUSE, condition);
  }

  /** Asks again and again, with a pause in between. */
  static void await(String what, Duration timeout, Duration pause, Callable<Boolean> condition)
      throws Exception {
    long endNanos = System.nanoTime() + timeout.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > endNanos) {
        throw new IllegalStateException(
            what + " did not happen within " + timeout.toSeconds() + " s");
      }
      pause(pause);
    }
  }

  static void pause() throws InterruptedException {
    pause(PAUSE);
  }

  private static void pause(Duration pause) throws InterruptedException {
    LockSupport.parkNanos(pause.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting");
    }
  }
}
