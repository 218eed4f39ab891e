package io.obconnect.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * An OceanBase server (seekdb: OceanBase's SQL and storage engine in one process). The engine
 * listens on every network interface, so its account {@link #user()} gets a random password before
 * {@link #start()} returns.
 */
public final class OceanBaseServer implements Engine {
  private final Lifecycle lifecycle;
  private final String host;
  private final String user;
  private final String password;
  private final String loopbackUser;

  OceanBaseServer(
      Lifecycle lifecycle, String host, String user, String password, String loopbackUser) {
    this.lifecycle = lifecycle;
    this.host = host;
    this.user = user;
    this.password = password;
    this.loopbackUser = loopbackUser;
  }

  /** The host's name or address. */
  public String host() {
    return host;
  }

  /** The TCP port; the same after every restart. */
  public int port() {
    return lifecycle.ports().get(0);
  }

  /** The account to log in with. */
  public String user() {
    return user;
  }

  /** The password of {@link #user()}: hexadecimal digits, unless the engine is external. */
  public String password() {
    return password;
  }

  /**
   * A URL for MariaDB Connector/J without database, user and password; it ends in a parameter, so
   * that more can be appended with {@code &}.
   */
  public String jdbcUrl() {
    return endpoint().jdbcUrl();
  }

  /**
   * A new connection as {@link #user()}, without a database, in auto-commit mode.
   *
   * @throws SQLException when the engine does not answer
   */
  public Connection connect() throws SQLException {
    return endpoint().connect();
  }

  private SqlEndpoint endpoint() {
    return new SqlEndpoint(host, port(), user, password);
  }

  /**
   * An account with all privileges, an empty password and no login but from 127.0.0.1: for clients
   * that cannot send the engine's only kind of password (MySQL 9's own). For an external engine,
   * its {@link #user()}.
   */
  public String loopbackUser() {
    return loopbackUser;
  }

  @Override
  public String name() {
    return lifecycle.name();
  }

  @Override
  public void start() {
    lifecycle.start();
  }

  @Override
  public void stop() {
    lifecycle.stop();
  }

  @Override
  public void kill() {
    lifecycle.kill();
  }

  @Override
  public boolean isRunning() {
    return lifecycle.isRunning();
  }

  @Override
  public Path logFile() {
    return lifecycle.logFile();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
