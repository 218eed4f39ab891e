package io.obconnect.source;

import java.util.Map;
import java.util.Optional;

/**
 * What the preflight wants to know of a connector's options.
 *
 * @param options with this project's defaults
 */
record CaptureSettings(Map<String, String> options) {
  private static final int DEFAULT_REQUEST_SIZE = 1 << 20;
  private static final String REQUEST_SIZE = "producer.override.max.request.size";
  private static final String INITIAL_ONLY = "initial_only";

  CaptureSettings {
    options = Map.copyOf(options);
  }

  /** Whether the log is read at all. */
  boolean streams() {
    return !SourceDefaults.snapshotMode(options).equals(INITIAL_ONLY);
  }

  /** Whether Debezium's snapshot copies rows. */
  boolean snapshotsRows() {
    return !blocks() && !SourceDefaults.snapshotMode(options).equals(SourceDefaults.NO_DATA);
  }

  boolean blocks() {
    return CopyOptions.isBlocks(options);
  }

  /** Whether a snapshot locks tables for a moment. */
  boolean locks() {
    return !SourceDefaults.NO_LOCKS.equals(options.get(SourceDefaults.LOCKING_MODE));
  }

  boolean sendsSchemaChanges() {
    return !"false".equals(options.get(CopyOptions.SCHEMA_CHANGES));
  }

  boolean namesItsTimeZone() {
    return options.containsKey("database.connectionTimeZone")
        || options.containsKey("driver.connectionTimeZone");
  }

  String user() {
    return options.getOrDefault("database.user", "");
  }

  String address() {
    return options.get(SourceDefaults.HOSTNAME)
        + ":"
        + options.getOrDefault(SourceDefaults.PORT, "3306");
  }

  Optional<String> bootstrapServers() {
    return Optional.ofNullable(options.get(PlanTopic.BOOTSTRAP_SERVERS));
  }

  Optional<String> historyTopic() {
    return Optional.ofNullable(options.get("schema.history.internal.kafka.topic"));
  }

  CopyOptions copy() {
    return CopyOptions.of(MySqlSourceConnector.ownDefinition().parse(options), options);
  }

  /** The limit of the producer's records, where the connector sets one. */
  Optional<Long> ownRequestSize() {
    return Optional.ofNullable(options.get(REQUEST_SIZE))
        .map(String::strip)
        // What is no number Kafka refuses by itself.
        .filter(size -> size.matches("\\d{1,10}"))
        .map(Long::valueOf);
  }

  /** The limit of the producer's records, if the worker does not set another one. */
  long requestSize() {
    return ownRequestSize().orElse((long) DEFAULT_REQUEST_SIZE);
  }
}
