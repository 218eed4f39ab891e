package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemstoreGuardTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final MemstoreGuard guard = new MemstoreGuard(90, now::get);

  private void found(double share) {
    guard.answer(OptionalDouble.of(share));
  }

  @Test
  void pausesAboveTheThresholdUntilItFalls() {
    assertFalse(guard.isExceeded());
    found(0.9);
    assertFalse(guard.isExceeded());
    found(0.901);
    assertTrue(guard.isExceeded());
    found(0.2);
    assertFalse(guard.isExceeded());
  }

  @Test
  void destinationThatDoesNotShowItsMemoryIsNotGuarded() {
    found(0.99);
    guard.answer(OptionalDouble.empty());
    assertFalse(guard.isExceeded());
  }

  @Test
  void zeroIsOff() {
    MemstoreGuard off = new MemstoreGuard(0, now::get);
    off.answer(OptionalDouble.of(1));
    assertFalse(off.isExceeded());
  }

  @Test
  void oneQuestionAtATimeEveryFewSeconds() {
    assertTrue(guard.ask(false), "once, even without work");
    assertFalse(guard.ask(true), "not answered yet");
    found(0.1);
    assertFalse(guard.ask(true), "just answered");
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertFalse(guard.ask(false), "nothing to write");
    assertTrue(guard.ask(true));
  }

  /** All partitions are paused and nothing waits: only another look lets the task go on. */
  @Test
  void looksAgainWhileItPauses() {
    found(0.95);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertTrue(guard.ask(false));
  }
}
