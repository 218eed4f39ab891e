package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import io.obconnect.model.DestinationProbe;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.SqlFailure;
import io.obconnect.model.StatementMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's connection: opened when first needed, set up for exact values, replaced after a failure.
 * One thread only, but for {@link #abort()}.
 */
final class DestinationSession implements TransactionRunner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationSession.class);

  /**
   * Errors instead of truncated values, zero as an AUTO_INCREMENT value, and all dates that a
   * source may hold (2024-02-31 where it allowed them). Backslash escapes stay on: the literals
   * rely on them.
   */
  private static final String SQL_MODE =
      "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";

  /**
   * Every name is qualified, and this database always exists: without any, OceanBase refuses a
   * foreign key to a table that is still to come (error 1210).
   */
  private static final String DEFAULT_DATABASE = "information_schema";

  private final DatabaseConnector connector;
  private final Setup onFirstConnect;
  private final boolean marked;
  private final OffsetLedger offsets;
  private volatile Connection connection;
  private volatile boolean aborted;
  private DestinationProfile profile;
  private boolean everConnected;

  /** What is done on the first connection, before anything else. */
  @FunctionalInterface
  interface Setup {
    void run(Connection connection) throws SQLException;
  }

  /**
   * A session that is opened when it is needed.
   *
   * @param marked whether its statements bear a {@link StatementMark}
   */
  DestinationSession(
      DatabaseConnector connector, OffsetLedger offsets, boolean marked, Setup onFirstConnect) {
    this.marked = marked;
    this.connector = Objects.requireNonNull(connector, "connector");
    this.offsets = Objects.requireNonNull(offsets, "offsets");
    this.onFirstConnect = Objects.requireNonNull(onFirstConnect, "onFirstConnect");
  }

  Connection connection() throws SQLException {
    if (connection == null) {
      aborted = false;
      Connection opened = connector.connect();
      try {
        profile = DestinationProbe.probe(opened);
        setUp(opened);
        firstConnect(opened);
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
      connection = opened;
      if (aborted) {
        // To connect takes longer than anybody waits for this thread; nothing may be written now.
        reset();
        throw new SQLException("the connection was aborted while it was being opened", "08000");
      }
      LOG.info("Connected to {} {}", profile.engine(), profile.version());
    }
    return connection;
  }

  /** What the connected engine can do. */
  DestinationProfile profile() throws SQLException {
    connection();
    return profile;
  }

  private void setUp(Connection opened) throws SQLException {
    for (String setting : settings()) {
      try (Statement statement = opened.createStatement()) {
        statement.execute("SET SESSION " + setting);
      }
    }
    opened.setCatalog(DEFAULT_DATABASE);
    opened.setAutoCommit(false);
  }

  private void firstConnect(Connection opened) throws SQLException {
    if (!everConnected) {
      onFirstConnect.run(opened);
      everConnected = true;
    }
  }

  private List<String> settings() {
    String common = "sql_mode='" + SQL_MODE + "', time_zone='+00:00', foreign_key_checks=0";
    // Reads see what other tasks have committed meanwhile; OceanBase's default on MySQL as well.
    String isolation = "TRANSACTION ISOLATION LEVEL READ COMMITTED";
    if (profile.engine() != DestinationProfile.Engine.OCEANBASE) {
      return marked
          ? List.of(common, isolation, StatementMark.assignments())
          : List.of(common, isolation);
    }
    // The server gives up before the socket does, so that its answer says why.
    Duration socketTimeout = connector.settings().socketTimeout();
    long queryMicros = Math.max(1_000_000L, socketTimeout.toNanos() / 1_000 * 9 / 10);
    return List.of(
        common, isolation, "ob_query_timeout=" + queryMicros, "ob_trx_timeout=" + queryMicros * 2);
  }

  @Override
  public long maxStatementBytes() throws SQLException {
    return profile().maxAllowedPacketBytes();
  }

  /** What a transaction does, on a connection of its own. */
  @FunctionalInterface
  interface TransactionWork<T> {
    T run(Statement statement) throws SQLException;
  }

  @Override
  public void transaction(List<SlotMark> marks, List<String> statements) throws SQLException {
    transaction(
        marks,
        statement -> {
          run(statement, statements);
          return true;
        });
  }

  /** As the other; the work is done once the task is known to own the marks. */
  <T> T transaction(List<SlotMark> marks, TransactionWork<T> work) throws SQLException {
    Connection current = connection();
    try (Statement statement = current.createStatement()) {
      statement.setEscapeProcessing(false);
      // First, so that a task that was replaced finds out before it touches a row.
      if (!marks.isEmpty()) {
        offsets.advance(statement, marks);
      }
      T result = work.run(statement);
      requireNotAborted();
      current.commit();
      return result;
    } catch (ConnectException e) {
      // The marks say that nothing may be written, or an update found no row.
      current.rollback();
      throw e;
    }
  }

  /** What was aborted may still be answered, when the network comes back; it must go no further. */
  private void requireNotAborted() throws SQLException {
    if (aborted) {
      throw new SQLException("the transaction was aborted", "08000");
    }
  }

  @Override
  public void trial(List<String> statements) throws SQLException {
    Connection current = connection();
    try (Statement statement = current.createStatement()) {
      statement.setEscapeProcessing(false);
      run(statement, statements);
    } catch (DataException e) {
      current.rollback();
      throw e;
    }
    current.rollback();
  }

  private void run(Statement statement, List<String> statements) throws SQLException {
    for (String sql : statements) {
      requireNotAborted();
      statement.execute(sql);
      // The drivers ask the server for rows found, not for rows changed.
      if (statement.getUpdateCount() == 0) {
        refuseMissingRow(sql);
      }
    }
  }

  private static void refuseMissingRow(String sql) {
    if (sql.startsWith("UPDATE ")) {
      throw new DataException(
          "the source did not send a value that the update left alone, and the destination does not"
              + " have the row; copy the table anew, or set REPLICA IDENTITY FULL on it in PostgreSQL");
    }
    if (sql.endsWith(TableWriter.ONE_ROW)) {
      throw new DataException(
          "the table has no key, and the destination has no row that holds exactly what the changed"
              + " one held before; give the table a key, or copy it anew");
    }
  }

  /** Ends what a failure left half done: rolls back, or drops the connection. */
  void recover(SqlFailure failure) {
    Connection current = connection;
    boolean unusable =
        failure.kind() == SqlFailure.Kind.CONNECTION
            || failure.kind() == SqlFailure.Kind.RESULT_UNKNOWN;
    if (current == null || unusable) {
      reset();
      return;
    }
    try {
      current.rollback();
    } catch (SQLException e) {
      LOG.debug("A rollback failed with error {}; connecting anew", e.getErrorCode());
      reset();
    }
  }

  /** Closes the connection; the next use opens another. */
  private void reset() {
    Connection stale = connection;
    connection = null;
    if (stale != null) {
      try {
        stale.close();
      } catch (SQLException e) {
        LOG.debug("Closing a failed connection reported error {}", e.getErrorCode());
      }
    }
  }

  /**
   * Breaks a statement, or an attempt to connect, that is running in another thread: nothing is
   * committed that was not being committed already. Returns at once.
   */
  void abort() {
    aborted = true;
    Connection current = connection;
    if (current != null) {
      // Drivers ask the server on another connection to kill the statement, and wait for that.
      Thread thread = new Thread(() -> abort(current), "abort-destination");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.warn("Could not abort the connection to the destination: error {}", e.getErrorCode());
    }
  }

  @Override
  public void close() {
    reset();
  }
}
