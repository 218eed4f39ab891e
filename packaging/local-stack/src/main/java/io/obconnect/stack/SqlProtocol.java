package io.obconnect.stack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** What is spoken on an engine's port, and the driver that speaks it. */
enum SqlProtocol {
  // MySQL 9 sends its RSA key for the password only when it is asked.
  MYSQL("jdbc:mariadb://%s:%d/%s?allowPublicKeyRetrieval=true", "", 1),
  POSTGRES("jdbc:postgresql://%s:%d/%s?sslmode=disable", "postgres", 1_000);

  private final String url;
  private final String database;
  private final int timeoutUnitMillis;

  SqlProtocol(String url, String database, int timeoutUnitMillis) {
    this.url = url;
    this.database = database;
    this.timeoutUnitMillis = timeoutUnitMillis;
  }

  /** The database of a connection that asks for none. */
  String defaultDatabase() {
    return database;
  }

  /** Ends in a parameter. */
  String jdbcUrl(String host, int port, String ofDatabase) {
    return url.formatted(host, port, URLEncoder.encode(ofDatabase, StandardCharsets.UTF_8));
  }

  /** Parameters to append to a URL. */
  String timeouts(Duration timeout) {
    return "&connectTimeout=%1$d&socketTimeout=%1$d"
        .formatted(timeout.toMillis() / timeoutUnitMillis);
  }

  Connection connect(String jdbcUrl, Properties login) throws SQLException {
    return switch (this) {
      // Several drivers take its URLs; DriverManager would ask whichever comes first.
      case MYSQL -> new Driver().connect(jdbcUrl, login);
      // The driver cannot be compiled against without the annotations that it was compiled with.
      case POSTGRES -> DriverManager.getConnection(jdbcUrl, login);
    };
  }
}
