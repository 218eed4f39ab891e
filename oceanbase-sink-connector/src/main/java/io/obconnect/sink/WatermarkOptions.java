package io.obconnect.sink;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: how far the destination has come. */
final class WatermarkOptions {
  static final String WATERMARK_IDLE_MS = "watermark.idle.ms";

  private static final String GROUP = "Watermarks";

  private WatermarkOptions() {}

  static void define(ConfigDef definition) {
    definition.define(
        WATERMARK_IDLE_MS,
        ConfigDef.Type.LONG,
        10_000L,
        Range.between(0L, 3_600_000L),
        Importance.LOW,
        "Time in milliseconds that nothing may come from a partition before it counts as applied up to where the"
            + " source was when that time began, as records of other partitions and heartbeats show. An estimate:"
            + " Kafka delivers partitions independently, so make it longer than consumer.override.metadata.max.age.ms"
            + " and than a change may be on its way. 0: never; the low watermark then stays at the last change of the"
            + " partition that has been idle for longest.",
        GROUP,
        1,
        Width.SHORT,
        "Idle time");
  }
}
