package io.obconnect.sink;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what the topics hold. */
final class RecordOptions {
  static final String RECORDS_FORMAT = "records.format";
  static final String DATABASE_NAME_FORMAT = "database.name.format";
  static final String FLAT_TOPIC_PATTERN = "flat.topic.pattern";
  static final String UNAVAILABLE_VALUE_PLACEHOLDER = "unavailable.value.placeholder";

  private static final String GROUP = "Records";

  private RecordOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            RECORDS_FORMAT,
            ConfigDef.Type.STRING,
            OptionValues.of(RecordFormat.DEBEZIUM),
            OptionValues.validator(RecordFormat.class),
            Importance.HIGH,
            "What the topics hold: debezium, Debezium's change envelopes; flat, rows, as Debezium's"
                + " ExtractNewRecordState leaves them. It decides what a tombstone is: nothing after an envelope's"
                + " delete, the delete itself among rows. With or without schemas.",
            GROUP,
            1,
            Width.SHORT,
            "Format of records")
        .define(
            DATABASE_NAME_FORMAT,
            ConfigDef.Type.STRING,
            "${schema}",
            OptionValues.checked(
                "a name with ${db} and ${schema}",
                value -> TableNames.checkDatabaseFormat(value.toString())),
            Importance.MEDIUM,
            "Database in the destination for tables whose source has databases and schemas (PostgreSQL, Oracle, SQL"
                + " Server): ${db} and ${schema} stand for their names there. Other sources' databases keep their name.",
            GROUP,
            2,
            Width.MEDIUM,
            "Database names")
        .define(
            FLAT_TOPIC_PATTERN,
            ConfigDef.Type.STRING,
            "(?:.*\\.)?(?<database>[^.]+)\\.(?<table>[^.]+)",
            OptionValues.checked(
                "a regular expression with the groups database and table",
                value -> TableNames.checkTopicPattern(value.toString())),
            Importance.MEDIUM,
            "Regular expression that reads database and table from the whole topic name of flat rows that do not name"
                + " them in the fields or headers __db (or __schema) and __table.",
            GROUP,
            3,
            Width.LONG,
            "Table in topic names")
        .define(
            UNAVAILABLE_VALUE_PLACEHOLDER,
            ConfigDef.Type.STRING,
            "__debezium_unavailable_value",
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "What the source writes for a value that it was not told because an update left it alone, as the source's"
                + " option of the same name. Such columns are not written.",
            GROUP,
            4,
            Width.MEDIUM,
            "Placeholder");
  }
}
