package io.obconnect.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** PostgreSQL with logical decoding, on the loopback interface only. */
final class PostgresRecipe implements Recipe {
  private static final Duration INITIALIZE_DEADLINE = Duration.ofMinutes(1);
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);

  private final Path folder;
  private final String user;
  private final String password;
  private final Supplier<PostgresBinaries> binaries;
  private final ProcessSpawner spawner;

  PostgresRecipe(
      Path folder,
      String user,
      String password,
      Supplier<PostgresBinaries> binaries,
      ProcessSpawner spawner) {
    this.folder = folder;
    this.user = user;
    this.password = password;
    this.binaries = binaries;
    this.spawner = spawner;
  }

  @Override
  public void prepare(List<Integer> ports) {
    FileTree.delete(data());
    FileTree.createFolder(data());
    OrdinaryUser.giveTo(data());
    Path secret = folder.resolve("password.txt");
    FileTree.writeText(secret, password);
    OrdinaryUser.giveTo(secret);
    String initdb = binaries.get().initdb();
    OrdinaryUser.requireWay(Path.of(initdb));
    spawner.run(
        "initdb",
        asOrdinaryUser(
            initdb,
            "--pgdata=" + data(),
            "--username=" + user,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // Needs nothing of the machine's or the packages' locales.
            "--locale=C",
            "--no-sync"),
        folder,
        folder.resolve("initdb.txt"),
        INITIALIZE_DEADLINE);
    FileTree.delete(secret);
  }

  @Override
  public List<String> command(List<Integer> ports, boolean firstStart) {
    return asOrdinaryUser(
        binaries.get().server(),
        "-D",
        data().toString(),
        "--listen_addresses=" + SqlEndpoint.LOOPBACK,
        "--port=" + ports.get(0),
        "--unix_socket_directories=",
        "--wal_level=logical",
        "--max_wal_senders=32",
        "--max_replication_slots=32",
        "--timezone=UTC",
        // Commits survive the end of the process all the same, only not that of the machine.
        "--fsync=off");
  }

  @Override
  public void probe(List<Integer> ports, boolean firstStart) throws Exception {
    new SqlEndpoint(SqlProtocol.POSTGRES, SqlEndpoint.LOOPBACK, ports.get(0), user, password)
        .probe();
  }

  /** On SIGTERM the server would wait until every client has gone. */
  @Override
  public StopSignal stopSignal() {
    return StopSignal.INT;
  }

  @Override
  public Duration startDeadline() {
    return START_DEADLINE;
  }

  private static List<String> asOrdinaryUser(String... command) {
    List<String> line = new ArrayList<>(OrdinaryUser.prefix());
    line.addAll(List.of(command));
    return line;
  }

  private Path data() {
    return folder.resolve("data");
  }
}
