package io.obconnect.source;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.errors.ConnectException;

/** Finds the place in the log that a start position means. */
final class StartFinder {
  private final BinlogConnectorConnection connection;
  private final LogScan scan;

  StartFinder(BinlogConnectorConnection connection, LogScan scan) {
    this.connection = Objects.requireNonNull(connection, "connection");
    this.scan = Objects.requireNonNull(scan, "scan");
  }

  /**
   * Finds a place.
   *
   * @throws ConnectException when the log does not have it
   */
  LogStart find(StartPosition start) throws SQLException, InterruptedException {
    LogState log = LogState.read(connection);
    log.problem(start, Instant.now())
        .ifPresent(
            problem -> {
              throw new ConnectException(PositionOptions.START + ": " + problem);
            });
    if (start instanceof StartPosition.InFile wanted) {
      StartSearch search = StartSearch.ofPosition(wanted.file(), wanted.position());
      scan.read(log.file(wanted.file()).orElseThrow(), search::accept);
      return known(log, search.foundOrEnd());
    }
    if (start instanceof StartPosition.At wanted) {
      return known(log, find(log, ChronoUnit.MICROS.between(Instant.EPOCH, wanted.time())));
    }
    return new LogStart(
        log.files().get(0).name(),
        LogStart.FIRST_POSITION,
        start instanceof StartPosition.Transactions wanted ? wanted.gtids() : log.purged());
  }

  private static LogStart known(LogState log, LogStart found) {
    return log.numbered() ? found : new LogStart(found.file(), found.position(), "");
  }

  private LogStart find(LogState log, long micros) throws InterruptedException {
    for (int i = fileOf(log, micros); ; i++) {
      LogState.File file = log.files().get(i);
      StartSearch search = StartSearch.ofTime(file.name(), micros);
      scan.read(file, search::accept);
      if (search.found().isPresent() || i == log.files().size() - 1) {
        return search.foundOrEnd();
      }
    }
  }

  /** The last file that was certainly begun before a time, by halving. */
  private int fileOf(LogState log, long micros) throws InterruptedException {
    long begun = begun(log.files().get(0));
    if (begun > micros) {
      throw new ConnectException(
          PositionOptions.START
              + ": the log does not reach back to that time; it begins at "
              + Instant.EPOCH.plus(begun, ChronoUnit.MICROS)
              + ", which is earliest");
    }
    int last = 0;
    int beyond = log.files().size();
    while (beyond - last > 1) {
      int middle = (last + beyond) >>> 1;
      if (begun(log.files().get(middle)) <= micros) {
        last = middle;
      } else {
        beyond = middle;
      }
    }
    return last;
  }

  private long begun(LogState.File file) throws InterruptedException {
    AtomicLong micros = new AtomicLong();
    scan.read(
        file,
        entry -> {
          micros.set(entry.micros());
          return true;
        });
    return micros.get();
  }
}
