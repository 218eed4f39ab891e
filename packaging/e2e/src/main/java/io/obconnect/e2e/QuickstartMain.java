package io.obconnect.e2e;

import io.obconnect.stack.ExternalEngineOptions;
import io.obconnect.stack.KeptStack;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind bin/quickstart. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Migrates a MySQL database into OceanBase through Kafka Connect while an application writes"
            + " to it, and compares both sides. Exit 0 only when every table is equal.")
public final class QuickstartMain implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Rows of the demo database over all tables (${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "Seconds of live writing after the full copy (${DEFAULT-VALUE}).")
  private long seconds;

  @Option(
      names = "--source",
      paramLabel = "KIND",
      defaultValue = "ours",
      description =
          "The source connector: this project's, which copies in blocks (ours), or the stock one"
              + " (debezium). Without it: ${DEFAULT-VALUE}.")
  private ConnectorPair source;

  @Option(names = "--keep", description = "Leave everything running, and print how to connect.")
  private boolean keep;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the results as JSON.")
  private Optional<Path> report = Optional.empty();

  @Mixin private ExternalEngineOptions external = new ExternalEngineOptions();

  /** Runs the quickstart and ends the JVM with its result. */
  public static void main(String[] arguments) {
    CommandLine commandLine =
        new CommandLine(new QuickstartMain()).setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          new Screen().verdict(false, "failed", String.valueOf(failure.getMessage()));
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (keep && KeptStack.runs()) {
      throw new ParameterException(
          spec.commandLine(), "a kept stack is running already: end it with 'bin/stack down'");
    }
    Screen screen = new Screen();
    LocalStackOptions options =
        (keep ? KeptStack.options() : LocalStackOptions.defaults())
            .withExternal(external.engines())
            .withProgress(screen::note);
    try (LocalStack stack = new LocalStack(options)) {
      screen.title(
          "kafka-connect-oceanbase", "MySQL to OceanBase, while the application goes on writing");
      Quickstart quickstart =
          new Quickstart(
              stack, options.projectRoot(), source, screen, rows, Duration.ofSeconds(seconds));
      QuickstartReport result = quickstart.run();
      result.print(screen);
      if (report.isPresent()) {
        result.write(report.get());
        screen.note("report: " + report.get());
      }
      if (!keep && options.external().connect().isPresent()) {
        quickstart.removeConnectors();
      }
      if (keep) {
        KeptStack.keep(stack).lines().forEach(screen::note);
        screen.note("end everything with: bin/stack down");
        screen.blank();
      }
      return result.equal() ? 0 : DIFFERENT;
    }
  }
}
