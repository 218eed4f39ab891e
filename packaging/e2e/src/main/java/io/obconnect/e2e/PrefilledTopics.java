package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;

/**
 * The changes of a workload in Kafka, one topic of one partition for each table: made by the stock
 * Debezium source from real changes in MySQL, whose tables are left as what every destination must
 * become.
 */
final class PrefilledTopics implements AutoCloseable {
  private static final int RADIX = 36;

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
    List<String> topics = StreamSource.topics(prefix, workload);
    ConnectorTemplate connector =
        new StackConnectors(stack, context.root())
            .source(ConnectorPair.DEBEZIUM, prefix, workload.database());
    long[] records = {0};
    context
        .screen()
        .step(
            workload.name() + ": topics",
            () -> {
              records[0] = capture(context, workload, connector, prefix);
              return Screen.number(records[0]) + " records in " + topics.size();
            });
    return new PrefilledTopics(stack, prefix, topics, records[0]);
  }

  private static long capture(
      BenchContext context, Workload workload, ConnectorTemplate connector, String prefix)
      throws Exception {
    LocalStack stack = context.stack();
    try (Connection source = stack.mysql().connect()) {
      WorkloadDatabase.create(source, workload, context.rows());
      try (StreamSource captured =
          StreamSource.create(stack, connector, prefix, workload, cleaner -> {})) {
        long records = WorkloadDatabase.change(source, workload, context.rows());
        captured.awaitCapture(context.screen(), records);
        return records;
      }
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
