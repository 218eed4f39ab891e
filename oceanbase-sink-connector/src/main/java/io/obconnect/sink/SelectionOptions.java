package io.obconnect.sink;

import io.obconnect.model.ColumnSelector;
import io.obconnect.model.NameMapping;
import io.obconnect.model.RowFilters;
import io.obconnect.model.TableSelector;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: which tables, columns and rows are applied, and under which names. */
final class SelectionOptions {
  static final String TABLES_INCLUDE = "tables.include";
  static final String TABLES_EXCLUDE = "tables.exclude";
  static final String NAMES_MAP = "names.map";
  static final String NAMES_MAP_MERGE = "names.map.merge";
  static final String COLUMNS_INCLUDE = "columns.include";
  static final String COLUMNS_EXCLUDE = "columns.exclude";
  static final String COLUMNS_RENAME = "columns.rename";
  static final String ROW_FILTER = "row.filter";

  private static final String GROUP = "Selection";

  private SelectionOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            TABLES_INCLUDE,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("rules", value -> TableSelector.parse(value, "")),
            Importance.HIGH,
            "Tables of the source that are applied, as database.table, separated by commas or line breaks; in each part"
                + " * stands for any characters, ? for one, [a-z] and [!a-z] for one of a set; or /regex/ for the"
                + " whole; names with special characters between backticks. Empty: all that arrive.",
            GROUP,
            1,
            Width.LONG,
            "Included tables")
        .define(
            TABLES_EXCLUDE,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("rules", value -> TableSelector.parse("", value)),
            Importance.MEDIUM,
            "Tables of the source that are passed by even if they are included; rules as in tables.include.",
            GROUP,
            2,
            Width.LONG,
            "Excluded tables")
        .define(
            NAMES_MAP,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("rules", NameMapping::parse),
            Importance.MEDIUM,
            "Names in the destination: shop.orders -> store.sales for a table, shop -> store for a database, with"
                + " wildcards on the left as in tables.include; /regex/ -> names with $1 for its groups; * on the"
                + " right keeps the source's name of this part. The first entry that fits decides.",
            GROUP,
            3,
            Width.LONG,
            "Names")
        .define(
            NAMES_MAP_MERGE,
            ConfigDef.Type.STRING,
            OptionValues.of(MergePolicy.REFUSE),
            OptionValues.validator(MergePolicy.class),
            Importance.MEDIUM,
            "Several source tables with the same name in the destination: refuse all but the first, see"
                + " table.error.policy; distinct-keys merges their rows, and a table stops at a new row whose key"
                + " another row has, which needs exactly.once=true, and an empty table when the source is copied once"
                + " more; last-wins merges them and keeps the last of rows with the same key.",
            GROUP,
            4,
            Width.SHORT,
            "Merged tables")
        .define(
            COLUMNS_INCLUDE,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("rules", value -> ColumnSelector.parse(value, "", "")),
            Importance.MEDIUM,
            "Columns that are applied, as database.table.column of the source, with wildcards; a table that no rule"
                + " fits keeps all. Columns of the primary key are needed.",
            GROUP,
            5,
            Width.LONG,
            "Included columns")
        .define(
            COLUMNS_EXCLUDE,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("rules", value -> ColumnSelector.parse("", value, "")),
            Importance.MEDIUM,
            "Columns that are left out; rules as in columns.include.",
            GROUP,
            6,
            Width.LONG,
            "Excluded columns")
        .define(
            COLUMNS_RENAME,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("rules", value -> ColumnSelector.parse("", "", value)),
            Importance.MEDIUM,
            "New names of columns: shop.orders.total -> amount. The first entry that fits decides.",
            GROUP,
            7,
            Width.LONG,
            "Renamed columns")
        .define(
            ROW_FILTER,
            ConfigDef.Type.STRING,
            "",
            OptionValues.parsed("database.table: condition", RowFilters::parse),
            Importance.MEDIUM,
            "Rows that are applied, as database.table: condition, separated by semicolons or line breaks; the condition"
                + " is that of an SQL WHERE over the source's columns, the tables are rules as in tables.include. A"
                + " row that an update moves into the condition is inserted, one that leaves it is deleted. The first"
                + " entry that fits a table decides.",
            GROUP,
            8,
            Width.LONG,
            "Row filters");
  }
}
