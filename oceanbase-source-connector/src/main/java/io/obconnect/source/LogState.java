package io.obconnect.source;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a database has of its log.
 *
 * @param files the oldest first
 * @param numbered whether transactions have GTIDs
 * @param executed GTIDs that it has ever had
 * @param purged GTIDs that it no longer has
 */
record LogState(List<File> files, boolean numbered, String executed, String purged) {

  /** A file with its size in bytes. */
  record File(String name, long size) {}

  LogState {
    files = List.copyOf(files);
  }

  /** Asks a database. */
  static LogState read(BinlogConnectorConnection connection) throws SQLException {
    List<File> files = new ArrayList<>();
    connection.query(
        "SHOW BINARY LOGS",
        row -> {
          while (row.next()) {
            files.add(new File(row.getString(1), row.getLong(2)));
          }
        });
    boolean numbered = connection.isGtidModeEnabled();
    return new LogState(
        files,
        numbered,
        numbered ? connection.knownGtidSet().toString() : "",
        numbered ? connection.purgedGtidSet().toString() : "");
  }

  Optional<File> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Why a stream cannot begin at a position; empty where that is not known from here. */
  Optional<String> problem(StartPosition start, Instant now) {
    if (files.isEmpty()) {
      return Optional.of("the database has no log: switch log_bin on");
    }
    if (start instanceof StartPosition.Transactions wanted) {
      return problem(new MySqlGtidSet(wanted.gtids()));
    }
    if (start instanceof StartPosition.InFile wanted) {
      Optional<File> file = file(wanted.file());
      if (file.isEmpty()) {
        return Optional.of(
            "the log has no file "
                + wanted.file()
                + ", but "
                + files.get(0).name()
                + " to "
                + files.get(files.size() - 1).name());
      }
      return wanted.position() > file.get().size()
          ? Optional.of(wanted.file() + " has " + file.get().size() + " bytes only")
          : Optional.empty();
    }
    return start instanceof StartPosition.At wanted && wanted.time().isAfter(now)
        ? Optional.of("the time is still to come: latest is the end of the log")
        : Optional.empty();
  }

  private Optional<String> problem(MySqlGtidSet wanted) {
    if (!numbered) {
      return Optional.of("the database has no GTIDs (gtid_mode)");
    }
    MySqlGtidSet gone = new MySqlGtidSet(purged).subtract(wanted);
    if (!gone.isEmpty()) {
      return Optional.of("the log no longer has the transactions " + gone + " that come behind it");
    }
    MySqlGtidSet unknown = wanted.subtract(new MySqlGtidSet(executed));
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of("the database has never had the transactions " + unknown);
  }
}
