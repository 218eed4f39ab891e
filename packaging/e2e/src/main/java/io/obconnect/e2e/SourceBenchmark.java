package io.obconnect.e2e;

import io.obconnect.model.CopyBlock;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.HostPort;
import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A full copy of one table from MySQL into Kafka alone. The clock runs from the POST of the
 * connector until the broker has appended the last row, by the broker's own time; then the topic is
 * read, and has to hold every row.
 */
final class SourceBenchmark implements Benchmark {
  static final String OURS_BLOCKS = "ours-blocks";
  static final String OURS_ROWS = "ours-rows";
  private static final String DEBEZIUM = SinkKinds.DEBEZIUM;
  private static final String ONE_TASK = "1-task";
  private static final String FOUR_TASKS = "4-tasks";
  private static final String ONE_WORKER = "1-worker";
  private static final String TWO_WORKERS = "2-workers";

  private static final int TASKS = 4;

  /** Added to every round trip to the database. */
  private static final Duration LATENCY = Duration.ofMillis(5);

  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
  private static final long SLOWEST_ROWS_PER_SECOND = 500;

  private static final List<BenchRatio> RATIOS =
      List.of(
          BenchRatio.of(OURS_BLOCKS, DEBEZIUM),
          BenchRatio.of(OURS_ROWS, DEBEZIUM),
          BenchRatio.of(FOUR_TASKS, ONE_TASK),
          BenchRatio.of(TWO_WORKERS, ONE_WORKER));

  /** What is different from contender to contender. */
  private record Way(Kind kind, int copyTasks, Duration latency, int workers) {
    static Way of(Kind kind) {
      return new Way(kind, 1, Duration.ZERO, 1);
    }
  }

  private enum Kind {
    BLOCKS,
    ROWS,
    DEBEZIUM
  }

