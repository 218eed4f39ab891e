package io.obconnect.sink;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what becomes of schema changes. */
final class SchemaChangeOptions {
  static final String SCHEMA_HOLD_BACK = "schema.hold.back";
  static final String DDL_NARROWING_WAIT_MS = "ddl.narrowing.wait.ms";
  static final String DDL_NARROWING_ACROSS_TASKS = "ddl.narrowing.across.tasks";

  static final String MARKERS_WAIT_TIMEOUT_MS = "markers.wait.timeout.ms";

  private static final String GROUP = "Schema changes";

  private SchemaChangeOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            SCHEMA_HOLD_BACK,
            ConfigDef.Type.LIST,
            List.of(),
            TableParts.validator(),
            Importance.LOW,
            "Parts of new tables that are left for later: "
                + String.join(", ", TableParts.optionValues())
                + ". The statements that add them are kept in the ledger, see docs/ddl.md.",
            GROUP,
            1,
            Width.MEDIUM,
            "Held back")
        .define(
            DDL_NARROWING_WAIT_MS,
            ConfigDef.Type.LONG,
            5_000L,
            Range.between(100L, 3_600_000L),
            Importance.MEDIUM,
            "Time in milliseconds without any change of a table after which a schema change that takes something away"
                + " from it is carried out; at once when a change behind it has come.",
            GROUP,
            2,
            Width.SHORT,
            "Wait for rows")
        .define(
            DDL_NARROWING_ACROSS_TASKS,
            ConfigDef.Type.STRING,
            "refuse",
            ValidString.in("refuse", "apply"),
            Importance.MEDIUM,
            "With tasks.max above 1, a schema change that takes something away from a table: refuse, see"
                + " table.error.policy; apply it without regard for changes that other tasks hold.",
            GROUP,
            3,
            Width.SHORT,
            "Several tasks")
        .define(
            MARKERS_WAIT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            3_600_000L,
            Range.between(1_000L, 86_400_000L),
            Importance.LOW,
            "Time in milliseconds that partitions of a table may wait at a marker of this project's source, before a"
                + " truncation, until all of them have come to it; then the task fails with which ones are missing.",
            GROUP,
            4,
            Width.SHORT,
            "Wait at markers");
    DdlOptions.define(definition, GROUP, 5);
  }
}
