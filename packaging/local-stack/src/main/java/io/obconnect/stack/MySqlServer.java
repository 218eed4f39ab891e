package io.obconnect.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * A MySQL server with row-based binary log (full row image) and GTIDs, listening on the loopback
 * interface. Its account {@link #user()} has all privileges.
 */
public final class MySqlServer implements Engine {
  private final Lifecycle lifecycle;
  private final String host;
  private final String user;
  private final String password;
  private final Function<String, List<String>> clients;

  MySqlServer(
      Lifecycle lifecycle,
      String host,
      String user,
      String password,
      Function<String, List<String>> clients) {
    this.lifecycle = lifecycle;
    this.host = host;
    this.user = user;
    this.password = password;
    this.clients = clients;
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
   * The start of a command line that runs a MySQL client of this server's version; options may
   * follow, beginning with the address and the login.
   *
   * @param tool {@code mysql} or {@code mysqldump}
   */
  public List<String> clientCommand(String tool) {
    return clients.apply(tool);
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
