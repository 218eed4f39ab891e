package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BusyClockTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final BusyClock clock = new BusyClock(now::get);

  private void passSeconds(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void runsWhileThereIsWork() {
    passSeconds(1);
    assertEquals(0, clock.totalMs());
    clock.begin();
    passSeconds(2);
    assertEquals(2_000, clock.totalMs(), "what is under way counts");
    clock.end();
    passSeconds(4);
    clock.end();
    assertEquals(2_000, clock.totalMs());
    clock.begin();
    passSeconds(1);
    clock.end();
    assertEquals(3_000, clock.totalMs());
  }
}
