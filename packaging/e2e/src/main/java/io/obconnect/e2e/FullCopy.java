package io.obconnect.e2e;

import io.obconnect.stack.LocalStackException;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A full copy of one table from MySQL to OceanBase: this project with blocks, its sink behind stock
 * Debezium, Debezium's own pair of connectors, {@code mysqldump | mysql}, and mydumper with
 * myloader where they can be had. The clock runs from the POST of the first connector, or the start
 * of the first process, until the destination has all rows; then both sides are compared.
 */
final class FullCopy implements Benchmark {
  static final String OURS = SinkKinds.OURS;
  static final String DEBEZIUM = SinkKinds.DEBEZIUM;
  static final String OURS_ROWS = "ours-rows";
  static final String MYSQLDUMP = "mysqldump";
  private static final String MYDUMPER = "mydumper";

  @Override
  public String name() {
    return "full-copy";
  }

  @Override
  public String summary() {
    return "one table, MySQL to OceanBase";
  }

  @Override
  public long defaultRows() {
    return 1_000_000;
  }

  @Override
  public List<String> contenders() {
    return List.of(OURS, OURS_ROWS, DEBEZIUM, MYSQLDUMP, MYDUMPER);
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    OrdersTable.prepareSource(context);
    BenchDestination.start(context);
    LeftOut leftOut = new LeftOut(context.screen());
    Map<String, Contender> byName = contenders(context, leftOut);
    PairedRates rates =
        PairedRuns.measure(
            List.copyOf(byName.keySet()),
            context.pairs(),
            (name, pair) -> measure(context, byName.get(name), pair));
    return BenchReport.of(name(), context.rows(), rates, OURS, leftOut.notes());
  }

  private static Map<String, Contender> contenders(BenchContext context, LeftOut leftOut) {
    Map<String, Contender> byName = new LinkedHashMap<>();
    for (String name : context.contenders()) {
      try {
        byName.put(name, contender(name, context));
      } catch (LocalStackException e) {
        leftOut.leaveOut(name, e.getMessage());
      }
    }
    return byName;
  }

  private static Contender contender(String name, BenchContext context) {
    return switch (name) {
      case OURS -> ConnectorContender.ours(name, context.stack(), context.root());
      case OURS_ROWS -> ConnectorContender.sinkOnly(name, context.stack(), context.root());
      case DEBEZIUM -> ConnectorContender.debezium(name, context.stack(), context.root());
      case MYSQLDUMP -> new DumpContender(name, context.stack());
      case MYDUMPER -> new MydumperContender(name, context.stack());
      default -> throw new IllegalArgumentException("no contender " + name);
    };
  }

  private static long measure(BenchContext context, Contender contender, int pair)
      throws Exception {
    String step = "Pair " + pair + ", " + contender.name();
    context.screen().begin(step + ": emptying the destination");
    BenchDestination.empty(context.stack(), OrdersTable.ID.database());
    try (Connection destination = context.stack().oceanbase().connect()) {
      contender.prepare(destination);
    }
    Duration took = copy(context, contender, "bench_" + pair + "_" + contender.name(), step);
    context.screen().begin(step + ": comparing");
    TableProof.refuseDifferent(context.stack(), contender.name(), List.of(OrdersTable.ID));
    long rowsPerSecond = Math.round(context.rows() / (took.toNanos() / 1e9));
    context.screen().done(step, Screen.number(rowsPerSecond) + " rows/s, equal", took);
    return rowsPerSecond;
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

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
