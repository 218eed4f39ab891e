package io.obconnect.e2e;

import io.obconnect.stack.ClientProgram;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code mydumper}, and when it has ended {@code myloader}, with several threads and chunks for
 * them, large statements, and files without compression.
 */
final class MydumperContender implements Contender {
  private static final String THREADS = "4";
  private static final String CHUNK_ROWS = "50000";
  private static final String STATEMENT_BYTES = String.valueOf(1024 * 1024);

  /** Of statements of 1 MiB. */
  private static final String QUERIES_PER_TRANSACTION = "10";

  private static final String PASSWORD_VARIABLE = "MYSQL_PWD";
  private static final String DEFINITIONS = "*-schema*.sql";

  private final String name;
  private final LocalStack stack;
  private final ClientProgram dumper;
  private final ClientProgram loader;

  /**
   * Finds the programs, or fetches them.
   *
   * @throws io.obconnect.stack.LocalStackException when this machine has them not, and cannot get
   *     them
   */
  MydumperContender(String name, LocalStack stack) {
    this.name = Objects.requireNonNull(name, "name");
    this.stack = Objects.requireNonNull(stack, "stack");
    this.dumper = stack.mydumper("mydumper");
    this.loader = stack.mydumper("myloader");
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
    Path folder = Files.createTempDirectory(run);
    return ProcessSequence.start(
        folder,
        List.of(
            () -> dump(folder.resolve("dump")),
            () -> {
              rewriteDefinitions(folder.resolve("dump"));
              return load(folder.resolve("dump"));
            }));
  }

  private ProcessBuilder dump(Path target) {
    MySqlServer source = stack.mysql();
    return command(
        dumper,
        source.host(),
        source.port(),
        source.user(),
        source.password(),
        "--outputdir=" + target,
        "--database=" + OrdersTable.ID.database(),
        "--tables-list=" + OrdersTable.ID.table(),
        "--rows=" + CHUNK_ROWS,
        "--statement-size=" + STATEMENT_BYTES,
        "--trx-consistency-only");
  }

  private ProcessBuilder load(Path from) {
    OceanBaseServer destination = stack.oceanbase();
    return command(
        loader,
        destination.host(),
        destination.port(),
        destination.loopbackUser(),
        "",
        "--directory=" + from,
        "--database=" + OrdersTable.ID.database(),
        "--queries-per-transaction=" + QUERIES_PER_TRANSACTION,
        // Else it would switch off a log that this engine does not have.
        "--enable-binlog");
  }

  /** OceanBase lacks MySQL's default collation. */
  private static void rewriteDefinitions(Path dump) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dump, DEFINITIONS)) {
      for (Path file : files) {
        String definition = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, DumpRewriter.definition(definition), StandardCharsets.ISO_8859_1);
      }
    }
  }

  private static ProcessBuilder command(
      ClientProgram program,
      String host,
      int port,
      String user,
      String password,
      String... options) {
    List<String> command = new ArrayList<>(program.command());
    command.addAll(
        List.of("--host=" + host, "--port=" + port, "--user=" + user, "--threads=" + THREADS));
    command.addAll(List.of(options));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(program.environment());
    // Not on the command line, where every user of the machine could read it.
    process.environment().put(PASSWORD_VARIABLE, password);
    return process;
  }
}
