package io.obconnect.source;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Where a source's defaults differ from Debezium's: nothing is rounded, guessed or left out unless
 * somebody asks for it.
 *
 * @param values of those options
 */
record SourceDefaults(Map<String, String> values) {
  static final String LOCKING_MODE = "snapshot.locking.mode";
  static final String NO_LOCKS = "none";
  static final String SNAPSHOT_MODE = "snapshot.mode";

  /** Debezium's default: rows are copied, then streamed. */
  static final String INITIAL = "initial";

  /** Definitions only, then the stream. */
  static final String NO_DATA = "no_data";

  static final String HOSTNAME = "database.hostname";
  static final String PORT = "database.port";

  static final SourceDefaults MYSQL =
      new SourceDefaults(
          Map.of(
              "bigint.unsigned.handling.mode", "precise",
              "decimal.handling.mode", "precise",
              "time.precision.mode", "adaptive_time_microseconds",
              "binary.handling.mode", "bytes",
              "enable.time.adjuster", "false",
              "event.converting.failure.handling.mode", "fail",
              "skipped.operations", "none"));

  /** There are no locks, and the system's databases have definitions that no parser reads. */
  static final SourceDefaults OCEANBASE =
      MYSQL
          .with(LOCKING_MODE, NO_LOCKS)
          .with("schema.history.internal.store.only.captured.databases.ddl", "true");

  SourceDefaults {
    values = Map.copyOf(values);
  }

  private SourceDefaults with(String option, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(option, value);
    return new SourceDefaults(more);
  }

  /** The options with a default where Debezium's would lose something. */
  Map<String, String> complete(Map<String, String> options) {
    Map<String, String> complete = new HashMap<>(values);
    if (CopyOptions.isBlocks(options) || PositionOptions.hasStart(options)) {
      // The snapshot is left with the definitions, and with where the stream begins.
      complete.put(SNAPSHOT_MODE, NO_DATA);
    }
    complete.putAll(options);
    return complete;
  }

  static String snapshotMode(Map<String, String> options) {
    return options.getOrDefault(SNAPSHOT_MODE, INITIAL);
  }

  /** Debezium's options, with these defaults in place of its own. */
  ConfigDef define(ConfigDef debezium) {
    ConfigDef definition = new ConfigDef();
    debezium.configKeys().values().forEach(key -> definition.define(withDefault(key)));
    return definition;
  }

  private ConfigDef.ConfigKey withDefault(ConfigDef.ConfigKey key) {
    String value = values.get(key.name);
    return value == null
        ? key
        : new ConfigDef.ConfigKey(
            key.name,
            key.type,
            ConfigDef.parseType(key.name, value, key.type),
            key.validator,
            key.importance,
            key.documentation,
            key.group,
            key.orderInGroup,
            key.width,
            key.displayName,
            key.dependents,
            key.recommender,
            key.internalConfig);
  }
}
