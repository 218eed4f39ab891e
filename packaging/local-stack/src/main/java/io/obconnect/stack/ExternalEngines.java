package io.obconnect.stack;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Engines that somebody else runs; where one is missing, the stack runs its own.
 *
 * @param mysql a MySQL server
 * @param oceanbase an OceanBase tenant or server
 * @param kafka a broker, which {@code connect} must be using, too
 * @param connect the address of a Kafka Connect worker
 */
public record ExternalEngines(
    Optional<ExternalSql> mysql,
    Optional<ExternalSql> oceanbase,
    Optional<HostPort> kafka,
    Optional<URI> connect) {

  /** Refuses null. */
  public ExternalEngines {
    Objects.requireNonNull(mysql, "mysql");
    Objects.requireNonNull(oceanbase, "oceanbase");
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(connect, "connect");
  }

  /**
   * Where and as whom to log in.
   *
   * @param address host and port
   * @param user account with the privileges that the caller needs
   * @param password of that account
   */
  public record ExternalSql(HostPort address, String user, String password) {
    @Override
    public String toString() {
      return user + "@" + address;
    }
  }

  /** All engines are the stack's own. */
  public static ExternalEngines none() {
    return new ExternalEngines(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
