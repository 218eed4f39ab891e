package io.obconnect.model;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Opens connections to the first of several addresses that answers.
 *
 * <p>OceanBase is spoken to through its own client. That client cannot log in to MySQL 9, so when
 * it fails for another reason than the address or the credentials, MariaDB Connector/J is tried on
 * the same address; the driver that worked is remembered.
 *
 * <p>Thread-safe. The connections it returns are not.
 */
public final class DatabaseConnector {
  private final ConnectionSettings settings;
  private volatile Route lastGood;

  record Route(ServerAddress address, DatabaseDriver driver) {}

  public DatabaseConnector(ConnectionSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.lastGood = new Route(settings.addresses().get(0), DatabaseDriver.OCEANBASE);
  }

  /** The settings this connector was made with. */
  public ConnectionSettings settings() {
    return settings;
  }

  /**
   * Opens a connection, trying each address once; takes at most the connect timeout for each
   * address and driver.
   *
   * @throws SQLException the failure of the last address, the earlier ones suppressed in it
   */
  public Connection connect() throws SQLException {
    SQLException failure = null;
    for (Route route : routes()) {
      try {
        Connection connection = route.driver().connect(route.address(), settings);
        lastGood = route;
        return connection;
      } catch (SQLException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
        if (SqlFailure.of(e).kind() == SqlFailure.Kind.ACCESS_DENIED) {
          // Every further attempt would count against the account's lock-out.
          throw e;
        }
      }
    }
    throw Objects.requireNonNull(failure, "there is at least one address");
  }

  /** All ways to connect in the order of trial, the last good one first. */
  List<Route> routes() {
    Route first = lastGood;
    List<Route> routes = new ArrayList<>();
    routes.add(first);
    for (ServerAddress address : settings.addresses()) {
      for (DatabaseDriver driver : DatabaseDriver.values()) {
        Route route = new Route(address, driver);
        if (!route.equals(first)) {
          routes.add(route);
        }
      }
    }
    return routes;
  }
}
