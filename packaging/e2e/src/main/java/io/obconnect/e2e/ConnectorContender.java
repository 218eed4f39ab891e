package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/**
 * The stock Debezium MySQL source and a sink, posted one after the other. Only the sinks of two
 * such contenders differ.
 */
final class ConnectorContender implements Contender {
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
  private final StackConnectors connectors;
  private final Sink sink;
  private final Preparation preparation;
  private final Map<String, String> sourceOptions;

  private ConnectorContender(
      String name,
      LocalStack stack,
      StackConnectors connectors,
      Map<String, String> sourceOptions,
      Sink sink,
      Preparation preparation) {
    this.name = name;
    this.stack = stack;
    this.connectors = connectors;
    this.sourceOptions = Map.copyOf(sourceOptions);
    this.sink = sink;
    this.preparation = preparation;
  }

  /** This project's sink, which creates the table itself. */
  static ConnectorContender ours(String name, LocalStack stack, Path root) {
    StackConnectors connectors = new StackConnectors(stack, root);
    return new ConnectorContender(
        name,
        stack,
        connectors,
        Map.of(),
        prefix -> connectors.sink().with(Map.of("topics.regex", prefix + "(\\..*)?")),
        destination -> {});
  }

  /** The Debezium JDBC sink, tuned, with the table created beforehand, and Kafka's converter. */
  static ConnectorContender debezium(String name, LocalStack stack, Path root) {
    return new ConnectorContender(
        name,
        stack,
        new StackConnectors(stack, root),
        DebeziumJdbcSink.CONVERTERS,
        prefix ->
            DebeziumJdbcSink.template(
                stack.oceanbase(),
                OrdersTable.ID.database(),
                List.of(prefix + "." + OrdersTable.ID)),
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
    ConnectorTemplate source =
        connectors.source(run, OrdersTable.ID.database()).with(sourceOptions);
    ConnectorTemplate target = sink.forTopics(run).named(run + "-sink");
    return PostedConnectors.post(
        stack,
        List.of(source, target),
        cleaner -> cleaner.removeTopics(run, StackConnectors.historyTopic(run)));
  }
}
