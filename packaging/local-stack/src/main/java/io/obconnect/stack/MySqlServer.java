package io.obconnect.stack;

import java.util.List;
import java.util.function.Function;

/**
 * A MySQL server with row-based binary log (full row image) and GTIDs, listening on the loopback
 * interface. Its account {@link #user()} has all privileges.
 */
public final class MySqlServer extends SqlEngine {
  private final Function<String, List<String>> clients;

  MySqlServer(
      Lifecycle lifecycle,
      String host,
      String user,
      String password,
      Function<String, List<String>> clients) {
    super(SqlProtocol.MYSQL, lifecycle, host, user, password);
    this.clients = clients;
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
}
