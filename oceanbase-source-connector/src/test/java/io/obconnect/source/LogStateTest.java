package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogStateTest {
  private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static final LogState LOG =
      new LogState(
          List.of(new LogState.File("bin.000004", 500), new LogState.File("bin.000005", 700)),
          true,
          UUID + ":1-100",
          UUID + ":1-10");

  private static String problem(String start) {
    return LOG.problem(StartPosition.parse(start), NOW).orElse("");
  }

  @Test
  void whatTheLogHasIsNoProblem() {
    for (String start :
        new String[] {
          "latest", "earliest", UUID + ":1-10", UUID + ":1-100", "bin.000005:700", NOW.toString()
        }) {
      assertEquals("", problem(start));
    }
  }

  @Test
  void whatTheLogDoesNotHaveIsNamed() {
    assertTrue(problem(UUID + ":1-8").contains(UUID + ":9-10"), problem(UUID + ":1-8"));
    assertTrue(problem(UUID + ":1-101").contains(UUID + ":101"), problem(UUID + ":1-101"));
    assertTrue(problem("bin.000003:4").contains("bin.000004 to bin.000005"));
    assertTrue(problem("bin.000005:701").contains("700 bytes"));
    assertTrue(problem("2026-02-01T00:00:00Z").contains("still to come"));
  }
}
