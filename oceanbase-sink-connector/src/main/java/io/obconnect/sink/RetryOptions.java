package io.obconnect.sink;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what is tried again, and for how long. */
final class RetryOptions {
  static final String RETRY_TIMEOUT_MS = "retry.timeout.ms";
  static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
  static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";

  private static final String GROUP = "Retries";

  private RetryOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            RETRY_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            600_000L,
            Range.between(0L, 86_400_000L),
            Importance.MEDIUM,
            "Time in milliseconds that failures which pass by themselves (lost connections, lock conflicts, leader"
                + " switches, full memory) are retried before the task fails.",
            GROUP,
            1,
            Width.SHORT,
            "Retry time-out")
        .define(
            RETRY_BACKOFF_MS,
            ConfigDef.Type.LONG,
            100L,
            Range.between(1L, 600_000L),
            Importance.LOW,
            "Pause in milliseconds before the second attempt; doubles from attempt to attempt.",
            GROUP,
            2,
            Width.SHORT,
            "First pause")
        .define(
            RETRY_BACKOFF_MAX_MS,
            ConfigDef.Type.LONG,
            10_000L,
            Range.between(1L, 600_000L),
            Importance.LOW,
            "Largest pause in milliseconds between two attempts.",
            GROUP,
            3,
            Width.SHORT,
            "Largest pause");
  }
}
