package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackOptions;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program behind bin/bench. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs a benchmark on real engines: contenders in turn, several pairs, median of the"
            + " pairwise ratios. A contender whose result is wrong fails the benchmark.")
public final class BenchMain implements Callable<Integer> {

  /** Candidates for the help text; picocli wants a public class. */
  public static final class Names implements Iterable<String> {
    /** Creates the list. */
    public Names() {}

    @Override
    public Iterator<String> iterator() {
      return Benchmarks.names().iterator();
    }
  }

  /** Candidates for the help text; picocli wants a public class. */
  public static final class WorkloadNames implements Iterable<String> {
    /** Creates the list. */
    public WorkloadNames() {}

    @Override
    public Iterator<String> iterator() {
      return Benchmarks.workloads().iterator();
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "The benchmark: ${COMPLETION-CANDIDATES}.")
  private String name;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows or changes of one run (each benchmark has its own default).")
  private Optional<Long> rows = Optional.empty();

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often every contender runs (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      arity = "1..*",
      completionCandidates = WorkloadNames.class,
      description =
          "Only these parts of the benchmark, sink or sink-latency: ${COMPLETION-CANDIDATES} (all).")
  private List<String> workloads = List.of();

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      arity = "1..*",
      description =
          "Only these, for example ours limit (all). Most benchmarks want ours among them.")
  private List<String> contenders = List.of();

  @Option(names = "--report", paramLabel = "FILE", description = "Write the results as JSON.")
  private Optional<Path> report = Optional.empty();

  /** Runs a benchmark and ends the JVM with its result. */
  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new BenchMain());
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          new Screen().verdict(false, "failed", String.valueOf(failure.getMessage()));
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Benchmark benchmark =
        Benchmarks.find(name)
            .orElseThrow(() -> wrong("no benchmark " + name + ": there are " + Benchmarks.names()));
    if (rows.orElse(1L) < 1 || pairs < 1) {
      throw wrong("--rows and --pairs must be at least 1");
    }
    if (!benchmark.workloads().containsAll(workloads)) {
      throw wrong("--workload: " + name + " has " + benchmark.workloads());
    }
    List<String> chosen = contenders.isEmpty() ? benchmark.contenders() : contenders;
    if (!benchmark.contenders().containsAll(chosen) || !chosen.containsAll(benchmark.required())) {
      throw wrong(
          "--contender: some of " + benchmark.contenders() + ", always " + benchmark.required());
    }
    Screen screen = new Screen();
    LocalStackOptions defaults = LocalStackOptions.defaults().withProgress(screen::note);
    LocalStackOptions options =
        chosen.stream().anyMatch(contender -> contender.startsWith(SinkKinds.DEBEZIUM))
            ? defaults.withPlugins(DebeziumJdbcSink.pluginFolder(defaults.projectRoot()))
            : defaults;
    try (LocalStack stack = new LocalStack(options)) {
      screen.title(benchmark.name(), benchmark.summary());
      BenchReport result =
          benchmark.run(
              new BenchContext(
                  stack,
                  options.projectRoot(),
                  screen,
                  rows.orElse(benchmark.defaultRows()),
                  pairs,
                  workloads.isEmpty() ? benchmark.workloads() : workloads,
                  chosen));
      result.print(screen);
      if (report.isPresent()) {
        result.write(report.get());
        screen.note("report: " + report.get());
      }
      return 0;
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
