package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.util.Map;

/** The source connectors that benchmarks compare, all with the producer settings of the samples. */
final class SourceKinds {
  private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

  /** What costs stock Debezium least, and no sink is there that needs a schema. */
  private static final Map<String, String> CONVERTERS_WITHOUT_SCHEMAS =
      Map.of(
          "key.converter",
          JSON_CONVERTER,
          "key.converter.schemas.enable",
          "false",
          "value.converter",
          JSON_CONVERTER,
          "value.converter.schemas.enable",
          "false");

  private final StackConnectors connectors;

  SourceKinds(LocalStack stack, Path root) {
    this.connectors = new StackConnectors(stack, root);
  }

  /** This project's source, which copies in blocks; one further task streams. */
  ConnectorTemplate blocks(String topicPrefix, String database, int copyTasks) {
    return connectors
        .source(ConnectorPair.OURS, topicPrefix, database)
        .with(
            Map.of(
                "tasks.max", String.valueOf(copyTasks + 1),
                "copy.tasks", String.valueOf(copyTasks)));
  }

  /** This project's source with one record for each row, as its sample has it. */
  ConnectorTemplate rows(String topicPrefix, String database) {
    return connectors.source("mysql-source.json", topicPrefix, database);
  }

  /** The stock Debezium source with Kafka's converter, without schemas. */
  ConnectorTemplate debezium(String topicPrefix, String database) {
    return connectors
        .source(ConnectorPair.DEBEZIUM, topicPrefix, database)
        .with(CONVERTERS_WITHOUT_SCHEMAS);
  }

  /** The stock Debezium source with the converter that its JDBC sink needs. */
  ConnectorTemplate debeziumForSink(String topicPrefix, String database) {
    return connectors
        .source(ConnectorPair.DEBEZIUM, topicPrefix, database)
        .with(DebeziumJdbcSink.CONVERTERS);
  }
}
