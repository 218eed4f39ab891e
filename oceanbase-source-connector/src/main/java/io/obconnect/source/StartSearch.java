package io.obconnect.source;

import com.github.shyiko.mysql.binlog.GtidSet;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Looks for a place in one file of the log, event by event: at a position, or before the first
 * transaction of a time. One thread only.
 */
final class StartSearch {
  private final String file;
  private final long position;
  private final long micros;
  private GtidSet before = new GtidSet("");
  private boolean hasTransactions;
  private long reached = LogStart.FIRST_POSITION;
  private LogStart found;

  private StartSearch(String file, long position, long micros) {
    this.file = file;
    this.position = position;
    this.micros = micros;
  }

  /** Searches for a position, which has to be the beginning of a transaction or the log's end. */
  static StartSearch ofPosition(String file, long position) {
    return new StartSearch(file, position, Long.MIN_VALUE);
  }

  /** Searches for the first transaction that was committed at a time or later. */
  static StartSearch ofTime(String file, long micros) {
    return new StartSearch(file, 0, micros);
  }

  /**
   * Takes the next event of the file.
   *
   * @return whether the search is over
   * @throws ConnectException when the position is in the middle of a transaction
   */
  boolean accept(LogEntry entry) {
    switch (entry.kind()) {
      case PREVIOUS -> before = new GtidSet(entry.gtids());
      case BEGIN -> begin(entry);
      case END -> {
        if (position > 0) {
          find(entry.position());
        }
      }
      case OTHER -> {
        // In a transaction, or before all of them.
      }
    }
    reached = entry.end();
    return found != null;
  }

  private void begin(LogEntry entry) {
    if (entry.position() >= position && entry.micros() >= micros) {
      find(entry.position());
      return;
    }
    hasTransactions = true;
    if (!entry.gtids().isEmpty()) {
      before.add(entry.gtids());
    }
  }

  private void find(long place) {
    if (position > place || (hasTransactions && position > 0 && position < place)) {
      throw new ConnectException(
          file
              + ":"
              + position
              + " is not where a transaction begins: the next one begins, or the file ends, at "
              + place);
    }
    found = new LogStart(file, place, before.toString());
  }

  /** Empty where the file has no such place, and the next one may. */
  Optional<LogStart> found() {
    return Optional.ofNullable(found);
  }

  /** What was found, if only the end of the log. */
  LogStart foundOrEnd() {
    if (found == null) {
      find(reached);
    }
    return found;
  }
}
