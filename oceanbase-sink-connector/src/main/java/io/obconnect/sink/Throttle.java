package io.obconnect.sink;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Quota;
import org.apache.kafka.common.metrics.stats.TokenBucket;

/**
 * A rate that is kept by pausing: what was taken beyond it is paid back by a longer pause. Kafka's
 * own token bucket, holding what one second may take; it starts empty. Used by the task's thread
 * only.
 */
final class Throttle {
  private final TokenBucket bucket = new TokenBucket();
  private final MetricConfig config = new MetricConfig().samples(1).timeWindow(1, TimeUnit.SECONDS);
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long taken;

  /**
   * A rate from now on.
   *
   * @param perSecond 0 for no limit
   */
  Throttle(long perSecond, LongSupplier nanoTime) {
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    this.startNanos = nanoTime.getAsLong();
    if (perSecond > 0) {
      config.quota(Quota.upperBound((double) perSecond));
    }
  }

  void take(long amount) {
    taken += amount;
  }

  /** Whether nothing more may be taken for now. */
  boolean isExhausted() {
    long nowMs = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
    bucket.record(config, (double) taken, nowMs);
    taken = 0;
    return bucket.measure(config, nowMs) <= 0;
  }
}
