package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code mysqldump | mysql}, with large statements and without encryption on the loopback
 * interface.
 */
final class DumpContender implements Contender {
  private static final String STATEMENT_BYTES = String.valueOf(1024 * 1024);
  private static final String MAX_PACKET_BYTES = String.valueOf(16 * 1024 * 1024);
  private static final String PASSWORD_VARIABLE = "MYSQL_PWD";

  private final String name;
  private final LocalStack stack;

  DumpContender(String name, LocalStack stack) {
    this.name = Objects.requireNonNull(name, "name");
    this.stack = Objects.requireNonNull(stack, "stack");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare(Connection destination) throws Exception {
    OrdersTable.createDatabase(destination);
  }

  @Override
  public RunningCopy start(String run) throws IOException {
    Path errors = Files.createTempFile(run, ".txt");
    return ProcessPipe.start(dump(), load(), errors, DumpRewriter::copy);
  }

  private ProcessBuilder dump() {
    MySqlServer source = stack.mysql();
    ProcessBuilder dump =
        client(
            "mysqldump",
            source.host(),
            source.port(),
            source.user(),
            "--get-server-public-key",
            "--single-transaction",
            "--set-gtid-purged=OFF",
            "--no-tablespaces",
            "--skip-add-locks",
            "--skip-disable-keys",
            "--net-buffer-length=" + STATEMENT_BYTES,
            OrdersTable.ID.database(),
            OrdersTable.ID.table());
    // Not on the command line, where every user of the machine could read it.
    dump.environment().put(PASSWORD_VARIABLE, source.password());
    return dump;
  }

  private ProcessBuilder load() {
    OceanBaseServer destination = stack.oceanbase();
    return client(
        "mysql",
        destination.host(),
        destination.port(),
        destination.loopbackUser(),
        OrdersTable.ID.database());
  }

  private ProcessBuilder client(
      String tool, String host, int port, String user, String... options) {
    List<String> command = new ArrayList<>(stack.mysql().clientCommand(tool));
    command.addAll(
        List.of(
            "--protocol=tcp",
            "--host=" + host,
            "--port=" + port,
            "--user=" + user,
            "--ssl-mode=DISABLED",
            "--default-character-set=utf8mb4",
            "--max-allowed-packet=" + MAX_PACKET_BYTES));
    command.addAll(List.of(options));
    return new ProcessBuilder(command);
  }
}
