package io.obconnect.sink;

import io.obconnect.model.ColumnSelector;
import io.obconnect.model.ConnectionSettings;
import io.obconnect.model.ConversionOptions;
import io.obconnect.model.NameMapping;
import io.obconnect.model.RowFilters;
import io.obconnect.model.ServerAddress;
import io.obconnect.model.TableSelector;
import io.obconnect.model.TlsMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The sink's options, each read in this class only. */
final class OceanBaseSinkConfig extends AbstractConfig {
  static final String ADDRESSES = "connection.addresses";
  static final String USERNAME = "connection.username";
  static final String PASSWORD = "connection.password";
  static final String TLS_MODE = "connection.tls.mode";
  static final String TLS_CA_PATH = "connection.tls.ca.path";
  static final String CONNECT_TIMEOUT_MS = "connection.connect.timeout.ms";
  static final String SOCKET_TIMEOUT_MS = "connection.socket.timeout.ms";
  static final String RECORDS_FORMAT = "records.format";
  static final String DATABASE_NAME_FORMAT = "database.name.format";
  static final String FLAT_TOPIC_PATTERN = "flat.topic.pattern";
  static final String UNAVAILABLE_VALUE_PLACEHOLDER = "unavailable.value.placeholder";
  static final String SCHEMA_FROM_DATA = "schema.from.data";
  static final String SCHEMA_WAIT_TIMEOUT_MS = "schema.wait.timeout.ms";
  static final String TABLE_ERROR_POLICY = "table.error.policy";
  static final String LEDGER_DATABASE = "ledger.database";
  static final String DRY_RUN = "dry.run";
  static final String EXISTING_TABLE = "existing.table";
  static final String SCHEMA_INDEXES = "schema.indexes";
  static final String SCHEMA_CHARSET_MAP = "schema.charset.map";
  static final String SCHEMA_COLLATION_MAP = "schema.collation.map";
  static final String TABLES_INCLUDE = "tables.include";
  static final String TABLES_EXCLUDE = "tables.exclude";
  static final String NAMES_MAP = "names.map";
  static final String NAMES_MAP_MERGE = "names.map.merge";
  static final String COLUMNS_INCLUDE = "columns.include";
  static final String COLUMNS_EXCLUDE = "columns.exclude";
  static final String COLUMNS_RENAME = "columns.rename";
  static final String ROW_FILTER = "row.filter";
  static final String SCHEMA_HOLD_BACK = "schema.hold.back";
  static final String DDL_NARROWING_WAIT_MS = "ddl.narrowing.wait.ms";
  static final String DDL_NARROWING_ACROSS_TASKS = "ddl.narrowing.across.tasks";
  static final String EXACTLY_ONCE = "exactly.once";
  static final String TRANSACTION_MODE = "transaction.mode";
  static final String TRANSACTION_WAIT_TIMEOUT_MS = "transaction.wait.timeout.ms";
  static final String LANES_PER_TASK = "lanes.per.task";
  static final String KEYLESS_TABLES = "keyless.tables";
  static final String WINDOW_LINGER_MS = "window.linger.ms";
  static final String BUFFER_MAX_ROWS = "buffer.max.rows";
  static final String CONFLICT_TIMEOUT_MS = "conflict.timeout.ms";
  static final String WINDOW_MAX_ROWS = "window.max.rows";
  static final String WINDOW_MAX_BYTES = "window.max.bytes";
  static final String BUFFER_MAX_BYTES = "buffer.max.bytes";
  static final String RELEASE_TIMEOUT_MS = "release.timeout.ms";
  static final String THROTTLE_ROWS = "throttle.rows.per.second";
  static final String THROTTLE_BYTES = "throttle.bytes.per.second";
  static final String WATERMARK_IDLE_MS = "watermark.idle.ms";
  static final String MEMSTORE_GUARD_PERCENT = "memstore.guard.percent";
  static final String RETRY_TIMEOUT_MS = "retry.timeout.ms";
  static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
  static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";

