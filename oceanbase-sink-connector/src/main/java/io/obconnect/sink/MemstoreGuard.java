package io.obconnect.sink;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Decides from the fullness of the destination's memstore whether the task may go on, and when to
 * look at it again. A destination that does not show it is not guarded. Used by the task's thread
 * only. Source of the rule: flink-connector-oceanbase, which stops above 90 % of the limit.
 */
final class MemstoreGuard {
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(3).toNanos();

  private final double threshold;
  private final LongSupplier nanoTime;
  private boolean asked;
  private boolean answered;
  private long answeredNanos;
  private boolean exceeded;

  /**
   * A guard that has not looked yet.
   *
   * @param percent of the memstore's limit, 0 to guard nothing
   */
  MemstoreGuard(int percent, LongSupplier nanoTime) {
    this.threshold = percent / 100.0;
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * Whether to look now; then {@link #answer} follows.
   *
   * @param working whether the task has something to write. An idle one looks once: it would only
   *     find out that the destination is away
   */
  boolean ask(boolean working) {
    boolean due =
        !answered
            || ((working || exceeded) && nanoTime.getAsLong() - answeredNanos >= LOOK_AGAIN_NANOS);
    boolean now = !asked && due;
    asked |= now;
    return now;
  }

  /**
   * Takes what was found.
   *
   * @param share of its limit that the fullest server uses; empty where that is not shown
   */
  void answer(OptionalDouble share) {
    asked = false;
    answered = true;
    answeredNanos = nanoTime.getAsLong();
    exceeded = threshold > 0 && share.isPresent() && share.getAsDouble() > threshold;
  }

  boolean isExceeded() {
    return exceeded;
  }
}
