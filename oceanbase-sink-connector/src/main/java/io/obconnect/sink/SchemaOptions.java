package io.obconnect.sink;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: where definitions of tables come from, and what becomes of them. */
final class SchemaOptions {
  static final String SCHEMA_FROM_DATA = "schema.from.data";
  static final String SCHEMA_WAIT_TIMEOUT_MS = "schema.wait.timeout.ms";
  static final String TABLE_ERROR_POLICY = "table.error.policy";
  static final String LEDGER_DATABASE = "ledger.database";
  static final String DRY_RUN = "dry.run";
  static final String EXISTING_TABLE = "existing.table";
  static final String SCHEMA_INDEXES = "schema.indexes";
  static final String SCHEMA_CHARSET_MAP = "schema.charset.map";
  static final String SCHEMA_COLLATION_MAP = "schema.collation.map";

  static final String COPY_BLOCKS = "copy.blocks";

  /** Value of {@link #SCHEMA_INDEXES}. */
  static final String AFTER_COPY = "after-copy";

  private static final String GROUP = "Schema";

  private SchemaOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            SCHEMA_WAIT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            300_000L,
            Range.between(1_000L, 86_400_000L),
            Importance.MEDIUM,
            "Time in milliseconds that changes of a table wait in Kafka for its definition, from the schema change topic"
                + " or created by hand. After that see schema.from.data.",
            GROUP,
            1,
            Width.SHORT,
            "Wait for a definition")
        .define(
            SCHEMA_FROM_DATA,
            ConfigDef.Type.STRING,
            OptionValues.of(DefinitionSource.AFTER_WAIT),
            OptionValues.validator(DefinitionSource.class),
            Importance.HIGH,
            "Whether tables and columns that the destination lacks are made from the schemas of their records, which"
                + " know less than the source's own definitions: never; after-wait, when schema.wait.timeout.ms has"
                + " passed; at-once, for sources without a schema change topic.",
            GROUP,
            2,
            Width.SHORT,
            "Definitions from records")
        .define(
            TABLE_ERROR_POLICY,
            ConfigDef.Type.STRING,
            OptionValues.of(TableErrorPolicy.PAUSE),
            OptionValues.validator(TableErrorPolicy.class),
            Importance.MEDIUM,
            "When a table cannot be used (its definition cannot be converted, its name collides with another one's, it"
                + " has no primary key): pause keeps its changes in Kafka and goes on with all other tables; fail fails"
                + " the task.",
            GROUP,
            3,
            Width.SHORT,
            "Unusable tables")
        .define(
            LEDGER_DATABASE,
            ConfigDef.Type.STRING,
            "obconnect",
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "Database in the destination for the sink's own tables: what became of every schema change. Created when"
                + " missing.",
            GROUP,
            4,
            Width.MEDIUM,
            "Ledger database")
        .define(
            EXISTING_TABLE,
            ConfigDef.Type.STRING,
            OptionValues.of(ExistingTablePolicy.USE_IF_COMPATIBLE),
            OptionValues.validator(ExistingTablePolicy.class),
            Importance.MEDIUM,
            "When a table that is to be created exists in the destination: use-if-compatible, or else see"
                + " table.error.policy: a missing or narrower column, another key; fail, unless this connector has used"
                + " it; recreate: it is DROPPED with its rows and created anew, unless a connector has used it.",
            GROUP,
            5,
            Width.SHORT,
            "Existing tables")
        .define(
            SCHEMA_INDEXES,
            ConfigDef.Type.STRING,
            "with-table",
            ValidString.in("with-table", AFTER_COPY),
            Importance.MEDIUM,
            "When a table that is copied gets its indexes, but for unique ones: with-table; after-copy, when its last"
                + " row has come or its first later change, which makes the copy faster. Leave it set until then.",
            GROUP,
            6,
            Width.SHORT,
            "Indexes")
        .define(
            SCHEMA_CHARSET_MAP,
            ConfigDef.Type.LIST,
            List.of(),
            OptionValues.parsedList(TextMap.FORM, TextMap::parse),
            Importance.LOW,
            "Character sets of the source and what new tables and columns get instead: latin1:utf8mb4. Others are kept,"
                + " or replaced by the nearest one that the destination has.",
            GROUP,
            7,
            Width.MEDIUM,
            "Character sets")
        .define(
            SCHEMA_COLLATION_MAP,
            ConfigDef.Type.LIST,
            List.of(),
            OptionValues.parsedList(TextMap.FORM, TextMap::parse),
            Importance.LOW,
            "The same for collations: utf8mb4_0900_ai_ci:utf8mb4_general_ci. Also for keys: where the new collation"
                + " takes more values for equal, rows of the source become one.",
            GROUP,
            8,
            Width.MEDIUM,
            "Collations")
        .define(
            DRY_RUN,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "true: nothing is written to the destination and no offset is committed; a report in the worker's log says"
                + " what would become of each table and each schema change, and again when that changes.",
            GROUP,
            9,
            Width.SHORT,
            "Dry run")
        .define(
            COPY_BLOCKS,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.HIGH,
            "true: the source copies tables in blocks (copy.encoding=blocks of this project's sources), whose topic this"
                + " connector reads, too. The changes of a table then wait until its definition has said whether it is"
                + " copied, and until the copy is applied.",
            GROUP,
            10,
            Width.SHORT,
            "Blocks");
  }
}
