package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConflictShareTest {
  private final ConflictShare share = new ConflictShare();

  private void add(int waiting) {
    for (int i = 0; i < ConflictShare.SAMPLE; i++) {
      share.add(i < waiting);
    }
  }

  @Test
  void oneInAHundredIsMany() {
    add(ConflictShare.MANY - 1);
    assertFalse(share.isHigh());
    add(ConflictShare.MANY);
    assertTrue(share.isHigh());
  }

  @Test
  void onlyTheLastWholeSampleCounts() {
    add(ConflictShare.SAMPLE);
    share.add(false);
    assertTrue(share.isHigh());
    add(0);
    add(0);
    assertFalse(share.isHigh());
  }
}
