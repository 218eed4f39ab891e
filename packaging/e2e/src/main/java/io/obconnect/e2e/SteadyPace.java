package io.obconnect.e2e;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When things are due that happen at a steady pace, from the creation of this object on. */
final class SteadyPace {
  private final long startNanos = System.nanoTime();
  private final long intervalNanos;

  SteadyPace(int perSecond) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /**
   * Waits until something is due.
   *
   * @param number from 0
   * @return the time then, by {@link System#nanoTime()}; later than due when the caller is late
   * @throws InterruptedException when the thread is interrupted
   */
  long await(int number) throws InterruptedException {
    long dueNanos = startNanos + number * intervalNanos;
    long nowNanos = System.nanoTime();
    while (nowNanos < dueNanos) {
      LockSupport.parkNanos(dueNanos - nowNanos);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while keeping a pace");
      }
      nowNanos = System.nanoTime();
    }
    return nowNanos;
  }
}
