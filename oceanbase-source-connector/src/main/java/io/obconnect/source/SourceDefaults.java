package io.obconnect.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Where this source's defaults differ from Debezium's: nothing is rounded, guessed or left out
 * unless somebody asks for it.
 */
final class SourceDefaults {
  private static final Map<String, String> LOSSLESS = new LinkedHashMap<>();

  static {
    LOSSLESS.put("bigint.unsigned.handling.mode", "precise");
    LOSSLESS.put("decimal.handling.mode", "precise");
    LOSSLESS.put("time.precision.mode", "adaptive_time_microseconds");
    LOSSLESS.put("binary.handling.mode", "bytes");
    LOSSLESS.put("enable.time.adjuster", "false");
    LOSSLESS.put("event.converting.failure.handling.mode", "fail");
    LOSSLESS.put("skipped.operations", "none");
  }

  static final String SNAPSHOT_MODE = "snapshot.mode";

  private SourceDefaults() {}

  /** The options with a default where Debezium's would lose something. */
  static Map<String, String> complete(Map<String, String> options) {
    Map<String, String> complete = new HashMap<>(LOSSLESS);
    if (CopyOptions.isBlocks(options)) {
      // The snapshot is left with the definitions, and with where the stream begins.
      complete.put(SNAPSHOT_MODE, "no_data");
    }
    complete.putAll(options);
    return complete;
  }

  /** Debezium's options, with these defaults in place of its own. */
  static ConfigDef define(ConfigDef debezium) {
    ConfigDef definition = new ConfigDef();
    debezium.configKeys().values().forEach(key -> definition.define(withDefault(key)));
    return definition;
  }

  private static ConfigDef.ConfigKey withDefault(ConfigDef.ConfigKey key) {
    String value = LOSSLESS.get(key.name);
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
