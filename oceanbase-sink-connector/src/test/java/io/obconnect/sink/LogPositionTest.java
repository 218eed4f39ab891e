package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogPositionTest {

  private static LogPosition at(String file, long offset, long timestampMs) {
    return new LogPosition(1, file, offset, timestampMs);
  }

  @Test
  void filesAreInTheOrderOfTheirNumbers() {
    assertTrue(at("binlog.000002", 4, 10).isAfter(at("binlog.000001", 900, 10)));
    assertTrue(at("binlog.1000000", 4, 10).isAfter(at("binlog.999999", 900, 10)));
    assertFalse(at("binlog.000001", 4, 99).isAfter(at("binlog.000001", 4, 10)));
  }

  @Test
  void rowThatComesAgainIsWithinWhatWasApplied() {
    LogPosition applied = at("binlog.000002", 500, 20);
    assertTrue(at("binlog.000002", 500, 20).isWithin(applied));
    assertTrue(at("binlog.000001", 900, 10).isWithin(applied));
    assertFalse(at("binlog.000002", 501, 20).isWithin(applied));
  }

  /** To pass a row by that was never applied would lose it. */
  @Test
  void rowOfALogThatBeganAnewIsNeverWithinWhatWasApplied() {
    LogPosition applied = at("binlog.000009", 500, 20);
    assertFalse(at("binlog.000001", 4, 21).isWithin(applied));
    assertFalse(new LogPosition(2, "binlog.000001", 4, 10).isWithin(applied));
    assertFalse(LogPosition.UNKNOWN.isWithin(applied));
    assertFalse(applied.isWithin(LogPosition.UNKNOWN));
  }

  /**
   * The copy of a table without a key says at which position it was made, but not of which server.
   */
  @Test
  void positionWithoutServerIsInEveryLog() {
    LogPosition snapshot = new LogPosition(0, "binlog.000002", 500, 20);
    assertTrue(at("binlog.000002", 499, 20).isWithin(snapshot));
    assertFalse(at("binlog.000002", 501, 20).isWithin(snapshot));
    assertFalse(at("binlog.000001", 4, 21).isWithin(snapshot));
  }

  @Test
  void timeDecidesBetweenLogs() {
    LogPosition other = new LogPosition(2, "binlog.000001", 4, 21);
    assertTrue(other.isAfter(at("binlog.000009", 500, 20)));
    assertFalse(other.isAfter(at("binlog.000009", 500, 21)));
  }

  @Test
  void textIsReadAsItWasWritten() {
    LogPosition position = at("c:odd", 500, 20);
    assertEquals(Optional.of(position), LogPosition.parse(position.text()));
    assertEquals(Optional.empty(), LogPosition.parse("?"));
  }
}
