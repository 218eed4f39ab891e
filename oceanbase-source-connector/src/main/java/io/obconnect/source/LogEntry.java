package io.obconnect.source;

import java.util.Objects;

/**
 * What a search needs to know of an event of the log.
 *
 * @param position of its first byte in the file
 * @param end of the event in the file
 * @param micros when it was committed, since 1970, or the end of the second when it was written
 * @param gtids of the transaction that begins, or of the files before; empty where it has none
 */
record LogEntry(Kind kind, long position, long end, long micros, String gtids) {
  enum Kind {
    /** Which transactions are in earlier files. */
    PREVIOUS,
    /** A transaction begins. */
    BEGIN,
    /** The file ends. */
    END,
    OTHER
  }

  LogEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(gtids, "gtids");
  }
}
