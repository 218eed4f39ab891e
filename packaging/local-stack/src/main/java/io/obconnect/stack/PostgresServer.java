package io.obconnect.stack;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL server with logical decoding ({@code wal_level=logical}), listening on the loopback
 * interface. Its account {@link #user()} is a superuser.
 */
public final class PostgresServer extends SqlEngine {
  PostgresServer(Lifecycle lifecycle, String host, String user, String password) {
    super(SqlProtocol.POSTGRES, lifecycle, host, user, password);
  }

  /**
   * A new connection as {@link #user()} in a database, which cannot be changed later, in
   * auto-commit mode.
   *
   * @throws SQLException when the engine does not answer or has no such database
   */
  public Connection connect(String database) throws SQLException {
    return endpoint().connect(database);
  }
}
