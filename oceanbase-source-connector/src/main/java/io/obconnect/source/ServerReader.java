package io.obconnect.source;

import io.obconnect.model.GrantedPrivileges;
import io.obconnect.source.ServerFacts.LogFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a database server for what the preflight decides about. A few statements, no lock. */
final class ServerReader {
  private static final Logger LOG = LoggerFactory.getLogger(ServerReader.class);
  private static final String VARIABLES =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name IN (
        'version', 'version_comment', 'ob_compatibility_mode', 'log_bin', 'binlog_format',
        'binlog_row_image', 'binlog_row_value_options', 'log_row_value_options', 'gtid_mode',
        'binlog_expire_logs_seconds', 'binlog_expire_logs_auto_purge', 'log_replica_updates',
        'log_slave_updates', 'time_zone', 'system_time_zone')""";
  private static final String CLOCK =
      "SELECT UTC_TIMESTAMP(6), TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), NOW(6))";

  /** MySQL 8.4 and later, and what was before. */
  private static final List<String> LOG_STATUS =
      List.of("SHOW BINARY LOG STATUS", "SHOW MASTER STATUS");

  private static final List<String> REPLICA_STATUS =
      List.of("SHOW REPLICA STATUS", "SHOW SLAVE STATUS");
  private static final int UNKNOWN_STATEMENT = 1064;
  private static final int ONLY = 3;
  private static final int IGNORED = 4;
  private static final int EXECUTED = 5;

  private final Connection connection;

  ServerReader(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  /** How a result is read. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /**
   * Asks the server.
   *
   * @param log what is known of its log
   */
  ServerFacts read(Optional<LogFacts> log) throws SQLException {
    Instant before = Instant.now();
    Clock clock = query(CLOCK, ServerReader::clock);
    Instant after = Instant.now();
    return new ServerFacts(
        variables(),
        GrantedPrivileges.read(connection),
        ahead(clock.now(), before, after),
        clock.offset(),
        replica(),
        log);
  }

  private record Clock(Instant now, Duration offset) {}

  private static Clock clock(ResultSet row) throws SQLException {
    row.next();
    LocalDateTime utc = LocalDateTime.parse(row.getString(1).replace(' ', 'T'));
    return new Clock(utc.toInstant(ZoneOffset.UTC), Duration.ofSeconds(row.getLong(2)));
  }

  private static Duration ahead(Instant there, Instant before, Instant after) {
    if (there.isAfter(after)) {
      return Duration.between(after, there);
    }
    return there.isBefore(before) ? Duration.between(before, there) : Duration.ZERO;
  }

  private Map<String, String> variables() throws SQLException {
    return query(
        VARIABLES,
        row -> {
          Map<String, String> variables = new HashMap<>();
          while (row.next()) {
            variables.put(
                row.getString(1).toLowerCase(Locale.ROOT),
                Objects.requireNonNullElse(row.getString(2), ""));
          }
          return variables;
        });
  }

  /** What MySQL says of its log; empty if it has none. */
  Optional<LogFacts> log() throws SQLException {
    return firstKnown(
        LOG_STATUS,
        row ->
            row.next()
                ? Optional.of(
                    new LogFacts(
                        true,
                        Objects.requireNonNullElse(row.getString(EXECUTED), ""),
                        names(row.getString(ONLY)),
                        names(row.getString(IGNORED))))
                : Optional.empty());
  }

  private static List<String> names(String list) {
    return list == null || list.isBlank()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private Optional<Boolean> replica() {
    try {
      return Optional.of(firstKnown(REPLICA_STATUS, ResultSet::next));
    } catch (SQLException e) {
      LOG.debug("The server does not say if it is a replica: error {}", e.getErrorCode());
      return Optional.empty();
    }
  }

  /** The answer to the first statement that the server's version knows. */
  private <T> T firstKnown(List<String> statements, Reader<T> reader) throws SQLException {
    for (String statement : statements.subList(0, statements.size() - 1)) {
      try {
        return query(statement, reader);
      } catch (SQLException e) {
        if (e.getErrorCode() != UNKNOWN_STATEMENT) {
          throw e;
        }
        LOG.debug("The server does not know {}", statement);
      }
    }
    return query(statements.get(statements.size() - 1), reader);
  }

  private <T> T query(String sql, Reader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return reader.read(rows);
    }
  }
}
