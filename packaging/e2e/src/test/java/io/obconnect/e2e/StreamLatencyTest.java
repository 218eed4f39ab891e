package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StreamLatencyTest {

  @Test
  void paceIsThatOfTheIntervalsBetweenTheChanges() {
    assertEquals(1_000, StreamLatency.pace(new long[] {7, 1_000_007, 2_000_007}), 1e-6);
  }
}
