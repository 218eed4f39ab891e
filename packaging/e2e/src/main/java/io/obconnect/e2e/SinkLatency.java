package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a single change takes from Kafka into a visible row, at 1,000 changes a second and at
 * 10: inserts that Debezium once captured are sent again at that pace. The time runs from handing
 * the record to the producer to the end of the first query that sees the row, so the producer's way
 * and half a poll's time are in it. The first quarter of the changes warms up and does not count.
 */
final class SinkLatency implements Benchmark {

  /** How fast changes come. */
  private record Pace(String name, int changesPerSecond) {
    /** As long a run as the default number of changes takes at the busy pace. */
    long rows(long busyRows) {
      return Math.max(1, busyRows * changesPerSecond / BUSY.changesPerSecond);
    }
  }

  private static final Pace BUSY = new Pace("busy", 1_000);
  private static final List<Pace> PACES = List.of(BUSY, new Pace("idle", 10));
  private static final Workload WORKLOAD = Workloads.INSERT_ONLY;

  @Override
  public String name() {
    return "sink-latency";
  }

  @Override
  public String summary() {
    return "one change from Kafka to a visible row, at 1,000 and at 10 changes/s";
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
  public List<String> workloads() {
    return PACES.stream().map(Pace::name).toList();
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    BenchDestination.start(context);
    Map<String, Latency> medians = new LinkedHashMap<>();
    for (Pace pace : PACES) {
      if (context.workloads().contains(pace.name())) {
        BenchContext atPace = context.withSize(pace.rows(context.rows()), context.pairs());
        run(atPace, pace)
            .forEach((name, latency) -> medians.put(name + ":" + pace.name(), latency));
      }
    }
    return new BenchReport(name(), context.rows(), Map.of(), Map.of(), medians, List.of());
  }

  private static Map<String, Latency> run(BenchContext context, Pace pace) throws Exception {
    try (PrefilledTopics captured = PrefilledTopics.fill(context, WORKLOAD);
        ChangeReplay replay =
            ChangeReplay.of(
                context.stack().kafka().bootstrapServers(),
                captured.topics().get(0),
                captured.records())) {
      Map<String, Latency> medians = new LinkedHashMap<>();
      PairedRuns.alternate(
              context.contenders(),
              context.pairs(),
              (name, pair) ->
                  Optional.of(
                      measure(
                          context,
                          pace,
                          replay,
                          "%s_%d_%s".formatted(captured.prefix(), pair, name),
                          name)))
          .forEach((name, runs) -> medians.put(name, Latency.median(runs)));
      return medians;
    }
  }

  private static Latency measure(
      BenchContext context, Pace pace, ChangeReplay replay, String run, String name)
      throws Exception {
    LocalStack stack = context.stack();
    long startNanos = System.nanoTime();
    BenchDestination.empty(stack, WORKLOAD.database());
    try (Connection source = stack.mysql().connect();
        Connection destination = stack.oceanbase().connect();
        TopicAdmin topics = new TopicAdmin(stack.kafka().bootstrapServers())) {
      WorkloadDatabase.create(destination, WORKLOAD, context.rows());
      topics.create(List.of(run));
      Contender contender =
          new SinkKinds(stack, context.root()).contender(name, WORKLOAD, List.of(run));
      try (RunningCopy copy = contender.start(run)) {
        Latency latency =
            VisibleLatency.measure(
                context,
                WORKLOAD.tables().get(0),
                pace.changesPerSecond(),
                replay.start(run, pace.changesPerSecond()),
                copy,
                destination);
        ChangesArrival.of(source, destination, WORKLOAD, context.rows()).await(copy);
        copy.finish();
        BenchTable table = WORKLOAD.tables().get(0);
        TableProof.refuseDifferent(stack, name, List.of(table.id()));
        context
            .screen()
            .done(
                name + ", " + pace.name(),
                "p99 " + latency.p99() + " ms, equal",
                Duration.ofNanos(System.nanoTime() - startNanos));
        return latency;
      } finally {
        topics.delete(List.of(run));
      }
    }
  }
}
