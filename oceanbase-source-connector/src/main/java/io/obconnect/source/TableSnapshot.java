package io.obconnect.source;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.RetryPolicy;
import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a connection see one table as it was at a known point in the log. For as long as it takes to
 * ask for that point the table is locked against writers by a second connection: a writer's lock
 * outlives its commit, so that nobody stands between the log and the table then. One thread only.
 */
final class TableSnapshot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableSnapshot.class);

  /** Writers queue behind whoever waits for the lock. */
  private static final int LOCK_SECONDS = 2;

  private static final int MAX_ATTEMPTS = 30;
  private static final int LOCK_TIMED_OUT = 1205;

  /** How far another server's clock, on which changes were made first, may be ahead. */
  private static final long CLOCK_SKEW_MS = 60_000;

  private final SourceSession locking;

  TableSnapshot(Map<String, String> options, RetryPolicy policy) {
    this.locking = new SourceSession(options, policy);
  }

  /**
   * Begins a transaction that sees the table at the returned point.
   *
   * @param reader the transaction that it is in is ended; the caller ends the new one
   * @throws ConnectException when somebody has kept writing to the table in one transaction
   */
  CopyBlock.Snapshot begin(Connection reader, TableId table)
      throws SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return locking.run("Locking " + table.quoted(), locker -> begin(reader, locker, table));
      } catch (ConnectException e) {
        if (!isLockTimeout(e) || attempt >= MAX_ATTEMPTS) {
          throw e;
        }
        LOG.info(
            "Table {} is being written to; the lock for its copy is asked for again ({} of {})",
            table.quoted(),
            attempt,
            MAX_ATTEMPTS);
        // Gives the writers that have queued meanwhile as much time again.
        Thread.sleep(LOCK_SECONDS * 1_000L);
      }
    }
  }

  private static boolean isLockTimeout(ConnectException failure) {
    return failure.getCause() instanceof SQLException e && e.getErrorCode() == LOCK_TIMED_OUT;
  }

  private CopyBlock.Snapshot begin(Connection reader, Connection locker, TableId table)
      throws SQLException {
    try (Statement lock = locker.createStatement();
        Statement read = reader.createStatement()) {
      lock.execute("SET SESSION lock_wait_timeout=" + LOCK_SECONDS);
      lock.execute("LOCK TABLES " + table.quoted() + " READ");
      try {
        read.execute("COMMIT");
        read.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        read.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        return endOfLog(lock);
      } finally {
        lock.execute("UNLOCK TABLES");
      }
    }
  }

  private CopyBlock.Snapshot endOfLog(Statement statement) throws SQLException {
    long now;
    try (ResultSet row =
        statement.executeQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)")) {
      row.next();
      now = row.getLong(1);
    }
    try (ResultSet row = statement.executeQuery(locking.logStatusStatement())) {
      if (!row.next()) {
        throw new ConnectException("the database writes no binary log; switch it on (log_bin)");
      }
      return new CopyBlock.Snapshot(row.getString(1), row.getLong(2), now + CLOCK_SKEW_MS);
    }
  }

  @Override
  public void close() {
    locking.close();
  }
}
