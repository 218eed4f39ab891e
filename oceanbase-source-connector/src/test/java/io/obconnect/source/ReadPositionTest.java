package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadPositionTest {
  private final ReadPosition read =
      new ReadPosition(Map.of(), "binlog.000002", 157, "uuid:7", 1_000);

  @Test
  void endIsReachedWhenNothingInFrontOfItIsUnread() {
    assertTrue(read.hasReached(new ServerLogEnd("binlog.000002", 157, 0)));
    assertTrue(read.hasReached(new ServerLogEnd("binlog.000002", 100, 0)));
    assertFalse(read.hasReached(new ServerLogEnd("binlog.000002", 158, 0)));
  }

  @Test
  void placesInOtherFilesDoNotCompare() {
    assertFalse(read.hasReached(new ServerLogEnd("binlog.000003", 4, 0)));
    assertFalse(read.hasReached(new ServerLogEnd("binlog.000001", 100, 0)));
  }

  @Test
  void timeNeverGoesBack() {
    assertEquals(1_000, read.at(500).timestampMs());
    assertEquals(2_000, read.at(2_000).marker().timestampMs());
    assertEquals("uuid:7", read.at(2_000).marker().position());
  }
}
