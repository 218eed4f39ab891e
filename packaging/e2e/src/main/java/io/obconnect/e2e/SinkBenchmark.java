package io.obconnect.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of changes from Kafka to OceanBase alone: prefilled topics, and tables that exist. The
 * clock runs from the moment the sink's task has started until all changes are visible; then both
 * sides are compared. Laps that do not count come first: what is compared is connectors that have
 * been running for a while, not how long a virtual machine takes to compile them.
 */
final class SinkBenchmark implements Benchmark {
  static final String LIMIT = SinkReport.LIMIT;

  /** Divisors of the number of classes, so that clients share out unique values with the keys. */
  private static final List<Integer> LIMIT_CLIENTS = List.of(1, 2, UniqueValueChanges.CLASSES);

  private static final long WARM_UP_ROWS = 100_000;

  /** After fewer changes a rate still rises from lap to lap. */
  private static final int WARM_UP_LAPS = 4;

  @Override
  public String name() {
    return "sink";
  }

  @Override
  public String summary() {
    return "changes of several workloads, Kafka to OceanBase";
  }

  @Override
  public long defaultRows() {
    return 200_000;
  }

  @Override
  public List<String> workloads() {
    return Workloads.names();
  }

  @Override
  public List<String> contenders() {
    return List.of(SinkKinds.OURS, SinkKinds.DEBEZIUM, LIMIT);
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    BenchDestination.start(context);
    warmUp(context);
    Map<String, PairedRates> rates = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (Workload workload : Workloads.ALL) {
      if (context.workloads().contains(workload.name())) {
        race(context, workload, rates, notes);
      }
    }
    return SinkReport.of(name(), context.rows(), rates, notes);
  }

  private void warmUp(BenchContext context) throws Exception {
    BenchContext lap =
        context.withSize(
            Math.min(WARM_UP_ROWS, context.rows()),
            context.rows() < WARM_UP_ROWS ? 1 : WARM_UP_LAPS);
    try (PrefilledTopics topics = PrefilledTopics.fill(lap, Workloads.MIXED)) {
      List<Contender> sinks = sinks(lap, Workloads.MIXED, topics.topics());
      new WorkloadRace(lap, "warm-up", Workloads.MIXED, topics, sinks).run();
    }
  }

  private void race(
      BenchContext context, Workload workload, Map<String, PairedRates> rates, List<String> notes)
      throws Exception {
    try (PrefilledTopics topics = PrefilledTopics.fill(context, workload)) {
      WorkloadRace race =
          new WorkloadRace(
              context,
              workload.name(),
              workload,
              topics,
              contenders(context, workload, topics.topics()));
      rates.put(workload.name(), race.run());
      notes.addAll(race.notes());
    }
  }

  private List<Contender> contenders(BenchContext context, Workload workload, List<String> topics) {
    List<Contender> all = new ArrayList<>(sinks(context, workload, topics));
    if (context.contenders().contains(LIMIT)) {
      LIMIT_CLIENTS.forEach(clients -> all.add(limit(context, workload, clients)));
    }
    return all;
  }

  private List<Contender> sinks(BenchContext context, Workload workload, List<String> topics) {
    SinkKinds sinks = new SinkKinds(context.stack(), context.root());
    List<Contender> all = new ArrayList<>();
    context.contenders().stream()
        .filter(name -> !name.equals(LIMIT))
        .forEach(name -> all.add(sinks.contender(name, workload, topics)));
    if (context.contenders().contains(SinkKinds.DEBEZIUM) && sinks.hasCachedConverter()) {
      all.add(sinks.contender(SinkKinds.DEBEZIUM_CACHED, workload, topics));
    }
    return all;
  }

  private static Contender limit(BenchContext context, Workload workload, int clients) {
    return new LimitContender(
        LIMIT + "-" + clients,
        context.stack(),
        FinalStatements.of(workload, context.rows(), clients));
  }
}
