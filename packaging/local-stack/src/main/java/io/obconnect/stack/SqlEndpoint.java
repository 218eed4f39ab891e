package io.obconnect.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** Where and as whom to log in to an engine that speaks the MySQL protocol. */
record SqlEndpoint(String host, int port, String user, String password) {
  private static final int PROBE_TIMEOUT_MILLIS = 5_000;

  static final String LOOPBACK = "127.0.0.1";

  String jdbcUrl() {
    // MySQL 9 sends its RSA key for the password only when it is asked.
    return "jdbc:mariadb://%s:%d/?allowPublicKeyRetrieval=true".formatted(host, port);
  }

  Connection connect() throws SQLException {
    return connect(jdbcUrl());
  }

  /** A connection that gives up on a server that accepts it and does not answer. */
  Connection connectForProbe() throws SQLException {
    return connect(
        jdbcUrl() + "&connectTimeout=%1$d&socketTimeout=%1$d".formatted(PROBE_TIMEOUT_MILLIS));
  }

  void probe() throws SQLException {
    try (Connection connection = connectForProbe()) {
      if (!connection.isValid(0)) {
        throw new SQLException("the engine at " + host + ":" + port + " does not answer a ping");
      }
    }
  }

  private Connection connect(String url) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    // Not through DriverManager, whose view of drivers depends on the caller's class loader.
    return new Driver().connect(url, login);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
