package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static RetryPolicy policy(long initialMs, long maxMs) {
    return new RetryPolicy(
        Duration.ofMillis(initialMs), Duration.ofMillis(maxMs), Duration.ofMinutes(1));
  }

  @Test
  void pauseDoublesUpToItsLimit() {
    RetryPolicy policy = policy(100, 1_000);
    assertEquals(Duration.ofMillis(100), policy.backoff(1, false));
    assertEquals(Duration.ofMillis(200), policy.backoff(2, false));
    assertEquals(Duration.ofMillis(800), policy.backoff(4, false));
    assertEquals(Duration.ofSeconds(1), policy.backoff(5, false));
  }

  @Test
  void overloadedServerIsGivenMoreTime() {
    assertEquals(Duration.ofMillis(400), policy(100, 1_000).backoff(1, true));
    assertEquals(Duration.ofSeconds(1), policy(100, 1_000).backoff(3, true));
  }

  /** Law: never above the limit, never shorter than before, for any number of failures. */
  @Property
  void pauseGrowsWithinTheLimit(
      @ForAll @LongRange(min = 1, max = 600_000) long initialMs,
      @ForAll @LongRange(min = 1, max = 600_000) long maxMs,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int failures,
      @ForAll boolean overloaded) {
    Duration pause = policy(initialMs, maxMs).backoff(failures, overloaded);
    Duration next = policy(initialMs, maxMs).backoff(failures + 1, overloaded);
    assertTrue(pause.toMillis() <= maxMs && !pause.isZero());
    assertTrue(next.compareTo(pause) >= 0);
  }
}
