package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long NANOS_PER_MS = 1_000_000;

  @Test
  void aPercentileIsAMeasuredValueThatTheShareStayedWithin() {
    long[] descending =
        LongStream.rangeClosed(1, 200).map(ms -> (201 - ms) * NANOS_PER_MS).toArray();

    assertEquals(new Latency(100, 190, 198, 200), Latency.ofNanos(descending));
  }

  @Test
  void oneChangeIsEveryPercentile() {
    assertEquals(new Latency(1.5, 1.5, 1.5, 1.5), Latency.ofNanos(new long[] {1_500_000}));
  }

  @Test
  void nothingMeasuredIsNoLatency() {
    assertThrows(IllegalArgumentException.class, () -> Latency.ofNanos(new long[0]));
  }

  @Test
  void eachValueHasItsOwnMedian() {
    assertEquals(
        new Latency(2, 20, 200, 900),
        Latency.median(
            List.of(
                new Latency(1, 20, 300, 900),
                new Latency(2, 10, 200, 1_000),
                new Latency(3, 30, 100, 400))));
  }
}
