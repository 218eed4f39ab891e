package io.obconnect.source;

import java.util.Objects;

/**
 * A place in a log between two transactions.
 *
 * @param file of the server that was asked
 * @param gtids of all transactions before; empty where there are none, or no GTIDs
 */
record LogStart(String file, long position, String gtids) {
  /** Behind the magic number of a file. */
  static final long FIRST_POSITION = 4;

  LogStart {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(gtids, "gtids");
  }
}
