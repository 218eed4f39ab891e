package io.obconnect.source;

import io.debezium.config.Configuration;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.obconnect.model.RetryPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the full copy to the source, with the options of Debezium's; it survives restarts
 * of the database. One thread only.
 */
final class SourceSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceSession.class);

  /** What is read depends on none of the server's defaults; a slow reader is waited for. */
  private static final String SETTINGS =
      "SET SESSION time_zone='+00:00', sql_mode='', net_write_timeout=3600,"
          + " TRANSACTION_ISOLATION='READ-COMMITTED'";

  private final Configuration settings;
  private final RetryPolicy policy;
  private BinlogConnectorConnection connection;

  /** Work on the connection, which may be begun again on another one. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException, InterruptedException;
  }

  SourceSession(Map<String, String> options, RetryPolicy policy) {
    this.settings =
        Configuration.from(options)
            .edit()
            // Rows have to come as text, and as they are read.
            .with("database.useCursorFetch", false)
            .build();
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Does work, again and again while the database is away.
   *
   * @param what for messages
   * @throws ConnectException when it fails otherwise, or the database stays away
   */
  <T> T run(String what, Work<T> work) throws InterruptedException {
    long firstFailureNanos = 0;
    for (int failures = 0; ; ) {
      try {
        return work.run(open());
      } catch (SQLException | RuntimeException e) {
        close();
        if (CaptureFailure.of(e) != CaptureFailure.CONNECTION_LOST) {
          throw new ConnectException(what + " failed: " + CaptureFailure.describe(e), e);
        }
        long now = System.nanoTime();
        firstFailureNanos = failures++ == 0 ? now : firstFailureNanos;
        if (now - firstFailureNanos >= policy.timeout().toNanos()) {
          throw new ConnectException(
              what
                  + " failed: the database could not be reached for "
                  + policy.timeout().toMillis()
                  + " ms ("
                  + ReconnectOptions.TIMEOUT
                  + ")",
              e);
        }
        Duration pause = policy.backoff(failures, false);
        LOG.warn(
            "{} was interrupted, and is tried again in {} ms: {}",
            what,
            pause.toMillis(),
            CaptureFailure.describe(e));
        Thread.sleep(pause.toMillis());
      }
    }
  }

  /** What asks the connected server for the end of its log; versions differ. */
  String logStatusStatement() {
    return connection.binaryLogStatusStatement();
  }

  private Connection open() throws SQLException {
    if (connection == null) {
      BinlogConnectorConnection opened =
          CapturedDatabase.MYSQL.connect(settings, new MySqlConnectorConfig(settings));
      connection = opened;
      // An open transaction holds the tables that it has read: schema changes would wait for it.
      opened.connection().setAutoCommit(true);
      try (Statement statement = opened.connection().createStatement()) {
        statement.execute(SETTINGS);
      }
    }
    return connection.connection();
  }

  @Override
  public void close() {
    BinlogConnectorConnection former = connection;
    connection = null;
    if (former != null) {
      try {
        former.close();
      } catch (SQLException e) {
        LOG.debug("Closing a connection to the database failed with error {}", e.getErrorCode());
      }
    }
  }
}
