package io.obconnect.sink;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long a lane has had work. Set by the lane, read by any thread. */
final class BusyClock {
  private final LongSupplier nanoTime;
  private long busyNanos;
  private long sinceNanos;
  private boolean busy;

  BusyClock(LongSupplier nanoTime) {
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  synchronized void begin() {
    busy = true;
    sinceNanos = nanoTime.getAsLong();
  }

  synchronized void end() {
    busyNanos += underWayNanos();
    busy = false;
  }

  private long underWayNanos() {
    return busy ? nanoTime.getAsLong() - sinceNanos : 0;
  }

  /** In milliseconds, what is under way included. */
  synchronized long totalMs() {
    return TimeUnit.NANOSECONDS.toMillis(busyNanos + underWayNanos());
  }
}
