package io.obconnect.source;

import io.debezium.config.Configuration;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.gtid.GtidSet;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import io.debezium.connector.mysql.jdbc.MySqlConnection;
import io.debezium.connector.mysql.jdbc.MySqlConnectionConfiguration;
import io.debezium.connector.mysql.jdbc.MySqlFieldReaderResolver;
import io.debezium.jdbc.JdbcConnection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A connection to OceanBase. What is asked about the log goes to where the log is read, by a second
 * connection if that is elsewhere. Used as Debezium uses its connections.
 */
final class OceanBaseConnection extends MySqlConnection {
  private static final String INITIAL_STATEMENTS = "database.initial.statements";

  /** Definitions that MySQL's parsers read, and time for reading large tables: 24 hours. */
  private static final String SESSION =
      "SET _show_ddl_in_compat_mode = 1; SET ob_query_timeout = 86400000000";

  /** What ODP passes to the Binlog Service, of what Debezium asks. */
  private static final Set<String> ABOUT_THE_LOG =
      Set.of(
          "show master status",
          "show binary logs",
          "show global variables like 'gtid_mode'",
          "select @@global.gtid_purged");

  private final Configuration settings;
  private final LogOptions logOptions;
  private final MySqlConnectorConfig config;
  private MySqlConnection log;

  OceanBaseConnection(Configuration settings, LogOptions logOptions, MySqlConnectorConfig config) {
    super(
        new MySqlConnectionConfiguration(withSession(settings)),
        MySqlFieldReaderResolver.resolve(config));
    this.settings = settings;
    this.logOptions = Objects.requireNonNull(logOptions, "logOptions");
    this.config = config;
  }

  private static Configuration withSession(Configuration settings) {
    String more = settings.getString(INITIAL_STATEMENTS);
    return settings
        .edit()
        .with(INITIAL_STATEMENTS, more == null || more.isBlank() ? SESSION : SESSION + "; " + more)
        .build();
  }

  /** MySQL 8.4's name of the statement is an error in OceanBase. */
  @Override
  public String binaryLogStatusStatement() {
    return MASTER_STATUS_STATEMENT;
  }

  @Override
  public JdbcConnection query(String query, ResultSetConsumer consumer) throws SQLException {
    if (!isAboutTheLog(query)) {
      return super.query(query, consumer);
    }
    return askLog(
        query, () -> isElsewhere() ? log().query(query, consumer) : super.query(query, consumer));
  }

  @Override
  public <T> T queryAndMap(String query, ResultSetMapper<T> mapper) throws SQLException {
    if (!isAboutTheLog(query)) {
      return super.queryAndMap(query, mapper);
    }
    return askLog(
        query,
        () -> isElsewhere() ? log().queryAndMap(query, mapper) : super.queryAndMap(query, mapper));
  }

  private static boolean isAboutTheLog(String query) {
    return ABOUT_THE_LOG.contains(query.toLowerCase(Locale.ROOT));
  }

  private boolean isElsewhere() {
    return !logOptions.hostname().equals(connectionConfig().hostname())
        || logOptions.port() != connectionConfig().port();
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private <T> T askLog(String query, Question<T> question) throws SQLException {
    try {
      return question.ask();
    } catch (SQLException e) {
      if (isNetworkError(e)) {
        throw e;
      }
      // Versions of the service answer what they do not know with an error, or with no rows at all.
      throw new NoBinlogServiceException(
          "nothing at "
              + logOptions.hostname()
              + ":"
              + logOptions.port()
              + " ("
              + LogOptions.HOSTNAME
              + ") answers "
              + query
              + " as a Binlog Service does (error "
              + e.getErrorCode()
              + "): check that the address is an ODP's, that the tenant has a Binlog Service, and"
              + " that its version is 4.2 or later",
          e);
    }
  }

  private synchronized JdbcConnection log() {
    if (log == null) {
      log =
          new MySqlConnection(
              new MySqlConnectionConfiguration(
                  settings
                      .edit()
                      .with(SourceDefaults.HOSTNAME, logOptions.hostname())
                      .with(SourceDefaults.PORT, logOptions.port())
                      .build()),
              MySqlFieldReaderResolver.resolve(config));
    }
    return log;
  }

  /** The proxy does not pass the function on, and the server need not have it. */
  @Override
  public GtidSet subtractGtidSet(GtidSet set, GtidSet other) {
    return ((MySqlGtidSet) set).subtract(other);
  }

  /**
   * Whether the service can go on behind GTIDs. It tells late what it has: a position beyond that
   * is no lost one.
   *
   * @throws PositionLostException when it cannot, with the reason
   */
  @Override
  public boolean isBinlogPositionAvailable(
      BinlogConnectorConfig connectorConfig, String gtids, String file) {
    if (gtids == null || gtids.isBlank()) {
      return super.isBinlogPositionAvailable(connectorConfig, gtids, file);
    }
    String lost =
        LogPosition.lostBecause(gtids, knownGtidSet().toString(), purgedGtidSet().toString());
    if (lost != null) {
      throw new PositionLostException(
          "at the Binlog Service of "
              + logOptions.hostname()
              + ":"
              + logOptions.port()
              + ", "
              + lost);
    }
    return true;
  }

  @Override
  public synchronized void close() throws SQLException {
    try {
      if (log != null) {
        log.close();
      }
    } finally {
      super.close();
    }
  }
}
