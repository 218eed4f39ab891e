package io.obconnect.source;

import io.obconnect.source.ServerFacts.LogFacts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions about the database server. */
final class ServerChecks {
  private static final List<String> ON_SERVER = List.of("REPLICATION SLAVE", "REPLICATION CLIENT");
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofSeconds(5);
  private static final Duration MIN_RETENTION = Duration.ofDays(1);
  private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");

  private ServerChecks() {}

  static Optional<String> connection(PreflightFacts facts) {
    return facts
        .unread(PreflightCheck.CONNECTION)
        .map(
            why ->
                "The database at " + facts.settings().address() + " cannot be asked: " + why + ".");
  }

  static Optional<String> product(PreflightFacts facts) {
    boolean oceanbaseWanted = facts.database() == CapturedDatabase.OCEANBASE;
    return facts
        .server()
        .flatMap(
            server -> {
              if (server.isMariaDb()) {
                return Optional.of("The server is MariaDB.");
              }
              if (server.isOceanBase() != oceanbaseWanted) {
                return Optional.of(
                    oceanbaseWanted ? "The server is not OceanBase." : "The server is OceanBase.");
              }
              return server.differs("ob_compatibility_mode", "MYSQL")
                  ? Optional.of(
                      "The tenant is in the mode of "
                          + server.variable("ob_compatibility_mode")
                          + ".")
                  : Optional.empty();
            });
  }

  static Optional<String> version(PreflightFacts facts) {
    boolean oceanbase = facts.database() == CapturedDatabase.OCEANBASE;
    return facts
        .server()
        .flatMap(ServerFacts::productVersion)
        .filter(version -> oceanbase ? version.isBefore(4, 2) : version.isBefore(8, 0))
        .map(version -> "The server has version " + version + ".");
  }

  static Optional<String> privileges(PreflightFacts facts) {
    return facts
        .server()
        .flatMap(
            server -> {
              List<String> missing = new ArrayList<>(server.granted().missing(List.of("SELECT")));
              if (facts.settings().streams()) {
                missing.addAll(server.granted().missingGlobally(ON_SERVER));
              }
              return lacks(facts, missing);
            });
  }

  static Optional<String> snapshotLock(PreflightFacts facts) {
    List<String> either = List.of("RELOAD", "FLUSH_TABLES");
    return facts
        .server()
        .filter(
            server ->
                facts.settings().locks()
                    && server.granted().missingGlobally(either).size() == either.size())
        .flatMap(server -> lacks(facts, List.of("RELOAD")));
  }