  private static final String CONNECTION_GROUP = "Connection";
  private static final String SELECTION_GROUP = "Selection";
  private static final String RECORDS_GROUP = "Records";
  private static final String SCHEMA_GROUP = "Schema";
  private static final String DDL_GROUP = "Schema changes";
  private static final String WRITES_GROUP = "Writes";
  private static final String PACE_GROUP = "Pace";
  private static final String WATERMARKS_GROUP = "Watermarks";
  private static final String RETRIES_GROUP = "Retries";

  /** Connect's own option; a sink has that many tasks. */
  private static final String TASKS_MAX = "tasks.max";

  private static final String AFTER_COPY = "after-copy";

  private static final int MAX_DEFAULT_LANES = 8;

  /** Set by the connector for each of its tasks. */
  static final String TASK_NUMBER = "task.number";

  private final String connectorName;
  private final String taskNumber;
  private final boolean oneTask;

  OceanBaseSinkConfig(Map<String, String> properties) {
    super(definition(), properties);
    connectorName = Objects.requireNonNullElse(properties.get("name"), "oceanbase-sink");
    taskNumber = Objects.requireNonNullElse(properties.get(TASK_NUMBER), "0");
    oneTask = Objects.requireNonNullElse(properties.get(TASKS_MAX), "1").equals("1");
  }

