package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class StartSearchTest {
  private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String FILE = "bin.000002";

  private static final List<LogEntry> EVENTS =
      List.of(
          new LogEntry(LogEntry.Kind.OTHER, 4, 100, 1_000, ""),
          new LogEntry(LogEntry.Kind.PREVIOUS, 100, 150, 1_000, UUID + ":1-10"),
          new LogEntry(LogEntry.Kind.BEGIN, 150, 200, 2_000, UUID + ":11"),
          new LogEntry(LogEntry.Kind.OTHER, 200, 300, 2_000, ""),
          new LogEntry(LogEntry.Kind.BEGIN, 300, 350, 3_000, UUID + ":12"),
          new LogEntry(LogEntry.Kind.OTHER, 350, 400, 3_000, ""));

  private static LogStart find(StartSearch search) {
    for (LogEntry event : EVENTS) {
      if (search.accept(event)) {
        break;
      }
    }
    return search.foundOrEnd();
  }

  private static LogStart at(long position) {
    return find(StartSearch.ofPosition(FILE, position));
  }

  @Test
  void positionHasAllTransactionsBeforeIt() {
    assertEquals(new LogStart(FILE, 150, UUID + ":1-10"), at(4));
    assertEquals(new LogStart(FILE, 150, UUID + ":1-10"), at(150));
    assertEquals(new LogStart(FILE, 300, UUID + ":1-11"), at(300));
    assertEquals(new LogStart(FILE, 400, UUID + ":1-12"), at(400));
  }

  @Test
  void positionInATransactionIsRefused() {
    for (long position : new long[] {151, 200, 299, 350, 401}) {
      ConnectException refused = assertThrows(ConnectException.class, () -> at(position));
      assertTrue(refused.getMessage().contains(FILE + ":" + position), refused.getMessage());
    }
  }

  @Test
  void timeIsThatOfTheFirstTransactionNotBeforeIt() {
    assertEquals(150, find(StartSearch.ofTime(FILE, 1_500)).position());
    assertEquals(300, find(StartSearch.ofTime(FILE, 2_001)).position());
    assertEquals(300, find(StartSearch.ofTime(FILE, 3_000)).position());
    assertEquals(new LogStart(FILE, 400, UUID + ":1-12"), find(StartSearch.ofTime(FILE, 3_001)));
  }

  /** The next one goes on. */
  @Test
  void fileThatEndsBeforeTheTimeHasNoSuchPlace() {
    StartSearch search = StartSearch.ofTime(FILE, 9_000);
    EVENTS.forEach(search::accept);
    assertFalse(search.accept(new LogEntry(LogEntry.Kind.END, 400, 440, 4_000, "")));
    assertTrue(search.found().isEmpty());
    assertTrue(
        StartSearch.ofPosition(FILE, 400)
            .accept(new LogEntry(LogEntry.Kind.END, 400, 440, 4_000, "")));
  }
}
