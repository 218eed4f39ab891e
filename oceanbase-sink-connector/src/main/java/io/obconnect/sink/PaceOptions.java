package io.obconnect.sink;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: how fast the sink may be. */
final class PaceOptions {
  static final String THROTTLE_ROWS = "throttle.rows.per.second";
  static final String THROTTLE_BYTES = "throttle.bytes.per.second";
  static final String MEMSTORE_GUARD_PERCENT = "memstore.guard.percent";

  private static final String GROUP = "Pace";

  private PaceOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            THROTTLE_ROWS,
            ConfigDef.Type.LONG,
            0L,
            Range.between(0L, 1_000_000_000L),
            Importance.MEDIUM,
            "Changes that a task takes in a second, on average: what the consumer returns at once (max.poll.records) is"
                + " taken as a whole, and the task pauses the longer. 0: no limit. To change it on a running connector"
                + " loses nothing.",
            GROUP,
            1,
            Width.SHORT,
            "Changes a second")
        .define(
            THROTTLE_BYTES,
            ConfigDef.Type.LONG,
            0L,
            Range.between(0L, 1_000_000_000_000L),
            Importance.MEDIUM,
            "The same in bytes of their values, estimated. 0: no limit.",
            GROUP,
            2,
            Width.SHORT,
            "Bytes a second")
        .define(
            MEMSTORE_GUARD_PERCENT,
            ConfigDef.Type.INT,
            90,
            Range.between(0, 100),
            Importance.MEDIUM,
            "Share in percent of OceanBase's memstore limit above which a task pauses until it falls, looked up in"
                + " GV$OB_MEMSTORE every few seconds; where the destination does not show that view (seekdb, MySQL, a"
                + " user without the right), nothing is guarded, and the log says so. 0: never pause.",
            GROUP,
            3,
            Width.SHORT,
            "Memory guard");
  }
}
