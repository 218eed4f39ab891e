package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** A source and a sink, posted one after the other. */
final class ConnectorContender implements Contender {
  /** How a kind of connector is configured for one run. */
  @FunctionalInterface
  interface Configuration {
    ConnectorTemplate forTopics(String topicPrefix);
  }

  /** What a kind of sink wants to find in the destination. */
  @FunctionalInterface
  interface Preparation {
    void run(Connection destination) throws Exception;
  }

  private final String name;
  private final LocalStack stack;
  private final Configuration source;
  private final Configuration sink;
  private final Preparation preparation;

  private ConnectorContender(
      String name,
      LocalStack stack,
      Configuration source,
      Configuration sink,
      Preparation preparation) {
    this.name = name;
    this.stack = stack;
    this.source = source;
    this.sink = sink;
    this.preparation = preparation;
  }

  /** This project's source and sink, with blocks; the sink creates the table itself. */
  static ConnectorContender ours(String name, LocalStack stack, Path root) {
    return withOurSink(name, stack, root, ConnectorPair.OURS);
  }

  /** The stock Debezium source and this project's sink, which creates the table itself. */
  static ConnectorContender sinkOnly(String name, LocalStack stack, Path root) {
    return withOurSink(name, stack, root, ConnectorPair.DEBEZIUM);
  }

  private static ConnectorContender withOurSink(
      String name, LocalStack stack, Path root, ConnectorPair pair) {
    StackConnectors connectors = new StackConnectors(stack, root);
    return new ConnectorContender(
        name,
        stack,
        prefix -> connectors.source(pair, prefix, OrdersTable.ID.database()),
        prefix -> connectors.sink(pair).with(Map.of("topics.regex", prefix + "(\\..*)?")),
        destination -> {});
  }

  /** The Debezium JDBC sink, tuned, with the table created beforehand, and Kafka's converter. */
  static ConnectorContender debezium(String name, LocalStack stack, Path root) {
    StackConnectors connectors = new StackConnectors(stack, root);
    return new ConnectorContender(
        name,
        stack,
        prefix ->
            connectors
                .source(ConnectorPair.DEBEZIUM, prefix, OrdersTable.ID.database())
                .with(DebeziumJdbcSink.CONVERTERS),
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
    ConnectorTemplate target = sink.forTopics(run).named(run + "-sink");
    return PostedConnectors.post(
        stack,
        List.of(source.forTopics(run), target),
        cleaner ->
            cleaner.removeTopics(
                run, StackConnectors.historyTopic(run), StackConnectors.planTopic(run)));
  }
}
