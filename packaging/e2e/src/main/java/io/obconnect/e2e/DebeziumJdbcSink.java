package io.obconnect.e2e;

import io.obconnect.stack.OceanBaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Debezium JDBC sink as fast as we could make it: batches that MySQL Connector/J rewrites into
 * multi-row statements, the reduction buffer, no look at the table's definition, large fetches.
 *
 * <p>Its converter, and that of its source, is Kafka's JsonConverter with schemas. The sink needs a
 * schema in every record, and of the converters of others that carry one this is the only one that
 * works without a schema registry, which this project does not run; without schemas the sink
 * refuses every record.
 */
final class DebeziumJdbcSink {
  /** The archive's name in the folder of benchmark plugins. */
  private static final String PLUGIN = "debezium-connector-jdbc";

  /** Must be off where a table has further unique keys: it loses the order of the changes. */
  static final String REDUCTION_BUFFER = "use.reduction.buffer";

  private static final String PLUGIN_FOLDER = "packaging/kafka-dist/target/bench-plugins";
  private static final String BATCH_ROWS = "5000";
  private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

  /** The options of a connector, source or sink, that stand for its converters. */
  static final Map<String, String> CONVERTERS =
      Map.of(
          "key.converter",
          JSON_CONVERTER,
          "key.converter.schemas.enable",
          "true",
          "value.converter",
          JSON_CONVERTER,
          "value.converter.schemas.enable",
          "true");

  private DebeziumJdbcSink() {}

  /**
   * The folder with the plugin.
   *
   * @throws IllegalStateException when it has not been built; says how to
   */
  static Path pluginFolder(Path root) {
    Path folder = root.resolve(PLUGIN_FOLDER);
    if (!Files.isDirectory(folder.resolve(PLUGIN))) {
      throw new IllegalStateException(
          "the Debezium JDBC sink is not in "
              + folder
              + ": run mvn -B -DskipTests package -Pbench, as bin/bench does");
    }
    return folder;
  }

  /** A connector that writes the changes in topics into existing tables of a database. */
  static ConnectorTemplate template(
      OceanBaseServer destination, String database, List<String> topics) {
    Map<String, String> options = new HashMap<>();
    options.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    options.put("tasks.max", "1");
    options.put("topics", String.join(",", topics));
    options.putAll(connection(destination, database));
    options.putAll(writes());
    options.putAll(input());
    options.putAll(CONVERTERS);
    return ConnectorTemplate.of("debezium-jdbc-sink", options);
  }

  private static Map<String, String> connection(OceanBaseServer destination, String database) {
    String url =
        "jdbc:mysql://%s:%d/%s?rewriteBatchedStatements=true&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
            .formatted(destination.host(), destination.port(), database);
    return Map.of(
        "connection.url", url,
        "connection.username", destination.user(),
        "connection.password", destination.password());
  }

  private static Map<String, String> writes() {
    return Map.of(
        "insert.mode",
        "upsert",
        "primary.key.mode",
        "record_key",
        "schema.evolution",
        "none",
        // The default name would hold the topic's prefix and the database.
        "collection.name.format",
        "${source.table}",
        "delete.enabled",
        "true",
        "batch.size",
        BATCH_ROWS,
        REDUCTION_BUFFER,
        "true");
  }

  private static Map<String, String> input() {
    return Map.of(
        // The default one parses every header of every record.
        "header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
        "consumer.override.metadata.max.age.ms", "2000",
        "consumer.override.max.poll.records", BATCH_ROWS,
        "consumer.override.fetch.max.bytes", "52428800",
        "consumer.override.max.partition.fetch.bytes", "10485760");
  }
}
