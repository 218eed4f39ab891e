package io.obconnect.stack;

/**
 * An OceanBase server (seekdb: OceanBase's SQL and storage engine in one process). The engine
 * listens on every network interface, so its account {@link #user()} gets a random password before
 * {@link #start()} returns.
 */
public final class OceanBaseServer extends SqlEngine {
  private final String loopbackUser;

  OceanBaseServer(
      Lifecycle lifecycle, String host, String user, String password, String loopbackUser) {
    super(SqlProtocol.MYSQL, lifecycle, host, user, password);
    this.loopbackUser = loopbackUser;
  }

  /**
   * An account with all privileges, an empty password and no login but from 127.0.0.1: for clients
   * that cannot send the engine's only kind of password (MySQL 9's own). For an external engine,
   * its {@link #user()}.
   */
  public String loopbackUser() {
    return loopbackUser;
  }
}
