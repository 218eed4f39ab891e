package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  /** Near the end of what the clock can show: it may wrap. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static int admitted(Throttle throttle) {
    int admitted = 0;
    while (!throttle.isExhausted()) {
      throttle.take(1);
      admitted++;
    }
    return admitted;
  }

  @Test
  void asManyAsTheTimeGivesAndNoneMore() {
    Throttle throttle = new Throttle(10, now::get);
    assertEquals(0, admitted(throttle));
    pass(Duration.ofSeconds(1));
    assertEquals(10, admitted(throttle));
    pass(Duration.ofMillis(500));
    assertEquals(5, admitted(throttle));
  }

  @Test
  void idleTimeIsNotSavedUp() {
    Throttle throttle = new Throttle(10, now::get);
    pass(Duration.ofHours(1));
    assertEquals(10, admitted(throttle));
  }

  @Test
  void whatIsTakenAtOnceIsPaidBack() {
    Throttle throttle = new Throttle(100, now::get);
    pass(Duration.ofSeconds(1));
    throttle.take(500);
    assertTrue(throttle.isExhausted());
    pass(Duration.ofSeconds(4));
    assertTrue(throttle.isExhausted());
    pass(Duration.ofMillis(10));
    assertEquals(1, admitted(throttle));
  }

  @Test
  void zeroIsNoLimit() {
    Throttle throttle = new Throttle(0, now::get);
    throttle.take(Long.MAX_VALUE / 2);
    assertFalse(throttle.isExhausted());
  }

  @Property
  void noMoreThanTheRateAndOneBatch(
      @ForAll @IntRange(min = 1, max = 1000) int perSecond,
      @ForAll @IntRange(min = 1, max = 500) int batch,
      @ForAll @Size(max = 50) List<@IntRange(min = 0, max = 3_000) Integer> pausesMs) {
    AtomicLong clock = new AtomicLong();
    Throttle throttle = new Throttle(perSecond, clock::get);
    long taken = 0;
    for (int pauseMs : pausesMs) {
      clock.addAndGet(Duration.ofMillis(pauseMs).toNanos());
      while (!throttle.isExhausted()) {
        throttle.take(batch);
        taken += batch;
      }
    }
    double elapsedSeconds = clock.get() / 1e9;
    // Both sides round.
    double most = perSecond * elapsedSeconds + batch + 1e-6;
    assertTrue(taken <= most, taken + " in " + elapsedSeconds);
  }
}
