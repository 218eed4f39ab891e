package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import io.obconnect.verifier.TableComparator;
import io.obconnect.verifier.TableComparison;
import io.obconnect.verifier.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A full copy of one table from MySQL to OceanBase: this project, Debezium's own pair of
 * connectors, and {@code mysqldump | mysql}. The clock runs from the POST of the first connector,
 * or the start of the first process, until the destination has all rows; then both sides are
 * compared.
 */
final class FullCopy implements Benchmark {
  static final String OURS = "ours";
  static final String DEBEZIUM = "debezium";
  static final String MYSQLDUMP = "mysqldump";

  private static final String PLUGIN_FOLDER = "packaging/kafka-dist/target/bench-plugins";
  private static final String LEDGER_DATABASE = "obconnect";

  private final List<String> contenders;

  FullCopy() {
    this(List.of(OURS, DEBEZIUM, MYSQLDUMP));
  }

  FullCopy(List<String> contenders) {
    this.contenders = List.copyOf(contenders);
  }

  @Override
  public String name() {
    return "full-copy";
  }

  @Override
  public String summary() {
    return "one table, MySQL to OceanBase";
  }

  @Override
  public Optional<Path> plugins(Path root) {
    if (!contenders.contains(DEBEZIUM)) {
      return Optional.empty();
    }
    Path folder = root.resolve(PLUGIN_FOLDER);
    if (!Files.isDirectory(folder.resolve(DebeziumJdbcSink.PLUGIN))) {
      throw new IllegalStateException(
          "the Debezium JDBC sink is not in "
              + folder
              + ": run mvn -B -DskipTests package -Pbench, as bin/bench does");
    }
    return Optional.of(folder);
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    prepareSource(context);
    startDestination(context);
    Map<String, Contender> byName =
        contenders.stream()
            .map(name -> contender(name, context))
            .collect(Collectors.toMap(Contender::name, Function.identity()));
    PairedRates rates =
        PairedRuns.measure(
            contenders, context.pairs(), (name, pair) -> measure(context, byName.get(name), pair));
    return BenchReport.of(name(), context.rows(), rates, OURS);
  }

  private static Contender contender(String name, BenchContext context) {
    return switch (name) {
      case OURS -> ConnectorContender.ours(name, context.stack(), context.root());
      case DEBEZIUM -> ConnectorContender.debezium(name, context.stack(), context.root());
      case MYSQLDUMP -> new DumpContender(name, context.stack());
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  private static void prepareSource(BenchContext context) throws Exception {
    String step = "MySQL (source)";
    context.screen().begin(step);
    long start = System.nanoTime();
    try (Connection source = context.stack().mysql().connect()) {
      OrdersTable.create(source);
      OrdersTable.fill(source, context.rows());
    }
    context
        .screen()
        .done(step, Screen.number(context.rows()) + " rows in " + OrdersTable.ID, since(start));
  }

  private static void startDestination(BenchContext context) {
    String step = "OceanBase, Kafka, Connect";
    context.screen().begin(step);
    long start = System.nanoTime();
    LocalStack stack = context.stack();
    new StackConnectors(stack, context.root()).requirePlugins();
    context
        .screen()
        .done(
            step,
            stack.oceanbase().host()
                + ":"
                + stack.oceanbase().port()
                + ", "
                + stack.connect().uri(),
            since(start));
  }

  private static long measure(BenchContext context, Contender contender, int pair)
      throws Exception {
    String step = "Pair " + pair + ", " + contender.name();
    context.screen().begin(step + ": emptying the destination");
    emptyDestination(context.stack());
    try (Connection destination = context.stack().oceanbase().connect()) {
      contender.prepare(destination);
    }
    Duration took = copy(context, contender, "bench_" + pair + "_" + contender.name(), step);
    context.screen().begin(step + ": comparing");
    refuseDifferent(context.stack(), contender, context.rows());
    long rowsPerSecond = Math.round(context.rows() / (took.toNanos() / 1e9));
    context.screen().done(step, Screen.number(rowsPerSecond) + " rows/s, equal", took);
    return rowsPerSecond;
  }

  /**
   * Also restarts the engine, so that merges and the memory of one contender's run burden the next
   * one's less.
   */
  private static void emptyDestination(LocalStack stack) throws Exception {
    try (Connection destination = stack.oceanbase().connect();
        Statement statement = destination.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + OrdersTable.ID.database());
      statement.execute("DROP DATABASE IF EXISTS " + LEDGER_DATABASE);
    }
    stack.oceanbase().stop();
    stack.oceanbase().start();
  }

  private static Duration copy(BenchContext context, Contender contender, String run, String step)
      throws Exception {
    try (Connection destination = context.stack().oceanbase().connect()) {
      Arrival arrival = new Arrival(destination, context.rows());
      long start = System.nanoTime();
      try (RunningCopy copy = contender.start(run)) {
        arrival.await(copy, rows -> show(context, step, rows, since(start)));
        Duration took = since(start);
        copy.finish();
        return took;
      }
    }
  }

  private static void show(BenchContext context, String step, long rows, Duration since) {
    double seconds = Math.max(1, since.toMillis()) / 1_000.0;
    context
        .screen()
        .progress(
            step,
            (double) rows / context.rows(),
            Screen.number(rows)
                + " rows, "
                + Screen.number(Math.round(rows / seconds))
                + " rows/s");
  }

  private static void refuseDifferent(LocalStack stack, Contender contender, long rows)
      throws Exception {
    try (Connection source = stack.mysql().connect();
        Connection destination = stack.oceanbase().connect()) {
      TableComparison comparison =
          new TableComparator().compare(source, destination, OrdersTable.ID, OrdersTable.ID);
      long arrived = comparison.destinationChecksum().map(sum -> sum.rows()).orElse(0L);
      if (comparison.verdict() != Verdict.EQUAL || arrived != rows) {
        throw new IllegalStateException(
            "%s copied wrongly: %s, %d rows instead of %d; %s"
                .formatted(
                    contender.name(), comparison.verdict(), arrived, rows, comparison.reason()));
      }
    }
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
