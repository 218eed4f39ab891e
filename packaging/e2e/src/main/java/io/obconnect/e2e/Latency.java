package io.obconnect.e2e;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long changes took, in milliseconds: the longest time that a share of them stayed within.
 *
 * @param p50 half of them
 * @param p95 95 in 100
 * @param p99 99 in 100
 * @param max all of them
 */
record Latency(
    @JsonProperty("p50_ms") double p50,
    @JsonProperty("p95_ms") double p95,
    @JsonProperty("p99_ms") double p99,
    @JsonProperty("max_ms") double max) {
  private static final double NANOS_PER_MS = 1e6;
  private static final double DIGITS = 100;

  /** Summary by nearest rank. */
  static Latency ofNanos(long[] latencies) {
    if (latencies.length == 0) {
      throw new IllegalArgumentException("no latency was measured");
    }
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);
    return new Latency(
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99),
        percentile(sorted, 100));
  }

  private static double percentile(long[] sorted, int percent) {
    int rank = (int) (((long) sorted.length * percent + 99) / 100);
    return rounded(sorted[rank - 1] / NANOS_PER_MS);
  }

  /** The median of each value on its own. */
  static Latency median(List<Latency> runs) {
    return new Latency(
        median(runs, Latency::p50),
        median(runs, Latency::p95),
        median(runs, Latency::p99),
        median(runs, Latency::max));
  }

  private static double median(List<Latency> runs, ToDoubleFunction<Latency> value) {
    return rounded(PairedRates.median(runs.stream().map(value::applyAsDouble).toList()));
  }

  private static double rounded(double ms) {
    return Math.round(ms * DIGITS) / DIGITS;
  }
}
