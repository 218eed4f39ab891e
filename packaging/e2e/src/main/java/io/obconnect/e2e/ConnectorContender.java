package io.obconnect.e2e;

import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stock Debezium MySQL source and a sink, posted one after the other. Of two such contenders
 * the sinks differ, and the converters.
 */
final class ConnectorContender implements Contender {
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
  private static final int FIRST_SERVER_ID = 190_000;

  /** How a kind of sink is configured for one run. */
  @FunctionalInterface
  interface Sink {
    ConnectorTemplate forTopics(String topicPrefix);
  }

  /** What a kind of sink wants to find in the destination. */
  @FunctionalInterface
  interface Preparation {
    void run(Connection destination) throws Exception;
  }

  private final String name;
  private final LocalStack stack;
  private final ConnectorTemplate source;
  private final Sink sink;
  private final Preparation preparation;
  private final AtomicInteger nextServerId = new AtomicInteger(FIRST_SERVER_ID);

  private ConnectorContender(
      String name, LocalStack stack, ConnectorTemplate source, Sink sink, Preparation preparation) {
    this.name = name;
    this.stack = stack;
    this.source = source;
    this.sink = sink;
    this.preparation = preparation;
  }

  /** This project's sink, which creates the table itself. */
  static ConnectorContender ours(String name, LocalStack stack, Path root) {
    StackConnectors connectors = new StackConnectors(stack, root);
    return new ConnectorContender(
        name,
        stack,
        connectors.source(),
        prefix -> connectors.sink().with(Map.of("topics.regex", prefix + "(\\..*)?")),
        destination -> {});
  }

  /** The Debezium JDBC sink, tuned, with the table created beforehand, and Kafka's converter. */
  static ConnectorContender debezium(String name, LocalStack stack, Path root) {
    return new ConnectorContender(
        name,
        stack,
        new StackConnectors(stack, root).source().with(DebeziumJdbcSink.CONVERTERS),
        prefix -> DebeziumJdbcSink.template(stack.oceanbase(), prefix),
        OrdersTable::create);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare(Connection destination) throws Exception {
    preparation.run(destination);
  }

  @Override
  public RunningCopy start(String run) {
    String history = "schema-history." + run;
    ConnectorTemplate origin =
        source
            .named(run + "-source")
            .with(
                Map.of(
                    "database.server.id",
                    String.valueOf(nextServerId.getAndIncrement()),
                    "database.include.list",
                    OrdersTable.ID.database(),
                    "topic.prefix",
                    run,
                    "schema.history.internal.kafka.topic",
                    history));
    ConnectorTemplate target = sink.forTopics(run).named(run + "-sink");
    Copy copy = new Copy(stack, run, history, List.of(origin.name(), target.name()));
    stack.connect().rest().postConnector(origin.document());
    stack.connect().rest().postConnector(target.document());
    return copy;
  }

  /** Two posted connectors. One thread only. */
  private static final class Copy implements RunningCopy {
    private final LocalStack stack;
    private final ConnectRest rest;
    private final String topicPrefix;
    private final String historyTopic;
    private final List<String> connectors;
    private long lastCheckNanos = System.nanoTime();

    Copy(LocalStack stack, String topicPrefix, String historyTopic, List<String> connectors) {
      this.stack = stack;
      this.rest = stack.connect().rest();
      this.topicPrefix = topicPrefix;
      this.historyTopic = historyTopic;
      this.connectors = Objects.requireNonNull(connectors, "connectors");
    }

    @Override
    public void check() {
      if (System.nanoTime() - lastCheckNanos >= CHECK_INTERVAL.toNanos()) {
        lastCheckNanos = System.nanoTime();
        FailedTasks.refuse(rest, connectors);
      }
    }

    @Override
    public void finish() {
      FailedTasks.refuse(rest, connectors);
    }

    @Override
    public void close() {
      connectors.forEach(rest::deleteConnector);
      try (KafkaCleaner cleaner = new KafkaCleaner(stack.kafka().bootstrapServers())) {
        cleaner.removeTraces(connectors, topicPrefix, historyTopic);
      }
    }
  }
}
