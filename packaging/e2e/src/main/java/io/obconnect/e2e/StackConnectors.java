package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The connectors of connect-configs/ with the addresses and logins of a stack's engines. */
final class StackConnectors {
  static final String SOURCE_FILE = "mysql-source-debezium.json";
  static final String SINK_FILE = "oceanbase-sink.json";

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
  void requirePlugins() {
    stack.requirePlugin("oceanbase-sink-connector");
    stack.requirePlugin("message-formats");
  }

  /** The stock Debezium source on the stack's MySQL. */
  ConnectorTemplate source() {
    return ConnectorTemplate.read(root, SOURCE_FILE)
        .with(
            Map.of(
                "database.hostname", stack.mysql().host(),
                "database.port", String.valueOf(stack.mysql().port()),
                "database.user", stack.mysql().user(),
                "database.password", stack.mysql().password(),
                "schema.history.internal.kafka.bootstrap.servers",
                    stack.kafka().bootstrapServers()));
  }

  /** This project's sink on the stack's OceanBase. */
  ConnectorTemplate sink() {
    return ConnectorTemplate.read(root, SINK_FILE)
        .with(
            Map.of(
                "connection.addresses", stack.oceanbase().address(),
                "connection.username", stack.oceanbase().user(),
                "connection.password", stack.oceanbase().password()));
  }
}
