package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Waits until the destination has all rows of {@link OrdersTable}. It looks at the end of the
 * primary key, which costs the engine nothing, and counts only once the last key is there. One
 * thread only.
 */
final class Arrival {
  private static final int NO_SUCH_TABLE = 1146;
  private static final int NO_SUCH_DATABASE = 1049;
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final long SLOWEST_ROWS_PER_SECOND = 500;
  private static final long COUNT_TIMEOUT_US = 600_000_000;

  private final Connection destination;
  private final long rows;

  Arrival(Connection destination, long rows) {
    this.destination = Objects.requireNonNull(destination, "destination");
    this.rows = rows;
  }

  /**
   * Waits.
   *
   * @param progress receives the largest key that has arrived, whenever it has been looked at
   * @throws IllegalStateException when the copy is hopelessly slow
   */
  void await(RunningCopy copy, LongConsumer progress) throws Exception {
    try (Statement statement = destination.createStatement()) {
      statement.execute("SET ob_query_timeout = " + COUNT_TIMEOUT_US);
    }
    Deadline.await(
        "the arrival of " + rows + " rows",
        START_TIMEOUT.plusSeconds(rows / SLOWEST_ROWS_PER_SECOND),
        () -> {
          copy.check();
          long last = number("SELECT id FROM %s.%s ORDER BY id DESC LIMIT 1");
          progress.accept(last);
          return last >= rows && number("SELECT COUNT(*) FROM %s.%s") >= rows;
        });
  }

  private long number(String query) throws SQLException {
    try (Statement statement = destination.createStatement();
        ResultSet row =
            statement.executeQuery(
                query.formatted(OrdersTable.ID.database(), OrdersTable.ID.table()))) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
        return 0;
      }
      throw e;
    }
  }
}
