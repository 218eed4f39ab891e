package io.obconnect.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Where and as whom to log in to an engine. */
record SqlEndpoint(SqlProtocol protocol, String host, int port, String user, String password) {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

  static final String LOOPBACK = "127.0.0.1";

  String jdbcUrl() {
    return protocol.jdbcUrl(host, port, protocol.defaultDatabase());
  }

  Connection connect() throws SQLException {
    return connectTo(jdbcUrl());
  }

  Connection connect(String database) throws SQLException {
    return connectTo(protocol.jdbcUrl(host, port, database));
  }

  /** A connection that gives up on a server that accepts it and does not answer. */
  Connection connectForProbe() throws SQLException {
    return connectTo(jdbcUrl() + protocol.timeouts(PROBE_TIMEOUT));
  }

  void probe() throws SQLException {
    try (Connection connection = connectForProbe()) {
      if (!connection.isValid(0)) {
        throw new SQLException("the engine at " + host + ":" + port + " does not answer a ping");
      }
    }
  }

  private Connection connectTo(String url) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return protocol.connect(url, login);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
