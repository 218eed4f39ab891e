package io.obconnect.stack;

import java.io.IOException;
import java.time.Duration;

/** Sends a client the log from a position on, and waits for more. */
final class BinlogDump {
  private final BinlogService service;
  private final MySqlPackets client;
  private final boolean checksums;
  private final Duration heartbeat;
  private final GtidRanges executed;

  /**
   * A dump.
   *
   * @param executed transactions that are passed by
   */
  BinlogDump(
      BinlogService service,
      MySqlPackets client,
      boolean checksums,
      Duration heartbeat,
      GtidRanges executed) {
    this.service = service;
    this.client = client;
    this.checksums = checksums;
    this.heartbeat = heartbeat;
    this.executed = executed;
  }

  /** Until the client has gone. */
  void run(BinlogLog.Cursor start, long position) throws IOException, InterruptedException {
    BinlogLog log = service.log();
    BinlogLog.Cursor at = start;
    long end = position;
    boolean skipped = false;
    send(BinlogEvents.rotate(0, BinlogEvent.ARTIFICIAL, at.file().name(), position));
    if (at.index() > 0) {
      send(log.event(new BinlogLog.Cursor(at.file(), 0)).outsideOfFile());
    }
    while (true) {
      if (!hasEvent(log, at)) {
        send(BinlogEvents.heartbeat(at.file().name(), end));
        continue;
      }
      BinlogEvent event = log.event(at);
      if (!isAdmitted(event)) {
        send(BinlogEvents.heartbeat(at.file().name(), end));
        continue;
      }
      skipped = isSkipped(event, skipped);
      if (!skipped) {
        send(event);
        end = event.end();
        if (service.has(BinlogQuirk.HEARTBEAT_IN_TRANSACTION)) {
          send(BinlogEvents.heartbeat(at.file().name(), end));
        }
      }
      BinlogLog.Cursor next = log.next(at);
      if (!next.file().equals(at.file())) {
        end = BinlogLog.FIRST_POSITION;
        send(BinlogEvents.rotate(0, BinlogEvent.ARTIFICIAL, next.file().name(), end));
      }
      at = next;
    }
  }

  /** Before anything is waited for, the client gets what there is. */
  private boolean hasEvent(BinlogLog log, BinlogLog.Cursor at)
      throws IOException, InterruptedException {
    if (log.await(at, Duration.ZERO)) {
      return true;
    }
    client.flush();
    return log.await(at, heartbeat);
  }

  private boolean isAdmitted(BinlogEvent event) throws IOException, InterruptedException {
    if (service.admits(event)) {
      return true;
    }
    client.flush();
    return service.awaitAdmission(event, heartbeat);
  }

  /** A transaction begins with its GTID, and ends before the next one or with the file. */
  private boolean isSkipped(BinlogEvent event, boolean before) {
    return switch (event.code()) {
      case BinlogEvent.GTID -> executed.contains(service.log().uuid(), event.gtidNumber());
      case BinlogEvent.FORMAT_DESCRIPTION, BinlogEvent.PREVIOUS_GTIDS, BinlogEvent.ROTATE -> false;
      default -> before;
    };
  }

  private void send(BinlogEvent event) throws IOException {
    client.write(new ByteWriter().number(MySqlPackets.OK, 1).raw(event.bytes(checksums)).toBytes());
  }
}
