package io.obconnect.source;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Where a server's log ended.
 *
 * @param timestampMs what was committed before is in front of that place; milliseconds since 1970
 *     by the server's clock
 */
record ServerLogEnd(String file, long position, long timestampMs) {
  ServerLogEnd {
    Objects.requireNonNull(file, "file");
  }

  /**
   * Asks a server. First for the time: a transaction gets its own while it holds the log's lock,
   * which the question for the end waits for.
   */
  static ServerLogEnd read(BinlogConnectorConnection connection) throws SQLException {
    long timestampMs =
        connection.queryAndMap(
            "SELECT FLOOR(UNIX_TIMESTAMP(NOW(3)) * 1000)", row -> row.next() ? row.getLong(1) : 0);
    return connection.queryAndMap(
        connection.binaryLogStatusStatement(),
        row ->
            row.next()
                ? new ServerLogEnd(row.getString(1), row.getLong(2), timestampMs)
                : new ServerLogEnd("", Long.MAX_VALUE, 0));
  }
}
