package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartPositionTest {
  private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

  @Test
  void formsAreToldApart() {
    assertEquals(new StartPosition.Latest(), StartPosition.parse(" latest "));
    assertEquals(new StartPosition.Earliest(), StartPosition.parse("EARLIEST"));
    assertEquals(
        new StartPosition.InFile("binlog.000012", 157), StartPosition.parse("binlog.000012:157"));
    assertEquals(
        new StartPosition.At(Instant.parse("2026-01-31T10:00:00Z")),
        StartPosition.parse("2026-01-31T12:00:00+02:00"));
    for (String gtids :
        new String[] {
          UUID + ":5", UUID + ":1-5:7-9", UUID + ":1-5," + UUID + ":blue:1-3", UUID + ":blue:1"
        }) {
      assertEquals(new StartPosition.Transactions(gtids), StartPosition.parse(gtids));
    }
    assertEquals(
        new StartPosition.Transactions(UUID + ":1-5," + UUID + ":7"),
        StartPosition.parse(UUID + ":1-5,\n" + UUID + ":7"));
  }

  @Test
  void whatCouldBeMisunderstoodIsRefused() {
    for (String text :
        new String[] {"now", "2026-01-31T12:00:00", "2026-01-31", "binlog.000012", UUID, "12:5"}) {
      assertThrows(IllegalArgumentException.class, () -> StartPosition.parse(text), text);
    }
  }
}