  private static final Map<String, Way> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put(OURS_BLOCKS, Way.of(Kind.BLOCKS));
    WAYS.put(OURS_ROWS, Way.of(Kind.ROWS));
    WAYS.put(DEBEZIUM, Way.of(Kind.DEBEZIUM));
    WAYS.put(ONE_TASK, new Way(Kind.BLOCKS, 1, LATENCY, 1));
    WAYS.put(FOUR_TASKS, new Way(Kind.BLOCKS, TASKS, LATENCY, 1));
    WAYS.put(ONE_WORKER, new Way(Kind.BLOCKS, TASKS, Duration.ZERO, 1));
    WAYS.put(TWO_WORKERS, new Way(Kind.BLOCKS, TASKS, Duration.ZERO, 2));
  }

  @Override
  public String name() {
    return "source";
  }

  @Override
  public String summary() {
    return "one table, MySQL to Kafka";
  }

  @Override
  public long defaultRows() {
    return 1_000_000;
  }

  @Override
  public List<String> contenders() {
    return List.copyOf(WAYS.keySet());
  }

  @Override
  public List<String> required() {
    return List.of();
  }

  @Override
  public BenchReport run(BenchContext context) throws Exception {
    OrdersTable.prepareSource(context);
    context
        .screen()
        .step(
            "Kafka, Connect",
            () -> {
              new StackConnectors(context.stack(), context.root())
                  .requirePlugins(ConnectorPair.OURS);
              return context.stack().connect().uri().toString();
            });
    try (SecondWorker second = new SecondWorker(context.stack())) {
      PairedRates rates =
          PairedRuns.measure(
              context.contenders(),
              context.pairs(),
              (name, pair) -> {
                second.setRunning(WAYS.get(name).workers() > 1);
                return measure(context, name, pair);
              });
      return BenchReport.of(name(), context.rows(), rates, RATIOS, List.of());
    }
  }

  private static long measure(BenchContext context, String name, int pair) throws Exception {
    Way way = WAYS.get(name);
    String step = "Pair " + pair + ", " + name;
    context.screen().begin(step);
    try (FaultProxy proxy =
        FaultProxy.before(context.stack().mysql()).delayAnswers(way.latency())) {
      Duration took = copy(context, way, prefix(name, pair), step, proxy.address());
      long rowsPerSecond = Math.max(1, Math.round(context.rows() / (took.toNanos() / 1e9)));
      context.screen().done(step, Screen.number(rowsPerSecond) + " rows/s, complete", took);
      return rowsPerSecond;
    }
  }

  private static String prefix(String name, int pair) {
    return "bench_" + pair + "_" + name.replace('-', '_');
  }

  private static Duration copy(
      BenchContext context, Way way, String prefix, String step, HostPort proxy) throws Exception {
    LocalStack stack = context.stack();
    String topic = way.kind() == Kind.BLOCKS ? prefix + ".copy" : prefix + "." + OrdersTable.ID;
    ConnectorTemplate connector = connector(context, way, prefix, proxy);
    try (TopicAdmin topics = new TopicAdmin(stack.kafka().bootstrapServers())) {
      topics.createDatedByBroker(List.of(topic));
    }
    long startMs = System.currentTimeMillis();
    try (PostedConnectors posted =
        PostedConnectors.post(
            stack,
            List.of(connector),
            cleaner ->
                cleaner.removeTopics(
                    prefix,
                    StackConnectors.historyTopic(prefix),
                    StackConnectors.planTopic(prefix)))) {
      long endMs =
          way.kind() == Kind.BLOCKS
              ? blocks(context, step, topic, posted)
              : changeEvents(context, step, topic, posted);
      posted.finish();
      return Duration.ofMillis(endMs - startMs);
    }
  }

  private static ConnectorTemplate connector(
      BenchContext context, Way way, String prefix, HostPort proxy) {
    SourceKinds sources = new SourceKinds(context.stack(), context.root());
    String database = OrdersTable.ID.database();
    ConnectorTemplate connector =
        switch (way.kind()) {
          case BLOCKS -> sources.blocks(prefix, database, way.copyTasks());
          case ROWS -> sources.rows(prefix, database);
          case DEBEZIUM -> sources.debezium(prefix, database);
        };
    return way.latency().isZero()
        ? connector
        : connector.with(
            Map.of(
                "database.hostname", proxy.host(), "database.port", String.valueOf(proxy.port())));
  }

  /** Waits for every row, and returns when the last block was appended. */
  private static long blocks(
      BenchContext context, String step, String topic, PostedConnectors posted) throws Exception {
    long[] rows = {0};
    try (TopicDrain blocks =
        new TopicDrain(
            context.stack().kafka().bootstrapServers(),
            topic,
            block -> rows[0] += CopyBlock.parse(block).rowCount())) {
      await(
          context,
          step,
          posted,
          () -> {
            blocks.read();
            return rows[0];
          },
          () -> rows[0] >= context.rows());
      if (rows[0] != context.rows()) {
        throw new WrongResultException(topic + " has " + rows[0] + " rows, not " + context.rows());
      }
      return blocks.lastAppendMs();
    }
  }

  /** Waits for every row, compares, and returns when the last one was appended. */
  private static long changeEvents(
      BenchContext context, String step, String topic, PostedConnectors posted) throws Exception {
    String servers = context.stack().kafka().bootstrapServers();
    ChangeFold fold = new ChangeFold(OrdersTable.TABLE.fingerprint());
    try (CaptureWatch watch = new CaptureWatch(servers, List.of(topic), context.rows());
        TopicDrain events = new TopicDrain(servers, topic, fold::accept);
        Connection source = context.stack().mysql().connect()) {
      await(context, step, posted, watch::records, watch::isComplete);
      events.read();
      fold.requireEqual(topic, TableFingerprint.read(source, OrdersTable.TABLE));
      return events.lastAppendMs();
    }
  }

  private static void await(
      BenchContext context,
      String step,
      PostedConnectors posted,
      Callable<Long> rows,
      Callable<Boolean> complete)
      throws Exception {
    Deadline.await(
        "the copy of " + context.rows() + " rows",
        START_TIMEOUT.plusSeconds(context.rows() / SLOWEST_ROWS_PER_SECOND),
        () -> {
          posted.check();
          long arrived = rows.call();
          context
              .screen()
              .progress(
                  step,
                  Math.min(1, (double) arrived / context.rows()),
                  "about " + Screen.number(arrived) + " rows");
          return complete.call();
        });
  }

  /** A further Connect worker, started when it is first needed. */
  private static final class SecondWorker implements AutoCloseable {
    private final LocalStack stack;
    private Optional<ConnectWorker> worker = Optional.empty();

    SecondWorker(LocalStack stack) {
      this.stack = stack;
    }

    void setRunning(boolean wanted) {
      if (worker.isEmpty()) {
        worker = wanted ? Optional.of(stack.newConnect()) : Optional.empty();
      } else if (wanted) {
        worker.get().start();
      } else {
        worker.get().stop();
      }
    }

    @Override
    public void close() {
      worker.ifPresent(ConnectWorker::close);
    }
  }
}
