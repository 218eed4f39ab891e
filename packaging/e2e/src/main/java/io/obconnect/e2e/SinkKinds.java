package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sink connectors that benchmarks compare. */
final class SinkKinds {
  static final String OURS = "ours";
  static final String DEBEZIUM = "debezium";

  /** Debezium's sink with this project's converter. */
  static final String DEBEZIUM_CACHED = "debezium-cached";

  private static final String CACHED_CONVERTER = "io.obconnect.formats.CachedJsonConverter";

  private final LocalStack stack;
  private final StackConnectors connectors;

  SinkKinds(LocalStack stack, Path root) {
    this.stack = Objects.requireNonNull(stack, "stack");
    this.connectors = new StackConnectors(stack, root);
  }

  /** Whether the worker has this project's converter. */
  boolean hasCachedConverter() {
    for (var plugin : stack.connect().rest().plugins()) {
      if (plugin.path("class").asText().equals(CACHED_CONVERTER)) {
        return true;
      }
    }
    return false;
  }

  /** A sink of a kind that brings a workload's topics into the tables, which exist. */
  SinkContender contender(String kind, Workload workload, List<String> topics) {
    ConnectorTemplate sink =
        switch (kind) {
          case OURS -> ours(topics);
          case DEBEZIUM -> debezium(workload, topics);
          case DEBEZIUM_CACHED -> debezium(workload, topics).with(cachedConverters());
          default -> throw new IllegalArgumentException("no sink " + kind);
        };
    return new SinkContender(kind, stack, sink);
  }

  private ConnectorTemplate ours(List<String> topics) {
    return connectors
        .sink(ConnectorPair.DEBEZIUM)
        .with(
            Map.of(
                "topics.regex",
                topics.stream().map(Pattern::quote).collect(Collectors.joining("|"))));
  }

  private ConnectorTemplate debezium(Workload workload, List<String> topics) {
    boolean furtherUniqueKeys = workload.tables().stream().anyMatch(BenchTable::furtherUniqueKeys);
    return DebeziumJdbcSink.template(stack.oceanbase(), workload.database(), topics)
        .with(Map.of(DebeziumJdbcSink.REDUCTION_BUFFER, String.valueOf(!furtherUniqueKeys)));
  }

  private static Map<String, String> cachedConverters() {
    return Map.of("key.converter", CACHED_CONVERTER, "value.converter", CACHED_CONVERTER);
  }
}
