package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DefinitionsGapTest {
  private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

  @Test
  void transactionsAreKnownByTheirNumbers() {
    DefinitionsGap gap = new DefinitionsGap(new LogStart("bin.000002", 500, UUID + ":1-9"));
    // Another server of the same transactions may have them in other files.
    assertTrue(gap.contains(UUID + ":9", "bin.000007", 4));
    assertFalse(gap.contains(UUID + ":10", "bin.000001", 4));
    assertEquals(gap, DefinitionsGap.parse(gap.text()));
  }

  @Test
  void transactionsWithoutNumbersAreKnownByTheirPlace() {
    DefinitionsGap gap = new DefinitionsGap(new LogStart("bin.999999", 500, ""));
    assertTrue(gap.contains("", "bin.999998", 900));
    assertTrue(gap.contains("", "bin.999999", 499));
    assertFalse(gap.contains("", "bin.999999", 500));
    assertFalse(gap.contains("", "bin.1000000", 4));
    assertEquals(gap, DefinitionsGap.parse(gap.text()));
  }
}
