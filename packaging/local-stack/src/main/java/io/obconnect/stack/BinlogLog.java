package io.obconnect.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A binary log in memory: files, and in them transactions with GTIDs of one source, numbered from 1
 * without a gap. Thread-safe.
 */
final class BinlogLog {
  /** Behind the magic number. */
  static final long FIRST_POSITION = 4;

  private final List<BinlogFile> files = new ArrayList<>();
  private UUID uuid = UUID.randomUUID();
  private long lastGtid;
  private int fileNumber;

  /** Where a reader stands: at an event of a file, which may not be there yet. */
  record Cursor(BinlogFile file, int index) {}

  /** The name of the current file, the position behind its last event, and the last GTID. */
  record Status(String file, long position, UUID uuid, long lastGtid) {
    String gtids() {
      return lastGtid == 0 ? "" : uuid + ":1-" + lastGtid;
    }
  }

  BinlogLog() {
    beginFile(seconds());
  }

  private static long seconds() {
    return System.currentTimeMillis() / 1_000;
  }

  private void beginFile(long seconds) {
    BinlogFile file = new BinlogFile("mysql-bin.%06d".formatted(++fileNumber), lastGtid);
    file.add(BinlogEvents.formatDescription(seconds));
    file.add(BinlogEvents.previousGtids(seconds, uuid, lastGtid));
    files.add(file);
  }

  /**
   * Adds a transaction, or a schema change, under the next GTID.
   *
   * @param scn when it was committed
   */
  synchronized void append(long scn, List<BinlogEvent> events) {
    BinlogFile file = current();
    file.add(BinlogEvents.gtid(uuid, ++lastGtid, scn));
    events.forEach(file::add);
    notifyAll();
  }

  /** Goes on in a new file. */
  synchronized void rotate() {
    BinlogFile old = current();
    long seconds = seconds();
    beginFile(seconds);
    old.add(BinlogEvents.rotate(seconds, 0, current().name(), FIRST_POSITION));
    notifyAll();
  }

  /** Forgets all files but the current one. */
  synchronized void purge() {
    files.subList(0, files.size() - 1).clear();
  }

  /** Begins anew, as an instance does that was dropped and created again. */
  synchronized void renew() {
    files.clear();
    uuid = UUID.randomUUID();
    lastGtid = 0;
    fileNumber = 0;
    beginFile(seconds());
    notifyAll();
  }

  private BinlogFile current() {
    return files.get(files.size() - 1);
  }

  synchronized Status status() {
    return new Status(current().name(), current().end(), uuid, lastGtid);
  }

  /** The transactions that are no longer there. */
  synchronized String purgedGtids() {
    long before = files.get(0).gtidsBefore();
    return before == 0 ? "" : uuid + ":1-" + before;
  }

  synchronized List<BinlogFile> files() {
    return List.copyOf(files);
  }

  /**
   * The beginning of the latest file before which a reader has everything.
   *
   * @throws DumpRefusedException as the service does when there is none
   */
  synchronized Cursor from(GtidRanges executed) {
    if (executed.isEmpty()) {
      return new Cursor(files.get(0), 0);
    }
    for (int i = files.size() - 1; i >= 0; i--) {
      if (executed.containsAll(uuid, files.get(i).gtidsBefore())) {
        return new Cursor(files.get(i), 0);
      }
    }
    throw new DumpRefusedException(
        "The requested gtid transaction no longer exists and may have been cleaned up");
  }

  /**
   * The event at a position.
   *
   * @throws DumpRefusedException as the service does when there is none
   */
  synchronized Cursor from(String name, long position) {
    for (BinlogFile file : files) {
      if (file.name().equals(name)) {
        return new Cursor(file, file.indexOf(position));
      }
    }
    throw new DumpRefusedException("failed to open binlog file");
  }

  /** Waits until there is an event at a cursor, for a bounded time. */
  synchronized boolean await(Cursor cursor, Duration time) throws InterruptedException {
    long endNanos = System.nanoTime() + time.toNanos();
    while (cursor.index() >= cursor.file().size()) {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  synchronized BinlogEvent event(Cursor cursor) {
    return cursor.file().event(cursor.index());
  }

  /** Where reading goes on behind an event: behind a file's last one with the next file. */
  synchronized Cursor next(Cursor cursor) {
    if (event(cursor).code() != BinlogEvent.ROTATE) {
      return new Cursor(cursor.file(), cursor.index() + 1);
    }
    int following = files.indexOf(cursor.file()) + 1;
    if (following == 0) {
      throw new DumpRefusedException("could not find next log.");
    }
    return new Cursor(files.get(following), 0);
  }

  synchronized UUID uuid() {
    return uuid;
  }
}
