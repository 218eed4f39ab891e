package io.obconnect.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is needed to log in to an OceanBase tenant or a MySQL server.
 *
 * @param addresses tried in this order, the one that last answered first
 * @param username {@code user}, {@code user@tenant} or {@code user@tenant#cluster}
 * @param password may be empty; never printed
 * @param tlsMode encryption and trust
 * @param tlsCaPath PEM file of the trusted authorities; empty means the Java runtime's
 * @param connectTimeout bound of one attempt at one address
 * @param socketTimeout bound of one answer, hence of one statement
 */
public record ConnectionSettings(
    List<ServerAddress> addresses,
    String username,
    String password,
    TlsMode tlsMode,
    Optional<String> tlsCaPath,
    Duration connectTimeout,
    Duration socketTimeout) {

  public ConnectionSettings {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("at least one server address is needed");
    }
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(tlsMode, "tlsMode");
    Objects.requireNonNull(tlsCaPath, "tlsCaPath");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    Objects.requireNonNull(socketTimeout, "socketTimeout");
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return username + " at " + addresses + " (TLS " + tlsMode.optionValue() + ")";
  }
}
