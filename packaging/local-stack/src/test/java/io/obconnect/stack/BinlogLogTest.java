package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinlogLogTest {
  private final BinlogLog log = new BinlogLog();

  private void append(int transactions) {
    for (int i = 0; i < transactions; i++) {
      log.append(1_742_974_578_000_000_000L, List.of(BinlogEvents.xid(1, 1)));
    }
  }

  private GtidRanges own(String ranges) {
    return GtidRanges.parse(log.uuid() + ":" + ranges);
  }

  @Test
  void readerBeginsWithTheLatestFileBeforeWhichItHasAll() {
    append(3);
    log.rotate();
    append(2);

    assertEquals("mysql-bin.000001", log.from(own("1-2")).file().name());
    assertEquals("mysql-bin.000002", log.from(own("1-3")).file().name());
    // It was told of transactions that are not in the log yet.
    assertEquals("mysql-bin.000002", log.from(own("1-9")).file().name());
    assertEquals("mysql-bin.000001", log.from(GtidRanges.parse("")).file().name());
  }

  @Test
  void purgedTransactionsAreMissed() {
    append(3);
    log.rotate();
    append(2);
    log.purge();

    assertEquals(log.uuid() + ":1-3", log.purgedGtids());
    assertThrows(DumpRefusedException.class, () -> log.from(own("1-2")));
    assertThrows(DumpRefusedException.class, () -> log.from("mysql-bin.000001", 4));
    assertEquals("mysql-bin.000002", log.from(own("1-3")).file().name());
  }

  @Test
  void anotherInstancesPositionIsUnknown() {
    append(1);
    GtidRanges before = own("1");
    log.renew();
    append(1);
    assertThrows(DumpRefusedException.class, () -> log.from(before));
  }

  @Test
  void readingGoesOnInTheNextFile() {
    append(1);
    BinlogLog.Cursor at = log.from(GtidRanges.parse(""));
    int events = at.file().size();
    log.rotate();
    for (int i = 0; i <= events; i++) {
      at = log.next(at);
    }
    assertEquals("mysql-bin.000002", at.file().name());
    assertEquals(0, at.index());
  }
}
