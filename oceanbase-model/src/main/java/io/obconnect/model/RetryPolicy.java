package io.obconnect.model;

import java.time.Duration;
import java.util.Objects;

/**
 * How long something that fails is tried again.
 *
 * @param initialBackoff pause before the second attempt; doubles from attempt to attempt
 * @param maxBackoff largest pause
 * @param timeout time since the first failure after which nothing is tried any more
 */
public record RetryPolicy(Duration initialBackoff, Duration maxBackoff, Duration timeout) {
  /** An overloaded server gets that many times the pause. */
  private static final int OVERLOAD_FACTOR = 4;

  public RetryPolicy {
    Objects.requireNonNull(initialBackoff, "initialBackoff");
    Objects.requireNonNull(maxBackoff, "maxBackoff");
    Objects.requireNonNull(timeout, "timeout");
  }

  /** Returns the pause after the given number of failures in a row, counted from 1. */
  public Duration backoff(int failures, boolean overloaded) {
    int doublings = Math.min(failures - 1, 20);
    Duration pause = initialBackoff.multipliedBy(1L << doublings);
    Duration wanted = overloaded ? pause.multipliedBy(OVERLOAD_FACTOR) : pause;
    return wanted.compareTo(maxBackoff) > 0 ? maxBackoff : wanted;
  }
}
