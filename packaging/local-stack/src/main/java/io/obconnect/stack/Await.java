package io.obconnect.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something outside this JVM, for a bounded time. */
final class Await {
  private static final long POLL_INTERVAL_MILLIS = 100;

  private Await() {}

  /** A check that passes by returning and fails by throwing. */
  @FunctionalInterface
  interface Probe {
    void check() throws Exception;
  }

  /**
   * Repeats a probe until it passes.
   *
   * @param hopeful false when waiting longer is pointless
   * @return empty when the probe passed in time, else its last failure
   */
  static Optional<Exception> passes(Probe probe, Duration deadline, BooleanSupplier hopeful) {
    long endNanos = System.nanoTime() + deadline.toNanos();
    while (true) {
      // Asked before the probe: a probe that fails on a process dead by then is final.
      boolean lastTry = !hopeful.getAsBoolean() || System.nanoTime() >= endNanos;
      try {
        probe.check();
        return Optional.empty();
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (Exception e) {
        if (lastTry) {
          return Optional.of(e);
        }
      }
      pause();
    }
  }

  static LocalStackException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new LocalStackException("interrupted while waiting for an engine", cause);
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }
}
