package io.obconnect.source;

import io.obconnect.model.RetryPolicy;
import io.obconnect.model.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Options: what a task does while its database is away. */
final class ReconnectOptions {
  static final String BACKOFF = "reconnect.backoff.ms";
  static final String BACKOFF_MAX = "reconnect.backoff.max.ms";
  static final String TIMEOUT = "reconnect.timeout.ms";
  static final String ADDRESSES = "reconnect.addresses";

  private static final String GROUP = "Reconnect";
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private ReconnectOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            BACKOFF,
            ConfigDef.Type.LONG,
            500L,
            Range.between(10L, DAY_MS),
            Importance.LOW,
            "Milliseconds until the task connects anew when the connection is lost, the database is restarted or the"
                + " topic of the schema history cannot be reached; doubles from attempt to attempt.",
            GROUP,
            1,
            Width.SHORT,
            "First pause")
        .define(
            BACKOFF_MAX,
            ConfigDef.Type.LONG,
            30_000L,
            Range.between(10L, DAY_MS),
            Importance.LOW,
            "Longest pause between two attempts, in milliseconds.",
            GROUP,
            2,
            Width.SHORT,
            "Longest pause")
        .define(
            TIMEOUT,
            ConfigDef.Type.LONG,
            DAY_MS,
            Range.between(0L, 30 * DAY_MS),
            Importance.MEDIUM,
            "Milliseconds without success after which the task fails. What the database deletes from its log meanwhile is"
                + " lost to the stream. 0: the first failure fails the task.",
            GROUP,
            3,
            Width.SHORT,
            "Time-out")
        .define(
            ADDRESSES,
            ConfigDef.Type.LIST,
            List.of(),
            new AddressValidator(),
            Importance.MEDIUM,
            "Further addresses of the same database as host:port, separated by commas: replicas of a MySQL server, other"
                + " ODPs. When the connection is lost, the next one is used, behind the last one database.hostname"
                + " again. Needs GTIDs, and one account for all.",
            GROUP,
            4,
            Width.LONG,
            "Further addresses");
  }

  /** As the sink's addresses. */
  private static final class AddressValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, Object value) {
      try {
        ((List<?>) value).forEach(address -> ServerAddress.parse(address.toString()));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(name + ": " + e.getMessage());
      }
    }

    @Override
    public String toString() {
      return "host:port, separated by commas";
    }
  }

  /** Further addresses of the database. */
  static List<ServerAddress> addresses(Map<String, String> options) {
    return ((List<?>) definition().parse(options).get(ADDRESSES))
        .stream().map(address -> ServerAddress.parse(address.toString())).toList();
  }

  static boolean hasAddresses(Map<String, String> options) {
    return !options.getOrDefault(ADDRESSES, "").isBlank();
  }

  /** What is wrong with the options together, by the name of one. */
  static Map<String, String> findings(Map<String, String> options) {
    if (!hasAddresses(options)) {
      return Map.of();
    }
    String with = "cannot be used with ";
    if (CopyOptions.isBlocks(options)) {
      return Map.of(
          ADDRESSES,
          with
              + CopyOptions.ENCODING
              + "="
              + CopyOptions.BLOCKS
              + ": blocks of a server that is"
              + " behind would be older than the stream");
    }
    if (PositionOptions.resnapshots(options)) {
      return Map.of(
          ADDRESSES,
          with
              + PositionOptions.ON_LOST
              + "="
              + PositionOptions.RESNAPSHOT
              + ": a server that is"
              + " behind would be copied over newer rows");
    }
    if (!options.getOrDefault(LogOptions.HOSTNAME, "").isBlank()) {
      return Map.of(
          ADDRESSES, with + LogOptions.HOSTNAME + ": each address has to have the log, too");
    }
    return Map.of();
  }

  /** These options alone. */
  static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    define(definition);
    return definition;
  }

  static RetryPolicy policy(Map<String, ?> values) {
    return new RetryPolicy(
        Duration.ofMillis((Long) values.get(BACKOFF)),
        Duration.ofMillis((Long) values.get(BACKOFF_MAX)),
        Duration.ofMillis((Long) values.get(TIMEOUT)));
  }
}
