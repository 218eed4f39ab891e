package io.obconnect.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** OceanBase as the stand-alone server seekdb. */
final class OceanBaseRecipe implements Recipe {
  static final String ROOT = "root";
  static final String LOOPBACK_USER = "bench";
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  private final Path folder;
  private final String password;
  private final Map<String, String> parameters;
  private final Supplier<SeekdbBinaries> binaries;

  OceanBaseRecipe(
      Path folder,
      String password,
      Map<String, String> parameters,
      Supplier<SeekdbBinaries> binaries) {
    this.folder = folder;
    this.password = password;
    this.parameters = parameters;
    this.binaries = binaries;
  }

  @Override
  public void prepare(List<Integer> ports) {
    FileTree.delete(data());
    FileTree.createFolder(data());
  }

  @Override
  public List<String> command(List<Integer> ports, boolean firstStart) {
    List<String> command = new ArrayList<>();
    command.add(binaries.get().server().toString());
    command.add("--base-dir=" + data());
    command.add("--nodaemon");
    // A server with data knows its port and parameters.
    if (firstStart) {
      command.addAll(List.of("-P", ports.get(0).toString()));
      parameters.forEach(
          (name, value) -> command.addAll(List.of("--parameter", name + "=" + value)));
    }
    return command;
  }

  @Override
  public Map<String, String> environment() {
    return binaries.get().environment();
  }

  @Override
  public void probe(List<Integer> ports, boolean firstStart) throws Exception {
    SqlEndpoint secured = endpoint(ports, password);
    if (firstStart) {
      secure(ports, secured);
    }
    secured.probe();
  }

  @Override
  public List<Path> logs(Path log) {
    return List.of(log, data().resolve("log/seekdb.log"));
  }

  @Override
  public Duration startDeadline() {
    return START_DEADLINE;
  }

  private void secure(List<Integer> ports, SqlEndpoint secured) throws SQLException {
    try {
      execute(endpoint(ports, ""), "alter user root identified by '" + password + "'");
    } catch (SQLException e) {
      // Not up yet, or secured by a call that failed later on: the next login tells which.
      secured.probe();
    }
    execute(
        secured,
        "create user if not exists " + LOOPBACK_USER + "@'127.0.0.1'",
        "grant all privileges on *.* to " + LOOPBACK_USER + "@'127.0.0.1'");
  }

  private static void execute(SqlEndpoint endpoint, String... statements) throws SQLException {
    try (Connection connection = endpoint.connectForProbe();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static SqlEndpoint endpoint(List<Integer> ports, String password) {
    return new SqlEndpoint(SqlProtocol.MYSQL, SqlEndpoint.LOOPBACK, ports.get(0), ROOT, password);
  }

  private Path data() {
    return folder.resolve("data");
  }
}
