package io.obconnect.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** MySQL with row-based binary log and GTIDs, on the loopback interface only. */
final class MySqlRecipe implements Recipe {
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);

  private final Path folder;
  private final int serverId;
  private final String user;
  private final String password;
  private final Supplier<MySqlBinaries> binaries;
  private final Supplier<Path> template;

  MySqlRecipe(
      Path folder,
      int serverId,
      String user,
      String password,
      Supplier<MySqlBinaries> binaries,
      Supplier<Path> template) {
    this.folder = folder;
    this.serverId = serverId;
    this.user = user;
    this.password = password;
    this.binaries = binaries;
    this.template = template;
  }

  @Override
  public void prepare(List<Integer> ports) {
    FileTree.delete(data());
    FileTree.copy(template.get().resolve("data"), data());
    FileTree.writeText(accounts(), accountsSql());
  }

  @Override
  public List<String> command(List<Integer> ports, boolean firstStart) {
    List<String> command = new ArrayList<>(binaries.get().server(data()));
    command.addAll(MySqlBinaries.asRoot());
    command.addAll(
        List.of(
            "--bind-address=" + SqlEndpoint.LOOPBACK,
            "--port=" + ports.get(0),
            // Relative to the data folder: the path of a socket may have 107 bytes only.
            "--socket=mysql.sock",
            "--pid-file=" + folder.resolve("mysqld.pid"),
            "--mysqlx=OFF",
            "--skip-name-resolve",
            "--secure-file-priv=",
            "--server-id=" + serverId,
            "--binlog-format=ROW",
            "--binlog-row-image=FULL",
            "--gtid-mode=ON",
            "--enforce-gtid-consistency=ON",
            "--innodb-buffer-pool-size=512M",
            "--innodb-flush-log-at-trx-commit=2",
            "--sync-binlog=0",
            "--init-file=" + accounts()));
    return command;
  }

  @Override
  public void probe(List<Integer> ports, boolean firstStart) throws Exception {
    new SqlEndpoint(SqlProtocol.MYSQL, SqlEndpoint.LOOPBACK, ports.get(0), user, password).probe();
  }

  @Override
  public Duration startDeadline() {
    return START_DEADLINE;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path accounts() {
    return folder.resolve("accounts.sql");
  }

  /** Read before the server listens, so that no login without a password is ever possible. */
  private String accountsSql() {
    return """
        SET SESSION sql_log_bin=0;
        ALTER USER root@localhost IDENTIFIED BY '%2$s';
        CREATE USER IF NOT EXISTS %1$s@'127.0.0.1' IDENTIFIED BY '%2$s';
        GRANT ALL PRIVILEGES ON *.* TO %1$s@'127.0.0.1' WITH GRANT OPTION;
        """
        .formatted(user, password);
  }
}
