package io.obconnect.stack;

import java.sql.Connection;
import java.sql.SQLException;

/** An engine that is spoken to in SQL, with an account that has all privileges. */
public abstract sealed class SqlEngine extends Engine
    permits MySqlServer, OceanBaseServer, PostgresServer {
  private final SqlProtocol protocol;
  private final String host;
  private final String user;
  private final String password;

  SqlEngine(SqlProtocol protocol, Lifecycle lifecycle, String host, String user, String password) {
    super(lifecycle);
    this.protocol = protocol;
    this.host = host;
    this.user = user;
    this.password = password;
  }

  /** The host's name or address. */
  public final String host() {
    return host;
  }

  /** The TCP port; the same after every restart. */
  public final int port() {
    return lifecycle().ports().get(0);
  }

  /** Host and port, separated by a colon. */
  public final String address() {
    return host + ":" + port();
  }

  /** The account to log in with. */
  public final String user() {
    return user;
  }

  /** The password of {@link #user()}: hexadecimal digits, unless the engine is external. */
  public final String password() {
    return password;
  }

  /**
   * A URL without user and password, for MariaDB Connector/J and without a database, or for the
   * PostgreSQL driver and its database {@code postgres}. It ends in a parameter, so that more can
   * be appended with {@code &}.
   */
  public final String jdbcUrl() {
    return endpoint().jdbcUrl();
  }

  /**
   * A new connection as {@link #user()} to what {@link #jdbcUrl()} names, in auto-commit mode.
   *
   * @throws SQLException when the engine does not answer
   */
  public final Connection connect() throws SQLException {
    return endpoint().connect();
  }

  final SqlEndpoint endpoint() {
    return new SqlEndpoint(protocol, host, port(), user, password);
  }
}
