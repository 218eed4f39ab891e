package io.obconnect.stack;

import io.obconnect.stack.ExternalEngines.ExternalSql;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options of a command line that name engines to be used in place of own ones; a picocli mixin.
 */
public final class ExternalEngineOptions {
  @Option(
      names = "--mysql",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "Use this MySQL.")
  private HostPort mysql;

  @Option(
      names = "--mysql-user",
      paramLabel = "USER",
      defaultValue = "root",
      description = "Its account (${DEFAULT-VALUE}).")
  private String mysqlUser;

  @Option(
      names = "--mysql-password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      defaultValue = "",
      description = "Its password; asked for when no value follows.")
  private String mysqlPassword;

  @Option(
      names = "--oceanbase",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "Use this OceanBase.")
  private HostPort oceanbase;

  @Option(
      names = "--oceanbase-user",
      paramLabel = "USER",
      defaultValue = "root",
      description = "Its account, such as root@tenant (${DEFAULT-VALUE}).")
  private String oceanbaseUser;

  @Option(
      names = "--oceanbase-password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      defaultValue = "",
      description = "Its password; asked for when no value follows.")
  private String oceanbasePassword;

  @Option(
      names = "--connect",
      paramLabel = "URL",
      description = "Use this Kafka Connect worker; --kafka names the broker that it uses.")
  private URI connect;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "Use this Kafka broker.")
  private HostPort kafka;

  /** Options that are not set, to be filled in by picocli. */
  public ExternalEngineOptions() {}

  /** The engines that were named. */
  public ExternalEngines engines() {
    return new ExternalEngines(
        sql(mysql, mysqlUser, mysqlPassword),
        sql(oceanbase, oceanbaseUser, oceanbasePassword),
        Optional.ofNullable(kafka),
        Optional.ofNullable(connect));
  }

  private static Optional<ExternalSql> sql(HostPort address, String user, String password) {
    return Optional.ofNullable(address).map(given -> new ExternalSql(given, user, password));
  }
}
