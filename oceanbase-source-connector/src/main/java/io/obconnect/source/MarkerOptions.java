package io.obconnect.source;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what the source tells the sink between the changes. */
final class MarkerOptions {
  static final String INTERVAL = "markers.interval.ms";

  private static final String GROUP = "Markers";
  private static final long DEFAULT_INTERVAL_MS = 1_000;

  private MarkerOptions() {}

  static void define(ConfigDef definition) {
    definition.define(
        INTERVAL,
        ConfigDef.Type.LONG,
        DEFAULT_INTERVAL_MS,
        Range.between(0L, 3_600_000L),
        Importance.MEDIUM,
        "How often, in milliseconds, every partition of the connector's topics gets a marker: a record without key and"
            + " value whose header says how far the log has been read. By them the sink of this project knows what is"
            + " applied where no changes come. Needs `"
            + PlanTopic.BOOTSTRAP_SERVERS
            + "`. 0: no markers, for topics that only others read.",
        GROUP,
        1,
        Width.SHORT,
        "Interval");
  }

  /**
   * How often markers are sent; empty where none are.
   *
   * @param values as the definition has parsed them
   * @param options as they were given
   */
  static Optional<Duration> interval(Map<String, ?> values, Map<String, String> options) {
    return Optional.of(Duration.ofMillis((Long) values.get(INTERVAL)))
        .filter(interval -> !interval.isZero())
        .filter(interval -> options.containsKey(PlanTopic.BOOTSTRAP_SERVERS));
  }
}
