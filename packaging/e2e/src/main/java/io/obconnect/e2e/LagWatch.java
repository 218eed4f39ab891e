package io.obconnect.e2e;

import java.sql.SQLException;
import java.util.Objects;

/**
 * Measures how old the newest change is that the destination has, by the beats of the live writer.
 */
final class LagWatch {
  private final ShopView destination;
  private long maxMs;

  LagWatch(ShopView destination) {
    this.destination = Objects.requireNonNull(destination, "destination");
  }

  /** The lag now, in milliseconds; it includes the time between two beats. */
  long measure() throws SQLException {
    long lagMs = Math.max(0, System.currentTimeMillis() - destination.beat().orElse(0));
    maxMs = Math.max(maxMs, lagMs);
    return lagMs;
  }

  long maxMs() {
    return maxMs;
  }
}
