package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * How long a single change takes from MySQL into a visible row of OceanBase, at 1,000 changes a
 * second: inserts, each a transaction. The time runs from sending the statement that commits, so
 * the commit itself is in it.
 */
final class StreamLatency implements Benchmark {
  private static final int CHANGES_PER_SECOND = 1_000;

  /** Below this share of the pace, latencies are those of another benchmark. */
  private static final double LEAST_PACE = 0.95;

  private static final Workload WORKLOAD = Workloads.INSERT_ONLY;

  @Override
  public String name() {
    return "stream-latency";
  }

  @Override
  public String summary() {
    return "one change from MySQL to a visible row of OceanBase, at 1,000 changes/s";
  }

  @Override
  public long defaultRows() {
    return 20_000;
  }

  @Override
  public List<String> contenders() {
    return List.of(SinkKinds.OURS, SinkKinds.DEBEZIUM);
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    BenchDestination.start(context);
    Map<String, Latency> medians = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    PairedRuns.alternate(
            context.contenders(),
            context.pairs(),
            (name, pair) -> Optional.of(measure(context, name, pair, notes)))
        .forEach((name, runs) -> medians.put(name, Latency.median(runs)));
    return new BenchReport(name(), context.rows(), Map.of(), Map.of(), medians, notes);
  }

  private static Latency measure(BenchContext context, String name, int pair, List<String> notes)
      throws Exception {
    LocalStack stack = context.stack();
    String run = "bench_stream_latency_" + pair + "_" + name;
    long startNanos = System.nanoTime();
    context.screen().begin("Pair " + pair + ", " + name);
    BenchDestination.empty(stack, WORKLOAD.database());
    try (Connection mysql = stack.mysql().connect();
        Connection destination = stack.oceanbase().connect()) {
      WorkloadDatabase.create(mysql, WORKLOAD, context.rows());
      WorkloadDatabase.create(destination, WORKLOAD, context.rows());
      try (StreamSource source =
              StreamSource.create(
                  stack,
                  template(context, name, run),
                  run,
                  WORKLOAD,
                  cleaner -> cleaner.removeTopics(run, StackConnectors.historyTopic(run)));
          RunningCopy written =
              new SinkKinds(stack, context.root())
                  .contender(name, WORKLOAD, source.topics())
                  .start(run);
          SteadyChanges clients = new SteadyChanges(stack.mysql())) {
        RunningCopy chain = new CopyChain(List.of(source.running(), written));
        BenchTable table = WORKLOAD.tables().get(0);
        Future<long[]> sent =
            clients.start(WORKLOAD.changes(context.rows()).toList(), CHANGES_PER_SECOND);
        Latency latency =
            VisibleLatency.measure(context, table, CHANGES_PER_SECOND, sent, chain, destination);
        ChangesArrival.of(mysql, destination, WORKLOAD, context.rows()).await(chain);
        chain.finish();
        TableProof.refuseDifferent(stack, name, List.of(table.id()));
        noteSlowPace(name + ", pair " + pair, pace(sent.get()), notes);
        context
            .screen()
            .done(
                "Pair " + pair + ", " + name,
                "p99 " + latency.p99() + " ms, equal",
                Duration.ofNanos(System.nanoTime() - startNanos));
        return latency;
      }
    }
  }

  private static ConnectorTemplate template(BenchContext context, String name, String run) {
    SourceKinds sources = new SourceKinds(context.stack(), context.root());
    return name.equals(SinkKinds.OURS)
        ? sources.rows(run, WORKLOAD.database())
        : sources.debeziumForSink(run, WORKLOAD.database());
  }

  /** Changes per second from the first one to the last one. */
  static double pace(long[] sentNanos) {
    return (sentNanos.length - 1) * 1e9 / (sentNanos[sentNanos.length - 1] - sentNanos[0]);
  }

  private static void noteSlowPace(String what, double pace, List<String> notes) {
    if (pace < CHANGES_PER_SECOND * LEAST_PACE) {
      notes.add(what + ": MySQL took only " + Math.round(pace) + " changes/s");
    }
  }
}
