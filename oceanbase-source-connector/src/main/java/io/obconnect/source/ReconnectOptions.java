package io.obconnect.source;

import io.obconnect.model.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what a task does while its database is away. */
final class ReconnectOptions {
  static final String BACKOFF = "reconnect.backoff.ms";
  static final String BACKOFF_MAX = "reconnect.backoff.max.ms";
  static final String TIMEOUT = "reconnect.timeout.ms";

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
            "Time-out");
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
