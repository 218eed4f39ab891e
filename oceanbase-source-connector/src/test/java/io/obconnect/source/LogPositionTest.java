package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogPositionTest {
  private static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String OTHER = "11111111-71ca-11e1-9e33-c80aa9429562";

  @Test
  void whatIsRetainedIsNotLost() {
    assertNull(LogPosition.lostBecause(SOURCE + ":1-5", SOURCE + ":1-9", ""));
    assertNull(LogPosition.lostBecause(SOURCE + ":1-5", SOURCE + ":1-9", SOURCE + ":1-5"));
  }

  /** The service tells late what it has. */
  @Test
  void positionBeyondWhatTheServiceTellsIsNotLost() {
    assertNull(LogPosition.lostBecause(SOURCE + ":1-9", SOURCE + ":1-5", SOURCE + ":1-2"));
    assertNull(LogPosition.lostBecause(SOURCE + ":1-9", "", ""));
  }

  @Test
  void whatIsPurgedIsLost() {
    String reason = LogPosition.lostBecause(SOURCE + ":1-5", SOURCE + ":1-9", SOURCE + ":1-6");
    assertTrue(reason.contains(SOURCE + ":1-6"), reason);
  }

  @Test
  void messageSaysWhatAServerHasInstead() {
    assertEquals(
        "db:3306 has deleted the transactions "
            + SOURCE
            + ":6-7, and only "
            + SOURCE
            + ":1-5 was read",
        LogPosition.lostTransactions(SOURCE + ":1-5", SOURCE + ":1-9", SOURCE + ":1-7", "db:3306"));
    assertEquals(
        "db:3306 has never had the transactions "
            + SOURCE
            + ":4-5, which were read: it was restored, or begun anew",
        LogPosition.lostTransactions(SOURCE + ":1-5", SOURCE + ":1-3", "", "db:3306"));
    assertEquals(
        "db:3306 no longer has the file bin.000002, but bin.000004 to bin.000005",
        LogPosition.lostFile("bin.000002", List.of("bin.000004", "bin.000005"), "db:3306"));
  }

  @Test
  void replicaThatLagsIsBehindAndOneThatHasDeletedIsNot() {
    assertTrue(LogPosition.isBehind(SOURCE + ":1-5", SOURCE + ":1-4", SOURCE + ":1-2"));
    assertFalse(LogPosition.isBehind(SOURCE + ":1-5", SOURCE + ":1-9", SOURCE + ":1-2"));
    assertFalse(LogPosition.isBehind(SOURCE + ":1-5", OTHER + ":1-9", OTHER + ":1-7"));
  }

  @Test
  void anotherInstancesLogIsNoContinuation() {
    String reason = LogPosition.lostBecause(SOURCE + ":1-5", OTHER + ":1-9", "");
    assertTrue(reason.contains(OTHER), reason);
  }
}
