package io.obconnect.sink;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds of the work in memory and in flight.
 *
 * @param lanes threads that write, each with a connection of its own
 * @param windowMaxRows changes in one transaction
 * @param windowMaxBytes size of one transaction's records in bytes, estimated
 * @param windowLinger how long a busy lane lets its next transaction fill
 * @param bufferMaxRows changes waiting in a task above which its partitions are paused
 * @param bufferMaxBytes the same in bytes, estimated
 * @param conflictTimeout how long a change waits for a unique value that is still taken
 * @param releaseTimeout time that a running transaction is given when its partitions are taken away
 */
record SinkLimits(
    int lanes,
    int windowMaxRows,
    int windowMaxBytes,
    Duration windowLinger,
    int bufferMaxRows,
    long bufferMaxBytes,
    Duration conflictTimeout,
    Duration releaseTimeout) {
  /** Longer statements are no faster, and bind more of the server's memory. */
  private static final int STATEMENT_MAX_CHARS = 1024 * 1024;

  SinkLimits {
    Objects.requireNonNull(windowLinger, "windowLinger");
    Objects.requireNonNull(conflictTimeout, "conflictTimeout");
    Objects.requireNonNull(releaseTimeout, "releaseTimeout");
  }

  /** The length of a statement in characters, unless one row is longer. */
  int statementMaxChars() {
    return Math.min(windowMaxBytes, STATEMENT_MAX_CHARS);
  }
}
