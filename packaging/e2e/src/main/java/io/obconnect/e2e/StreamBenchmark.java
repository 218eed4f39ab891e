package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A backlog of mixed changes in MySQL's binary log, into Kafka alone and as far as OceanBase. Every
 * run has a connector of its own, which was stopped before the changes were made, at the place
 * where they begin. The clock runs from the moment Connect is told to start it again.
 */
final class StreamBenchmark implements Benchmark {
  static final String OURS = SinkKinds.OURS;
  private static final String DEBEZIUM = SinkKinds.DEBEZIUM;
  private static final String END_TO_END = "-end-to-end";
  static final String OURS_END_TO_END = OURS + END_TO_END;
  private static final String DEBEZIUM_END_TO_END = DEBEZIUM + END_TO_END;

  private static final Workload WORKLOAD = Workloads.MIXED;

  private static final List<BenchRatio> RATIOS =
      List.of(
          BenchRatio.of(OURS, DEBEZIUM),
          new BenchRatio("end-to-end/debezium", OURS_END_TO_END, DEBEZIUM_END_TO_END));

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String summary() {
    return "a backlog of changes, MySQL to Kafka and to OceanBase";
  }

  @Override
  public long defaultRows() {
    return 1_000_000;
  }

  @Override
  public List<String> contenders() {
    return List.of(OURS, DEBEZIUM, OURS_END_TO_END, DEBEZIUM_END_TO_END);
  }

  @Override
  public List<String> required() {
    return List.of();
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    BenchDestination.start(context);
    LeftOut leftOut = new LeftOut(context.screen());
    try (Backlog backlog = new Backlog(context)) {
      backlog.fill();
      PairedRates rates =
          new PairedRates(
              PairedRuns.alternate(
                  context.contenders(),
                  context.pairs(),
                  (name, pair) ->
                      leftOut.unlessFailed(name, name, () -> backlog.measure(name, pair))));
      return BenchReport.of(name(), backlog.records(), rates, RATIOS, leftOut.notes());
    }
  }

  /** The changes, and who waits for them. */
  private static final class Backlog implements AutoCloseable {
    private final BenchContext context;
    private final LocalStack stack;
    private final Map<String, StreamSource> waiting = new LinkedHashMap<>();
    private final Map<BenchTable, Map<Long, Long>> initialRows = new LinkedHashMap<>();
    private final Map<BenchTable, TableFingerprint> expected = new LinkedHashMap<>();
    private long records;

    Backlog(BenchContext context) {
      this.context = Objects.requireNonNull(context, "context");
      this.stack = context.stack();
    }

    /** Creates the connectors of all runs, and then makes the changes. */
    void fill() throws Exception {
      try (Connection source = stack.mysql().connect()) {
        WorkloadDatabase.create(source, WORKLOAD, context.rows());
        context.screen().step("Connectors", this::createSources);
        for (BenchTable table : WORKLOAD.tables()) {
          initialRows.put(table, TableFingerprint.byKey(source, table));
        }
        context
            .screen()
            .step(
                "MySQL (source)",
                () -> {
                  records = WorkloadDatabase.change(source, WORKLOAD, context.rows());
                  return Screen.number(records) + " changes in the binary log";
                });
        for (BenchTable table : WORKLOAD.tables()) {
          expected.put(table, TableFingerprint.read(source, table));
        }
      }
    }

    private String createSources() throws Exception {
      for (int pair = 1; pair <= context.pairs(); pair++) {
        for (String name : context.contenders()) {
          String run = run(name, pair);
          StreamSource source =
              StreamSource.create(
                  stack,
                  template(name, run),
                  run,
                  WORKLOAD,
                  cleaner -> cleaner.removeTopics(run, StackConnectors.historyTopic(run)));
          waiting.put(run, source);
          source.stop();
        }
      }
      return waiting.size() + ", stopped";
    }

    private ConnectorTemplate template(String name, String run) {
      SourceKinds sources = new SourceKinds(stack, context.root());
      String database = WORKLOAD.database();
      return switch (name) {
        case OURS, OURS_END_TO_END -> sources.rows(run, database);
        case DEBEZIUM -> sources.debezium(run, database);
        case DEBEZIUM_END_TO_END -> sources.debeziumForSink(run, database);
        default -> throw new IllegalArgumentException("no contender " + name);
      };
    }

    private static String run(String name, int pair) {
      return "bench_stream_" + pair + "_" + name.replace('-', '_');
    }

    /** In records of the topics, also where fewer rows are written in the end. */
    long records() {
      return records;
    }

    long measure(String name, int pair) throws Exception {
      String step = "Pair " + pair + ", " + name;
      context.screen().begin(step);
      String run = run(name, pair);
      try (StreamSource source = Objects.requireNonNull(waiting.remove(run), run)) {
        Duration took =
            name.endsWith(END_TO_END) ? toOceanBase(source, name, run) : toKafka(source);
        long rate = Math.max(1, Math.round(records / (took.toNanos() / 1e9)));
        context.screen().done(step, Screen.number(rate) + " changes/s, equal", took);
        return rate;
      }
    }

    private Duration toKafka(StreamSource source) throws Exception {
      long startMs = System.currentTimeMillis();
      source.resume();
      source.awaitCapture(context.screen(), records);
      source.running().finish();
      long endMs = 0;
      for (int i = 0; i < WORKLOAD.tables().size(); i++) {
        BenchTable table = WORKLOAD.tables().get(i);
        String topic = source.topics().get(i);
        ChangeFold fold = new ChangeFold(table.fingerprint()).with(initialRows.get(table));
        try (TopicDrain events =
            new TopicDrain(stack.kafka().bootstrapServers(), topic, fold::accept)) {
          events.read();
          fold.requireEqual(topic, expected.get(table));
          endMs = Math.max(endMs, events.lastAppendMs());
        }
      }
      return Duration.ofMillis(endMs - startMs);
    }

    private Duration toOceanBase(StreamSource source, String name, String run) throws Exception {
      BenchDestination.empty(stack, WORKLOAD.database());
      String kind = name.substring(0, name.length() - END_TO_END.length());
      Contender sink =
          new SinkKinds(stack, context.root()).contender(kind, WORKLOAD, source.topics());
      try (Connection mysql = stack.mysql().connect();
          Connection destination = stack.oceanbase().connect()) {
        WorkloadDatabase.create(destination, WORKLOAD, context.rows());
        sink.prepare(destination);
        ChangesArrival arrival = ChangesArrival.of(mysql, destination, WORKLOAD, records);
        try (RunningCopy written = sink.start(run)) {
          RunningCopy chain = new CopyChain(List.of(source.running(), written));
          long startNanos = System.nanoTime();
          source.resume();
          Duration took = Duration.ofNanos(arrival.await(chain) - startNanos);
          chain.finish();
          TableProof.refuseDifferent(
              stack, name, WORKLOAD.tables().stream().map(BenchTable::id).toList());
          return took;
        }
      }
    }

    @Override
    public void close() {
      new ArrayList<>(waiting.values()).forEach(StreamSource::close);
      waiting.clear();
    }
  }
}