  private static Optional<String> lacks(PreflightFacts facts, List<String> privileges) {
    return privileges.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "User " + facts.settings().user() + " lacks " + String.join(", ", privileges) + ".");
  }

  /** What the server logs matters only where the log is read. */
  private static Optional<ServerFacts> logging(PreflightFacts facts) {
    return facts.server().filter(server -> facts.settings().streams());
  }

  static Optional<String> binlog(PreflightFacts facts) {
    Optional<ServerFacts> server = logging(facts);
    if (server.filter(s -> s.differs("log_bin", "ON")).isPresent()) {
      return Optional.of("The server writes no binary log.");
    }
    return server
        .filter(s -> s.log().isEmpty())
        .map(
            s ->
                "The server does not tell the position of its binary log"
                    + facts.unread(PreflightCheck.BINLOG).map(why -> ": " + why).orElse("")
                    + ".");
  }

  static Optional<String> binlogService(PreflightFacts facts) {
    return facts
        .unread(PreflightCheck.BINLOG_SERVICE)
        .filter(why -> facts.settings().streams())
        .map(why -> "The log cannot be asked for: " + why + ".");
  }

  static Optional<String> binlogGtids(PreflightFacts facts) {
    return logging(facts)
        .flatMap(ServerFacts::log)
        .filter(log -> !log.gtids() || log.executed().isBlank())
        .map(log -> "The Binlog Service has no GTIDs.");
  }

  static Optional<String> gtidMode(PreflightFacts facts) {
    return logging(facts)
        .filter(server -> server.differs("gtid_mode", "ON"))
        .map(server -> "The server has gtid_mode=" + server.variable("gtid_mode") + ".");
  }

  static Optional<String> binlogFormat(PreflightFacts facts) {
    return differing(facts, "binlog_format", "ROW");
  }

  static Optional<String> rowImage(PreflightFacts facts) {
    return differing(facts, "binlog_row_image", "FULL");
  }

  private static Optional<String> differing(PreflightFacts facts, String variable, String value) {
    return logging(facts)
        .filter(server -> server.differs(variable, value))
        .map(server -> "The server has " + variable + "=" + server.variable(variable) + ".");
  }

  static Optional<String> partialJson(PreflightFacts facts) {
    String variable =
        facts.database() == CapturedDatabase.MYSQL
            ? "binlog_row_value_options"
            : "log_row_value_options";
    return logging(facts)
        .filter(server -> !server.variable(variable).isBlank())
        .flatMap(
            server ->
                facts
                    .columns(column -> column.type().equals("json"))
                    .map(
                        columns ->
                            "The server has "
                                + variable
                                + "="
                                + server.variable(variable)
                                + ", and there are JSON columns: "
                                + columns
                                + "."));
  }

  static Optional<String> binlogFilter(PreflightFacts facts) {
    Optional<LogFacts> log = logging(facts).flatMap(ServerFacts::log);
    return log.flatMap(l -> facts.tables(table -> !l.has(table.id().database())))
        .map(tables -> "The server does not log changes of " + tables + ".");
  }

  static Optional<String> binlogRetention(PreflightFacts facts) {
    return logging(facts)
        .filter(server -> !server.variable("binlog_expire_logs_auto_purge").equals("OFF"))
        .flatMap(server -> seconds(server.variable("binlog_expire_logs_seconds")))
        .filter(seconds -> seconds > 0 && seconds < MIN_RETENTION.toSeconds())
        .map(seconds -> "The server deletes its log after " + seconds + " s.");
  }

  private static Optional<Long> seconds(String variable) {
    return variable.isBlank() ? Optional.empty() : Optional.of(Long.valueOf(variable));
  }

  static Optional<String> replica(PreflightFacts facts) {
    return logging(facts)
        .filter(
            server ->
                server.replica().orElse(false)
                    && (server.differs("log_replica_updates", "ON")
                        || server.differs("log_slave_updates", "ON")))
        .map(server -> "The server is a replica that does not log what it replicates.");
  }

  static Optional<String> clock(PreflightFacts facts) {
    return facts
        .server()
        .map(ServerFacts::clockAhead)
        .filter(ahead -> ahead.abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0)
        .map(
            ahead ->
                "The database's clock is "
                    + ahead.abs().toSeconds()
                    + " s "
                    + (ahead.isNegative() ? "behind" : "ahead of")
                    + " the worker's.");
  }

  static Optional<String> timeZone(PreflightFacts facts) {
    if (!facts.settings().snapshotsRows() || facts.settings().namesItsTimeZone()) {
      return Optional.empty();
    }
    Optional<String> columns = facts.columns(column -> column.type().equals("timestamp"));
    return facts
        .server()
        .filter(server -> columns.isPresent())
        .flatMap(ServerChecks::doubtfulZone)
        .map(doubt -> doubt + "; TIMESTAMP columns: " + columns.orElseThrow() + ".");
  }

  private static Optional<String> doubtfulZone(ServerFacts server) {
    String name = server.variable("time_zone");
    String zone = name.equals("SYSTEM") ? server.variable("system_time_zone") : name;
    if (zone.isBlank()) {
      return Optional.empty();
    }
    Optional<ZoneId> known = known(zone);
    if (known.isEmpty()) {
      return Optional.of("The server's time zone " + zone + " is unknown to Java");
    }
    ZoneOffset offset = known.get().getRules().getOffset(Instant.now());
    if (offset.getTotalSeconds() != server.zoneOffset().toSeconds()) {
      return Optional.of(
          "The server's time zone "
              + zone
              + " is "
              + ZoneOffset.ofTotalSeconds((int) server.zoneOffset().toSeconds())
              + " there, but "
              + offset
              + " in Java");
    }
    return known.get().getRules().nextTransition(YEAR_2000) == null
        ? Optional.empty()
        : Optional.of("The server's time zone " + zone + " repeats an hour each year");
  }

  /** As the driver reads names: Java's own, with its old short ones. */
  private static Optional<ZoneId> known(String zone) {
    try {
      return Optional.of(ZoneId.of(zone, ZoneId.SHORT_IDS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