  static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    defineConnection(definition);
    defineSelection(definition);
    defineRecords(definition);
    defineSchema(definition);
    defineSchemaChanges(definition);
    defineWrites(definition);
    definePace(definition);
    defineWatermarks(definition);
    defineRetries(definition);
    return definition;
  }

  private static void defineConnection(ConfigDef definition) {
    definition
        .define(
            ADDRESSES,
            ConfigDef.Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            checked(
                "host:port, separated by commas",
                value -> ((List<?>) value).forEach(a -> ServerAddress.parse(a.toString()))),
            Importance.HIGH,
            "Servers of the destination as host:port, separated by commas; the first that answers is used, the others"
                + " when it fails. OceanBase: port 2881 of a server, 2883 of ODP.",
            CONNECTION_GROUP,
            1,
            Width.LONG,
            "Addresses")
        .define(
            USERNAME,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            new ConfigDef.NonEmptyString(),
            Importance.HIGH,
            "User that writes: user, user@tenant, or user@tenant#cluster through ODP. It needs CREATE, DROP,"
                + " SELECT, INSERT, UPDATE and DELETE.",
            CONNECTION_GROUP,
            2,
            Width.MEDIUM,
            "User")
        .define(
            PASSWORD,
            ConfigDef.Type.PASSWORD,
            "",
            Importance.HIGH,
            "Password of the user. Keep it out of the configuration with a config provider.",
            CONNECTION_GROUP,
            3,
            Width.MEDIUM,
            "Password")
        .define(
            TLS_MODE,
            ConfigDef.Type.STRING,
            TlsMode.DISABLED.optionValue(),
            ValidString.in(TlsMode.optionValues().toArray(String[]::new)),
            Importance.MEDIUM,
            "Encryption: disabled; required (any certificate); verify-ca (signed by a trusted authority);"
                + " verify-identity (and made out to the host).",
            CONNECTION_GROUP,
            4,
            Width.MEDIUM,
            "TLS mode")
        .define(
            TLS_CA_PATH,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "PEM file with the trusted authorities, on every worker. Empty: those of the Java runtime.",
            CONNECTION_GROUP,
            5,
            Width.LONG,
            "TLS authorities")
        .define(
            CONNECT_TIMEOUT_MS,
            ConfigDef.Type.INT,
            10_000,
            Range.between(100, 600_000),
            Importance.LOW,
            "Time in milliseconds that one server gets to accept a connection.",
            CONNECTION_GROUP,
            6,
            Width.SHORT,
            "Connect time-out")
        .define(
            SOCKET_TIMEOUT_MS,
            ConfigDef.Type.INT,
            60_000,
            Range.between(1_000, 3_600_000),
            Importance.LOW,
            "Time in milliseconds that a statement may take. OceanBase's ob_query_timeout is set to 90 % of it.",
            CONNECTION_GROUP,
            7,
            Width.SHORT,
            "Statement time-out");
  }

  private static void defineSelection(ConfigDef definition) {
    definition
        .define(
            TABLES_INCLUDE,
            ConfigDef.Type.STRING,
            "",
            parsed("rules", value -> TableSelector.parse(value, "")),
            Importance.HIGH,
            "Tables of the source that are applied, as database.table, separated by commas or line breaks; in each part"
                + " * stands for any characters, ? for one, [a-z] and [!a-z] for one of a set; or /regex/ for the"
                + " whole; names with special characters between backticks. Empty: all that arrive.",
            SELECTION_GROUP,
            1,
            Width.LONG,
            "Included tables")
        .define(
            TABLES_EXCLUDE,
            ConfigDef.Type.STRING,
            "",
            parsed("rules", value -> TableSelector.parse("", value)),
            Importance.MEDIUM,
            "Tables of the source that are passed by even if they are included; rules as in tables.include.",
            SELECTION_GROUP,
            2,
            Width.LONG,
            "Excluded tables")
        .define(
            NAMES_MAP,
            ConfigDef.Type.STRING,
            "",
            parsed("rules", NameMapping::parse),
            Importance.MEDIUM,
            "Names in the destination: shop.orders -> store.sales for a table, shop -> store for a database, with"
                + " wildcards on the left as in tables.include; /regex/ -> names with $1 for its groups; * on the"
                + " right keeps the source's name of this part. The first entry that fits decides.",
            SELECTION_GROUP,
            3,
            Width.LONG,
            "Names")
        .define(
            NAMES_MAP_MERGE,
            ConfigDef.Type.STRING,
            MergePolicy.REFUSE.optionValue(),
            ValidString.in(MergePolicy.optionValues().toArray(String[]::new)),
            Importance.MEDIUM,
            "Several source tables with the same name in the destination: refuse all but the first, see"
                + " table.error.policy; distinct-keys merges their rows, and a table stops at a new row whose key"
                + " another row has, which needs exactly.once=true, and an empty table when the source is copied once"
                + " more; last-wins merges them and keeps the last of rows with the same key.",
            SELECTION_GROUP,
            4,
            Width.SHORT,
            "Merged tables")
        .define(
            COLUMNS_INCLUDE,
            ConfigDef.Type.STRING,
            "",
            parsed("rules", value -> ColumnSelector.parse(value, "", "")),
            Importance.MEDIUM,
            "Columns that are applied, as database.table.column of the source, with wildcards; a table that no rule"
                + " fits keeps all. Columns of the primary key are needed.",
            SELECTION_GROUP,
            5,
            Width.LONG,
            "Included columns")
        .define(
            COLUMNS_EXCLUDE,
            ConfigDef.Type.STRING,
            "",
            parsed("rules", value -> ColumnSelector.parse("", value, "")),
            Importance.MEDIUM,
            "Columns that are left out; rules as in columns.include.",
            SELECTION_GROUP,
            6,
            Width.LONG,
            "Excluded columns")
        .define(
            COLUMNS_RENAME,
            ConfigDef.Type.STRING,
            "",
            parsed("rules", value -> ColumnSelector.parse("", "", value)),
            Importance.MEDIUM,
            "New names of columns: shop.orders.total -> amount. The first entry that fits decides.",
            SELECTION_GROUP,
            7,
            Width.LONG,
            "Renamed columns")
        .define(
            ROW_FILTER,
            ConfigDef.Type.STRING,
            "",
            parsed("database.table: condition", RowFilters::parse),
            Importance.MEDIUM,
            "Rows that are applied, as database.table: condition, separated by semicolons or line breaks; the condition"
                + " is that of an SQL WHERE over the source's columns, the tables are rules as in tables.include. A"
                + " row that an update moves into the condition is inserted, one that leaves it is deleted. The first"
                + " entry that fits a table decides.",
            SELECTION_GROUP,
            8,
            Width.LONG,
            "Row filters");
  }

  private static void defineRecords(ConfigDef definition) {
    definition
        .define(
            RECORDS_FORMAT,
            ConfigDef.Type.STRING,
            RecordFormat.DEBEZIUM.optionValue(),
            ValidString.in(RecordFormat.optionValues().toArray(String[]::new)),
            Importance.HIGH,
            "What the topics hold: debezium, Debezium's change envelopes; flat, rows, as Debezium's"
                + " ExtractNewRecordState leaves them. It decides what a tombstone is: nothing after an envelope's"
                + " delete, the delete itself among rows. With or without schemas.",
            RECORDS_GROUP,
            1,
            Width.SHORT,
            "Format of records")
        .define(
            DATABASE_NAME_FORMAT,
            ConfigDef.Type.STRING,
            "${schema}",
            checked(
                "a name with ${db} and ${schema}",
                value -> TableNames.checkDatabaseFormat(value.toString())),
            Importance.MEDIUM,
            "Database in the destination for tables whose source has databases and schemas (PostgreSQL, Oracle, SQL"
                + " Server): ${db} and ${schema} stand for their names there. Other sources' databases keep their name.",
            RECORDS_GROUP,
            2,
            Width.MEDIUM,
            "Database names")
        .define(
            FLAT_TOPIC_PATTERN,
            ConfigDef.Type.STRING,
            "(?:.*\\.)?(?<database>[^.]+)\\.(?<table>[^.]+)",
            checked(
                "a regular expression with the groups database and table",
                value -> TableNames.checkTopicPattern(value.toString())),
            Importance.MEDIUM,
            "Regular expression that reads database and table from the whole topic name of flat rows that do not name"
                + " them in the fields or headers __db (or __schema) and __table.",
            RECORDS_GROUP,
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
            RECORDS_GROUP,
            4,
            Width.MEDIUM,
            "Placeholder");
  }

  private static void defineSchema(ConfigDef definition) {
    definition
        .define(
            SCHEMA_WAIT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            300_000L,
            Range.between(1_000L, 86_400_000L),
            Importance.MEDIUM,
            "Time in milliseconds that changes of a table wait in Kafka for its definition, from the schema change topic"
                + " or created by hand. After that see schema.from.data.",
            SCHEMA_GROUP,
            1,
            Width.SHORT,
            "Wait for a definition")
        .define(
            SCHEMA_FROM_DATA,
            ConfigDef.Type.STRING,
            DefinitionSource.AFTER_WAIT.optionValue(),
            ValidString.in(DefinitionSource.optionValues().toArray(String[]::new)),
            Importance.HIGH,
            "Whether tables and columns that the destination lacks are made from the schemas of their records, which"
                + " know less than the source's own definitions: never; after-wait, when schema.wait.timeout.ms has"
                + " passed; at-once, for sources without a schema change topic.",
            SCHEMA_GROUP,
            2,
            Width.SHORT,
            "Definitions from records")
        .define(
            TABLE_ERROR_POLICY,
            ConfigDef.Type.STRING,
            "pause",
            ValidString.in(TableErrorPolicy.optionValues().toArray(String[]::new)),
            Importance.MEDIUM,
            "When a table cannot be used (its definition cannot be converted, its name collides with another one's, it"
                + " has no primary key): pause keeps its changes in Kafka and goes on with all other tables; fail fails"
                + " the task.",
            SCHEMA_GROUP,
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
            SCHEMA_GROUP,
            4,
            Width.MEDIUM,
            "Ledger database")
        .define(
            EXISTING_TABLE,
            ConfigDef.Type.STRING,
            ExistingTablePolicy.USE_IF_COMPATIBLE.optionValue(),
            ValidString.in(ExistingTablePolicy.optionValues().toArray(String[]::new)),
            Importance.MEDIUM,
            "When a table that is to be created exists in the destination: use-if-compatible, or else see"
                + " table.error.policy: a missing or narrower column, another key; fail, unless this connector has used"
                + " it; recreate: it is DROPPED with its rows and created anew, unless a connector has used it.",
            SCHEMA_GROUP,
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
            SCHEMA_GROUP,
            6,
            Width.SHORT,
            "Indexes")
        .define(
            SCHEMA_CHARSET_MAP,
            ConfigDef.Type.LIST,
            List.of(),
            pairs(),
            Importance.LOW,
            "Character sets of the source and what new tables and columns get instead: latin1:utf8mb4. Others are kept,"
                + " or replaced by the nearest one that the destination has.",
            SCHEMA_GROUP,
            7,
            Width.MEDIUM,
            "Character sets")
        .define(
            SCHEMA_COLLATION_MAP,
            ConfigDef.Type.LIST,
            List.of(),
            pairs(),
            Importance.LOW,
            "The same for collations: utf8mb4_0900_ai_ci:utf8mb4_general_ci. Also for keys: where the new collation"
                + " takes more values for equal, rows of the source become one.",
            SCHEMA_GROUP,
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
            SCHEMA_GROUP,
            9,
            Width.SHORT,
            "Dry run");
  }

  private static ConfigDef.Validator pairs() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            TextMap.parse((List<?>) value);
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
          }
        },
        () -> TextMap.FORM);
  }

  private static void defineSchemaChanges(ConfigDef definition) {
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
            DDL_GROUP,
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
            DDL_GROUP,
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
            DDL_GROUP,
            3,
            Width.SHORT,
            "Several tasks");
    DdlOptions.define(definition, DDL_GROUP, 4);
  }

  private static void defineWrites(ConfigDef definition) {
    definition
        .define(
            EXACTLY_ONCE,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.HIGH,
            "Whether the offsets that were applied are kept in the destination, in the transaction of their rows: after"
                + " any crash nothing is lost and nothing is applied twice. false: changes since the last committed"
                + " offsets are applied again after a crash, which ends in the same rows.",
            WRITES_GROUP,
            1,
            Width.SHORT,
            "Exactly once")
        .define(
            LANES_PER_TASK,
            ConfigDef.Type.INT,
            0,
            Range.between(0, 64),
            Importance.HIGH,
            "Connections on which a task writes at the same time. A row's key decides about its lane, so even a topic"
                + " with one partition is written by all lanes. 0: as many as the worker has processors, from 2 to 8.",
            WRITES_GROUP,
            2,
            Width.SHORT,
            "Lanes")
        .define(
            KEYLESS_TABLES,
            ConfigDef.Type.STRING,
            "refuse",
            ValidString.in("refuse", "apply"),
            Importance.MEDIUM,
            "Tables without primary key and without unique key that allows no NULL: refuse, see table.error.policy;"
                + " apply their changes one after the other, each row found by all its columns, which needs"
                + " exactly.once=true and full row images.",
            WRITES_GROUP,
            3,
            Width.SHORT,
            "Tables without key")
        .define(
            WINDOW_MAX_ROWS,
            ConfigDef.Type.INT,
            5_000,
            Range.between(1, 20_000),
            Importance.MEDIUM,
            "Most changes in one transaction. A transaction ends earlier when nothing more waits.",
            WRITES_GROUP,
            4,
            Width.SHORT,
            "Changes in a transaction")
        .define(
            WINDOW_MAX_BYTES,
            ConfigDef.Type.INT,
            2 * 1024 * 1024,
            Range.between(1_024, 64 * 1024 * 1024),
            Importance.LOW,
            "Size in bytes, estimated, of one transaction's changes, and the length at which a statement is closed. A"
                + " statement never exceeds a quarter of the server's max_allowed_packet in characters, unless one row"
                + " does.",
            WRITES_GROUP,
            5,
            Width.SHORT,
            "Bytes in a transaction")
        .define(
            WINDOW_LINGER_MS,
            ConfigDef.Type.LONG,
            5L,
            Range.between(0L, 1_000L),
            Importance.LOW,
            "Time in milliseconds that a busy lane lets its next transaction fill. An idle lane applies a change at"
                + " once.",
            WRITES_GROUP,
            6,
            Width.SHORT,
            "Linger")
        .define(
            BUFFER_MAX_ROWS,
            ConfigDef.Type.INT,
            20_000,
            Range.between(100, 10_000_000),
            Importance.MEDIUM,
            "Changes that may wait in a task before its partitions are paused. Each keeps its whole Kafka record in"
                + " memory: several kilobytes with a schema in every record.",
            WRITES_GROUP,
            7,
            Width.SHORT,
            "Buffered changes")
        .define(
            BUFFER_MAX_BYTES,
            ConfigDef.Type.LONG,
            64L * 1024 * 1024,
            Range.between(1_048_576L, 16L * 1024 * 1024 * 1024),
            Importance.LOW,
            "Memory in bytes, estimated, that the values of changes may take in a task before its partitions are"
                + " paused.",
            WRITES_GROUP,
            8,
            Width.SHORT,
            "Buffer")
        .define(
            CONFLICT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            10_000L,
            Range.between(0L, 600_000L),
            Importance.LOW,
            "Time in milliseconds that a row of a table with further unique keys waits for a value that another row"
                + " still has: the change that frees it may be on its way in another task. After that changes must be"
                + " coming again, and the other row is removed until its own change follows.",
            WRITES_GROUP,
            9,
            Width.SHORT,
            "Wait for a unique value")
        .define(
            RELEASE_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            3_000L,
            Range.between(100L, 600_000L),
            Importance.LOW,
            "Time in milliseconds that a running transaction is given to end when its partitions move to another task,"
                + " or the task stops; then it is aborted. Connect gives a task 5 s to stop.",
            WRITES_GROUP,
            10,
            Width.SHORT,
            "Release time-out")
        .define(
            TRANSACTION_MODE,
            ConfigDef.Type.STRING,
            TransactionMode.ROW.optionValue(),
            ValidString.in(TransactionMode.optionValues().toArray(String[]::new)),
            Importance.MEDIUM,
            "What becomes visible together in the destination: row, whatever changes a lane has at hand, each row by"
                + " itself in order; source, all changes of a source's transaction, in the order of the commits, on one"
                + " connection. source needs tasks.max=1, exactly.once=true, provide.transaction.metadata=true in the"
                + " source and its transaction topic among the topics.",
            WRITES_GROUP,
            11,
            Width.SHORT,
            "Transactions")
        .define(
            TRANSACTION_WAIT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            300_000L,
            Range.between(1_000L, 86_400_000L),
            Importance.LOW,
            "With transaction.mode=source: time in milliseconds that a transaction is waited for of which only a part"
                + " has come; then the task fails.",
            WRITES_GROUP,
            12,
            Width.SHORT,
            "Wait for a transaction");
  }

  private static void definePace(ConfigDef definition) {
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
            PACE_GROUP,
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
            PACE_GROUP,
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
            PACE_GROUP,
            3,
            Width.SHORT,
            "Memory guard");
  }

  private static void defineWatermarks(ConfigDef definition) {
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
        WATERMARKS_GROUP,
        1,
        Width.SHORT,
        "Idle time");
  }

  private static void defineRetries(ConfigDef definition) {
    definition
        .define(
            RETRY_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            600_000L,
            Range.between(0L, 86_400_000L),
            Importance.MEDIUM,
            "Time in milliseconds that failures which pass by themselves (lost connections, lock conflicts, leader"
                + " switches, full memory) are retried before the task fails.",
            RETRIES_GROUP,
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
            RETRIES_GROUP,
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
            RETRIES_GROUP,
            3,
            Width.SHORT,
            "Largest pause");
  }

  private static ConfigDef.Validator parsed(String form, Consumer<String> parser) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            parser.accept(Objects.requireNonNullElse((String) value, ""));
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
          }
        },
        () -> form);
  }

  private static ConfigDef.Validator checked(String form, Consumer<Object> check) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (value == null || (value instanceof List<?> list && list.isEmpty())) {
            throw new ConfigException(name, value, "at least one is needed: " + form);
          }
          try {
            check.accept(value);
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
          }
        },
        () -> form);
  }

  /** The connector's name, by which its rows in the ledger are told from others'. */
  String connectorName() {
    return connectorName;
  }

  /** The task's number within the connector, from 0. */
  String taskNumber() {
    return taskNumber;
  }

  ConnectionSettings connection() {
    return new ConnectionSettings(
        getList(ADDRESSES).stream().map(ServerAddress::parse).toList(),
        getString(USERNAME),
        getPassword(PASSWORD).value(),
        TlsMode.parse(getString(TLS_MODE)),
        Optional.of(getString(TLS_CA_PATH)).filter(path -> !path.isBlank()),
        Duration.ofMillis(getInt(CONNECT_TIMEOUT_MS)),
        Duration.ofMillis(getInt(SOCKET_TIMEOUT_MS)));
  }

  ChangeReader changeReader() {
    return new ChangeReader(
        RecordFormat.parse(getString(RECORDS_FORMAT)),
        new TableNames(
            getString(DATABASE_NAME_FORMAT), Pattern.compile(getString(FLAT_TOPIC_PATTERN))),
        new UnchangedValues(getString(UNAVAILABLE_VALUE_PLACEHOLDER)));
  }

  DefinitionSource schemaFromData() {
    return DefinitionSource.parse(getString(SCHEMA_FROM_DATA));
  }

  Duration schemaWaitTimeout() {
    return Duration.ofMillis(getLong(SCHEMA_WAIT_TIMEOUT_MS));
  }

  TableErrorPolicy tableErrorPolicy() {
    return TableErrorPolicy.parse(getString(TABLE_ERROR_POLICY));
  }

  String ledgerDatabase() {
    return getString(LEDGER_DATABASE);
  }

  /** What is wrong with options that are right one by one: the option, and the reason. */
  Optional<Map.Entry<String, String>> contradiction() {
    boolean repeats = !exactlyOnce();
    if (repeats && selection().merges() == MergePolicy.DISTINCT_KEYS) {
      return Optional.of(
          Map.entry(
              NAMES_MAP_MERGE,
              "distinct-keys needs "
                  + EXACTLY_ONCE
                  + "=true: a row that is applied again looks like another table's row"));
    }
    return transactionMode() == TransactionMode.SOURCE
        ? lackForTransactions().map(lack -> Map.entry(TRANSACTION_MODE, "source needs " + lack))
        : Optional.empty();
  }

  private Optional<String> lackForTransactions() {
    if (!oneTask) {
      return Optional.of(TASKS_MAX + "=1: a task sees only its own partitions' changes");
    }
    if (!exactlyOnce()) {
      return Optional.of(
          EXACTLY_ONCE + "=true: after a crash a part of a transaction would be applied again");
    }
    return RecordFormat.parse(getString(RECORDS_FORMAT)) == RecordFormat.DEBEZIUM
        ? Optional.empty()
        : Optional.of(RECORDS_FORMAT + "=debezium: rows do not name their transaction");
  }

  TransactionMode transactionMode() {
    return TransactionMode.parse(getString(TRANSACTION_MODE));
  }

  /** How long a transaction is waited for of which only a part has come. */
  Duration transactionWaitTimeout() {
    return Duration.ofMillis(getLong(TRANSACTION_WAIT_TIMEOUT_MS));
  }

  Selection selection() {
    return new Selection(
        TableSelector.parse(getString(TABLES_INCLUDE), getString(TABLES_EXCLUDE)),
        !getString(TABLES_INCLUDE).isBlank() || !getString(TABLES_EXCLUDE).isBlank(),
        NameMapping.parse(getString(NAMES_MAP)),
        MergePolicy.parse(getString(NAMES_MAP_MERGE)),
        ColumnSelector.parse(
            getString(COLUMNS_INCLUDE), getString(COLUMNS_EXCLUDE), getString(COLUMNS_RENAME)),
        RowFilters.parse(getString(ROW_FILTER)));
  }

  /** How long no row of a table may come before a narrowing change is carried out. */
  Duration narrowingWait() {
    return Duration.ofMillis(getLong(DDL_NARROWING_WAIT_MS));
  }

  SchemaPolicies schemaPolicies() {
    Selection selection = selection();
    return new SchemaPolicies(
        DdlOptions.kinds().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    kind -> DdlOptions.parse(getString(DdlOptions.name(kind))))),
        oneTask || getString(DDL_NARROWING_ACROSS_TASKS).equals("apply"),
        keylessTables(),
        selection,
        ConversionOptions.full()
            .withNames(selection::destination)
            .withText(charsets(), collations())
            .withHeldBack(TableParts.parse(getList(SCHEMA_HOLD_BACK))),
        getString(SCHEMA_INDEXES).equals(AFTER_COPY));
  }

  boolean dryRun() {
    return getBoolean(DRY_RUN);
  }

  ExistingTablePolicy existingTables() {
    return ExistingTablePolicy.parse(getString(EXISTING_TABLE));
  }

  /** By the source's names. */
  Map<String, String> charsets() {
    return TextMap.parse(getList(SCHEMA_CHARSET_MAP));
  }

  /** By the source's names. */
  Map<String, String> collations() {
    return TextMap.parse(getList(SCHEMA_COLLATION_MAP));
  }

  boolean exactlyOnce() {
    return getBoolean(EXACTLY_ONCE);
  }

  /** Whether tables without any key are written to. */
  boolean keylessTables() {
    return getString(KEYLESS_TABLES).equals("apply");
  }

  SinkLimits limits() {
    return new SinkLimits(
        lanes(),
        getInt(WINDOW_MAX_ROWS),
        getInt(WINDOW_MAX_BYTES),
        Duration.ofMillis(getLong(WINDOW_LINGER_MS)),
        getInt(BUFFER_MAX_ROWS),
        getLong(BUFFER_MAX_BYTES),
        Duration.ofMillis(getLong(CONFLICT_TIMEOUT_MS)),
        Duration.ofMillis(getLong(RELEASE_TIMEOUT_MS)));
  }

  PaceLimits pace() {
    return new PaceLimits(
        getLong(THROTTLE_ROWS), getLong(THROTTLE_BYTES), getInt(MEMSTORE_GUARD_PERCENT));
  }

  private int lanes() {
    if (transactionMode() == TransactionMode.SOURCE) {
      return 1;
    }
    int lanes = getInt(LANES_PER_TASK);
    return lanes > 0
        ? lanes
        : Math.min(MAX_DEFAULT_LANES, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** How long a partition is quiet before it counts as idle; zero for never. */
  Duration watermarkIdle() {
    return Duration.ofMillis(getLong(WATERMARK_IDLE_MS));
  }

  RetryPolicy retryPolicy() {
    return new RetryPolicy(
        Duration.ofMillis(getLong(RETRY_BACKOFF_MS)),
        Duration.ofMillis(getLong(RETRY_BACKOFF_MAX_MS)),
        Duration.ofMillis(getLong(RETRY_TIMEOUT_MS)));
  }
}
