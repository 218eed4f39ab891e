package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Waits until the destination has all changes of a workload. It looks for the last row of each
 * table, which costs the engine next to nothing, and once that is there for the table's
 * fingerprint: a sink with several connections may write the last row before others. One thread
 * only.
 */
final class ChangesArrival {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final long SLOWEST_CHANGES_PER_SECOND = 200;

  /** How long the rest may take after the last row has come. */
  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(1);

  private final Connection destination;
  private final Duration timeout;
  private final Map<BenchTable, TableFingerprint> expected;

  private ChangesArrival(
      Connection destination, Duration timeout, Map<BenchTable, TableFingerprint> expected) {
    this.destination = Objects.requireNonNull(destination, "destination");
    this.timeout = timeout;
    this.expected = expected;
  }

  /** An arrival of what the source has by now. */
  static ChangesArrival of(
      Connection source, Connection destination, Workload workload, long changes)
      throws SQLException {
    Map<BenchTable, TableFingerprint> expected = new LinkedHashMap<>();
    for (BenchTable table : workload.tables()) {
      expected.put(table, TableFingerprint.read(source, table));
    }
    return new ChangesArrival(
        destination, START_TIMEOUT.plusSeconds(changes / SLOWEST_CHANGES_PER_SECOND), expected);
  }

  /**
   * Waits.
   *
   * @return when the look began that found everything, by {@link System#nanoTime()}
   * @throws WrongResultException when a last row is there and the rest does not come
   * @throws IllegalStateException when the contender fails or is hopelessly slow
   */
  long await(RunningCopy copy) throws Exception {
    Deque<BenchTable> missing = new ArrayDeque<>(expected.keySet());
    long[] found = {0};
    Deadline.await(
        "the arrival of the last change",
        timeout,
        Deadline.SHORT_PAUSE,
        () -> {
          copy.check();
          found[0] = System.nanoTime();
          while (!missing.isEmpty() && hasLastRow(missing.peek())) {
            found[0] = settle(copy, missing.remove());
          }
          return missing.isEmpty();
        });
    return found[0];
  }

  private long settle(RunningCopy copy, BenchTable table) throws Exception {
    long endNanos = System.nanoTime() + SETTLE_TIMEOUT.toNanos();
    while (true) {
      copy.check();
      long lookNanos = System.nanoTime();
      if (TableFingerprint.read(destination, table).equals(expected.get(table))) {
        return lookNanos;
      }
      if (lookNanos > endNanos) {
        throw new WrongResultException(
            "the last change of "
                + table.id()
                + " has arrived, and "
                + SETTLE_TIMEOUT.toSeconds()
                + " s later the table still differs from the source's");
      }
    }
  }

  private boolean hasLastRow(BenchTable table) throws SQLException {
    String query =
        "SELECT 1 FROM %s WHERE id = %d".formatted(table.id().quoted(), Workload.LAST_KEY);
    try (Statement statement = destination.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next();
    }
  }
}
