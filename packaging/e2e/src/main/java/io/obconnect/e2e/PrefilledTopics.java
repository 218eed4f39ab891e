package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The changes of a workload in Kafka, one topic of one partition for each table: made by the stock
 * Debezium source from real changes in MySQL, whose tables are left as what every destination must
 * become.
 */
final class PrefilledTopics implements AutoCloseable {
  private static final int RADIX = 36;
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CAPTURE_TIMEOUT = Duration.ofMinutes(5);
  private static final long SLOWEST_CHANGES_PER_SECOND = 500;

  private final LocalStack stack;
  private final String prefix;
  private final List<String> topics;
  private final long records;

  private PrefilledTopics(LocalStack stack, String prefix, List<String> topics, long records) {
    this.stack = Objects.requireNonNull(stack, "stack");
    this.prefix = Objects.requireNonNull(prefix, "prefix");
    this.topics = List.copyOf(topics);
    this.records = records;
  }

  /** Fills topics with as many changes as the benchmark has rows, and the last rows. */
  static PrefilledTopics fill(BenchContext context, Workload workload) throws Exception {
    LocalStack stack = context.stack();
    String prefix = workload.database() + "_" + Long.toString(System.currentTimeMillis(), RADIX);
    List<String> topics =
        workload.tables().stream().map(table -> prefix + "." + table.id()).toList();
    ConnectorTemplate connector =
        new StackConnectors(stack, context.root())
            .source(ConnectorPair.DEBEZIUM, prefix, workload.database())
            .with(Map.of("snapshot.mode", "no_data"));
    long[] records = {0};
    context
        .screen()
        .step(
            workload.name() + ": topics",
            () -> {
              records[0] = capture(context, workload, connector, topics);
              return Screen.number(records[0]) + " records in " + topics.size();
            });
    return new PrefilledTopics(stack, prefix, topics, records[0]);
  }

  private static long capture(
      BenchContext context, Workload workload, ConnectorTemplate connector, List<String> topics)
      throws Exception {
    LocalStack stack = context.stack();
    try (Connection source = stack.mysql().connect();
        TopicAdmin admin = new TopicAdmin(stack.kafka().bootstrapServers())) {
      WorkloadDatabase.create(source, workload, context.rows());
      admin.create(topics);
      try (PostedConnectors posted =
          PostedConnectors.post(stack, List.of(connector), cleaner -> {})) {
        awaitPosition(stack, posted, connector.name());
        long records = WorkloadDatabase.change(source, workload, context.rows());
        awaitCapture(context, posted, topics, records);
        return records;
      }
    }
  }

  /** What is changed from now on is captured: the snapshot, which reads no rows, is over. */
  private static void awaitPosition(LocalStack stack, PostedConnectors posted, String connector)
      throws Exception {
    posted.awaitRunning();
    Deadline.await(
        "the source's position in the binary log",
        START_TIMEOUT,
        () -> {
          posted.check();
          JsonNode offsets =
              stack.connect().rest().get("/connectors/" + connector + "/offsets").path("offsets");
          return !offsets.isEmpty() && !offsets.path(0).path("offset").has("snapshot");
        });
  }

  private static void awaitCapture(
      BenchContext context, PostedConnectors posted, List<String> topics, long records)
      throws Exception {
    try (CaptureWatch watch =
        new CaptureWatch(context.stack().kafka().bootstrapServers(), topics)) {
      Deadline.await(
          "the capture of " + records + " records",
          CAPTURE_TIMEOUT.plusSeconds(records / SLOWEST_CHANGES_PER_SECOND),
          () -> {
            posted.check();
            long captured = watch.records();
            context
                .screen()
                .progress(
                    "Topics",
                    (double) captured / records,
                    "about " + Screen.number(captured) + " records");
            return watch.isComplete();
          });
    }
  }

  /**
   * The beginning of all topics' names. No other fill has it, so whatever is named after it finds
   * nothing that an earlier one has left in Kafka or Connect, which keeps the offsets of deleted
   * connectors.
   */
  String prefix() {
    return prefix;
  }

  /** The topics, in the order of the workload's tables. */
  List<String> topics() {
    return topics;
  }

  /** Over all topics. */
  long records() {
    return records;
  }

  @Override
  public void close() {
    try (KafkaCleaner cleaner = new KafkaCleaner(stack.kafka().bootstrapServers())) {
      cleaner.removeTopics(prefix, StackConnectors.historyTopic(prefix));
    }
  }
}
