package io.obconnect.stack;

import io.obconnect.stack.LocalStackOptions.ExternalSql;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts all engines and leaves them running. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts MySQL, OceanBase, Kafka and Kafka Connect and leaves them running.")
final class StackUp implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--mysql", paramLabel = "HOST:PORT", description = "Use this MySQL.")
  private HostPort mysql;

  @Option(
      names = "--mysql-user",
      defaultValue = "root",
      description = "Its account (${DEFAULT-VALUE}).")
  private String mysqlUser;

  @Option(
      names = "--mysql-password",
      arity = "0..1",
      interactive = true,
      defaultValue = "",
      description = "Its password; asked for when no value follows.")
  private String mysqlPassword;

  @Option(names = "--oceanbase", paramLabel = "HOST:PORT", description = "Use this OceanBase.")
  private HostPort oceanbase;

  @Option(
      names = "--oceanbase-user",
      defaultValue = "root",
      description = "Its account, such as root@tenant (${DEFAULT-VALUE}).")
  private String oceanbaseUser;

  @Option(
      names = "--oceanbase-password",
      arity = "0..1",
      interactive = true,
      defaultValue = "",
      description = "Its password; asked for when no value follows.")
  private String oceanbasePassword;

  @Option(
      names = "--connect",
      paramLabel = "URL",
      description = "Use this Kafka Connect worker; then no Kafka is started.")
  private URI connect;

  @Override
  public Integer call() {
    Path stateFile = StackFiles.state();
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackState> previous = StackState.read(stateFile);
    if (previous.stream().flatMap(state -> state.engines().stream()).anyMatch(StackUp::runs)) {
      throw new LocalStackException(
          "a stack is running already: see bin/stack status, end it with bin/stack down");
    }
    previous.ifPresent(state -> FileTree.delete(Path.of(state.folder())));
    LocalStack stack = new LocalStack(options(out));
    try {
      List<StackState.Entry> entries = start(stack);
      StackState state = new StackState(StackFiles.data().toString(), entries);
      state.write(stateFile);
      stack.detach();
      out.print(StackTable.of(state));
      out.println("accounts: " + stateFile);
      out.flush();
      return 0;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private static boolean runs(StackState.Entry engine) {
    return engine.process().isPresent();
  }

  private LocalStackOptions options(PrintWriter out) {
    return LocalStackOptions.defaults()
        .withBaseDir(StackFiles.data())
        .withDetached(true)
        .withProgress(
            line -> {
              out.println(line);
              out.flush();
            })
        .withExternal(
            external(mysql, mysqlUser, mysqlPassword),
            external(oceanbase, oceanbaseUser, oceanbasePassword),
            Optional.ofNullable(connect));
  }

  private static Optional<ExternalSql> external(HostPort address, String user, String password) {
    return Optional.ofNullable(address)
        .map(given -> new ExternalSql(given.host(), given.port(), user, password));
  }

  private List<StackState.Entry> start(LocalStack stack) {
    List<StackState.Entry> entries = new ArrayList<>();
    MySqlServer source = stack.mysql();
    entries.add(
        entry(
            stack, source, source.host() + ":" + source.port(), source.user(), source.password()));
    OceanBaseServer destination = stack.oceanbase();
    entries.add(
        entry(
            stack,
            destination,
            destination.host() + ":" + destination.port(),
            destination.user(),
            destination.password()));
    if (connect == null) {
      KafkaBroker kafka = stack.kafka();
      entries.add(entry(stack, kafka, kafka.bootstrapServers(), "", ""));
    }
    ConnectWorker worker = stack.connect();
    entries.add(entry(stack, worker, worker.uri().toString(), "", ""));
    return entries;
  }

  private static StackState.Entry entry(
      LocalStack stack, Engine engine, String address, String user, String password) {
    if (!engine.isRunning()) {
      throw new LocalStackException(engine.name() + " at " + address + " does not answer");
    }
    return stack.ownEngines().stream()
        .filter(own -> own.name().equals(engine.name()))
        .findFirst()
        .map(
            own ->
                new StackState.Entry(
                    engine.name(),
                    address,
                    own.pid().orElse(0),
                    own.folder().toString(),
                    own.logFile().toString(),
                    user,
                    password))
        .orElseGet(() -> new StackState.Entry(engine.name(), address, 0, "", "", user, password));
  }
}
