package io.obconnect.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of changes from Kafka to OceanBase alone: prefilled topics, and tables that exist. The
 * clock runs from the moment the sink's task has started until all changes are visible; then both
 * sides are compared.
 */
final class SinkBenchmark implements Benchmark {
  static final String LIMIT = SinkReport.LIMIT;

  /** Divisors of the number of classes, so that clients share out unique values with the keys. */
  private static final List<Integer> LIMIT_CLIENTS = List.of(1, 2, UniqueValueChanges.CLASSES);

  private final List<String> contenders;

  SinkBenchmark() {
    this(List.of(SinkKinds.OURS, SinkKinds.DEBEZIUM, LIMIT));
  }

  SinkBenchmark(List<String> contenders) {
    this.contenders = List.copyOf(contenders);
  }

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
  public Optional<Path> plugins(Path root) {
    return contenders.contains(SinkKinds.DEBEZIUM)
        ? Optional.of(DebeziumJdbcSink.pluginFolder(root))
        : Optional.empty();
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    BenchDestination.start(context);
    Map<String, PairedRates> rates = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (Workload workload : Workloads.ALL) {
      if (context.workloads().contains(workload.name())) {
        race(context, workload, rates, notes);
      }
    }
    return SinkReport.of(name(), context.rows(), rates, notes);
  }

  private void race(
      BenchContext context, Workload workload, Map<String, PairedRates> rates, List<String> notes)
      throws Exception {
    try (PrefilledTopics topics = PrefilledTopics.fill(context, workload)) {
      WorkloadRace race =
          new WorkloadRace(
              context, workload, topics, contenders(context, workload, topics.topics()));
      rates.put(workload.name(), race.run());
      notes.addAll(race.notes());
    }
  }

  private List<Contender> contenders(BenchContext context, Workload workload, List<String> topics) {
    SinkKinds sinks = new SinkKinds(context.stack(), context.root());
    List<Contender> all = new ArrayList<>();
    for (String name : contenders) {
      if (name.equals(LIMIT)) {
        LIMIT_CLIENTS.forEach(clients -> all.add(limit(context, workload, clients)));
      } else {
        all.add(sinks.contender(name, workload, topics));
      }
    }
    if (contenders.contains(SinkKinds.DEBEZIUM) && sinks.hasCachedConverter()) {
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
