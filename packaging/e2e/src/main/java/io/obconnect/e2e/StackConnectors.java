package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The connectors of connect-configs/ with the addresses and logins of a stack's engines. */
final class StackConnectors {
  private static final int FIRST_SERVER_ID = 190_000;
  private static final int SERVER_IDS = 10_000;

  private final LocalStack stack;
  private final Path root;

  StackConnectors(LocalStack stack, Path root) {
    this.stack = Objects.requireNonNull(stack, "stack");
    this.root = Objects.requireNonNull(root, "root");
  }

  /**
   * Refuses a stack without the plugins that the connectors name.
   *
   * @throws io.obconnect.stack.LocalStackException says how to build what is missing
   */
  void requirePlugins(ConnectorPair pair) {
    pair.plugins().forEach(stack::requirePlugin);
  }

  /** The pair's source, on the stack's MySQL. */
  ConnectorTemplate source(ConnectorPair pair) {
    return source(pair.sourceFile());
  }

  private ConnectorTemplate source(String file) {
    return ConnectorTemplate.read(root, file)
        .with(
            Map.of(
                "database.hostname", stack.mysql().host(),
                "database.port", String.valueOf(stack.mysql().port()),
                "database.user", stack.mysql().user(),
                "database.password", stack.mysql().password(),
                "schema.history.internal.kafka.bootstrap.servers",
                    stack.kafka().bootstrapServers()));
  }

  /**
   * The same for a benchmark, with a topic prefix that is also the stem of the connector's name.
   */
  ConnectorTemplate source(ConnectorPair pair, String topicPrefix, String database) {
    return source(pair.sourceFile(), topicPrefix, database);
  }

  /** The same of any source on the stack's MySQL that connect-configs/ has. */
  ConnectorTemplate source(String file, String topicPrefix, String database) {
    return source(file)
        .named(topicPrefix + "-source")
        .with(
            Map.of(
                "database.server.id",
                String.valueOf(FIRST_SERVER_ID + Math.floorMod(topicPrefix.hashCode(), SERVER_IDS)),
                "database.include.list",
                database,
                "topic.prefix",
                topicPrefix,
                "schema.history.internal.kafka.topic",
                historyTopic(topicPrefix)));
  }

  /** The topic with the plan of a copy in blocks. */
  static String planTopic(String topicPrefix) {
    return "copy-plan." + topicPrefix;
  }

  /** The topic with the schema history of {@link #source(ConnectorPair, String, String)}. */
  static String historyTopic(String topicPrefix) {
    return "schema-history." + topicPrefix;
  }

  /** The pair's sink, on the stack's OceanBase. */
  ConnectorTemplate sink(ConnectorPair pair) {
    return ConnectorTemplate.read(root, pair.sinkFile())
        .with(
            Map.of(
                "connection.addresses", stack.oceanbase().address(),
                "connection.username", stack.oceanbase().user(),
                "connection.password", stack.oceanbase().password()));
  }
}
