package io.obconnect.sink;

import io.obconnect.model.ColumnSelector;
import io.obconnect.model.ConnectionSettings;
import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.NameMapping;
import io.obconnect.model.RetryPolicy;
import io.obconnect.model.RowFilters;
import io.obconnect.model.ServerAddress;
import io.obconnect.model.TableSelector;
import io.obconnect.model.TlsMode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** What the sink's options say, which are read in this class only. */
final class OceanBaseSinkConfig extends AbstractConfig {
  /** Connect's own option; a sink has that many tasks. */
  private static final String TASKS_MAX = "tasks.max";

  /** Connect's own option. */
  static final String DEAD_LETTER_TOPIC = "errors.deadletterqueue.topic.name";

  /** Connect's own option; a sink has no other producer than that of its dead letters. */
  static final String DEAD_LETTER_INTERCEPTORS = "producer.override.interceptor.classes";

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
    ConnectionOptions.define(definition);
    SelectionOptions.define(definition);
    RecordOptions.define(definition);
    SchemaOptions.define(definition);
    SchemaChangeOptions.define(definition);
    WriteOptions.define(definition);
    PaceOptions.define(definition);
    WatermarkOptions.define(definition);
    RetryOptions.define(definition);
    return definition;
  }

  private <E extends Enum<E>> E choice(Class<E> type, String option) {
    return OptionValues.parse(type, getString(option));
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
        getList(ConnectionOptions.ADDRESSES).stream().map(ServerAddress::parse).toList(),
        getString(ConnectionOptions.USERNAME),
        getPassword(ConnectionOptions.PASSWORD).value(),
        TlsMode.parse(getString(ConnectionOptions.TLS_MODE)),
        Optional.of(getString(ConnectionOptions.TLS_CA_PATH)).filter(path -> !path.isBlank()),
        Duration.ofMillis(getInt(ConnectionOptions.CONNECT_TIMEOUT_MS)),
        Duration.ofMillis(getInt(ConnectionOptions.SOCKET_TIMEOUT_MS)));
  }

  ChangeReader changeReader() {
    return new ChangeReader(
        choice(RecordFormat.class, RecordOptions.RECORDS_FORMAT),
        new TableNames(
            getString(RecordOptions.DATABASE_NAME_FORMAT),
            Pattern.compile(getString(RecordOptions.FLAT_TOPIC_PATTERN))),
        new UnchangedValues(getString(RecordOptions.UNAVAILABLE_VALUE_PLACEHOLDER)));
  }

  DefinitionSource schemaFromData() {
    return choice(DefinitionSource.class, SchemaOptions.SCHEMA_FROM_DATA);
  }

  boolean copiesBlocks() {
    return getBoolean(SchemaOptions.COPY_BLOCKS);
  }

  Duration schemaWaitTimeout() {
    return Duration.ofMillis(getLong(SchemaOptions.SCHEMA_WAIT_TIMEOUT_MS));
  }

  TableErrorPolicy tableErrorPolicy() {
    return choice(TableErrorPolicy.class, SchemaOptions.TABLE_ERROR_POLICY);
  }

  String ledgerDatabase() {
    return getString(SchemaOptions.LEDGER_DATABASE);
  }

  /** What is wrong with options that are right one by one: the option, and the reason. */
  Optional<Map.Entry<String, String>> contradiction() {
    boolean repeats = !exactlyOnce();
    if (repeats && selection().merges() == MergePolicy.DISTINCT_KEYS) {
      return Optional.of(
          Map.entry(
              SelectionOptions.NAMES_MAP_MERGE,
              "distinct-keys needs "
                  + WriteOptions.EXACTLY_ONCE
                  + "=true: a row that is applied again looks like another table's row"));
    }
    if (repeats && keylessTables()) {
      return Optional.of(
          Map.entry(
              WriteOptions.KEYLESS_TABLES,
              "apply needs "
                  + WriteOptions.EXACTLY_ONCE
                  + "=true: a row without key that is applied again is there twice"));
    }
    return transactionMode() == TransactionMode.SOURCE
        ? lackForTransactions()
            .map(lack -> Map.entry(WriteOptions.TRANSACTION_MODE, "source needs " + lack))
        : Optional.empty();
  }

  private Optional<String> lackForTransactions() {
    if (!oneTask) {
      return Optional.of(TASKS_MAX + "=1: a task sees only its own partitions' changes");
    }
    if (!exactlyOnce()) {
      return Optional.of(
          WriteOptions.EXACTLY_ONCE
              + "=true: after a crash a part of a transaction would be applied again");
    }
    return choice(RecordFormat.class, RecordOptions.RECORDS_FORMAT) == RecordFormat.DEBEZIUM
        ? Optional.empty()
        : Optional.of(
            RecordOptions.RECORDS_FORMAT + "=debezium: rows do not name their transaction");
  }

  TransactionMode transactionMode() {
    return choice(TransactionMode.class, WriteOptions.TRANSACTION_MODE);
  }

  /** How long a transaction is waited for of which only a part has come. */
  Duration transactionWaitTimeout() {
    return Duration.ofMillis(getLong(WriteOptions.TRANSACTION_WAIT_TIMEOUT_MS));
  }

  Selection selection() {
    return new Selection(
        TableSelector.parse(
            getString(SelectionOptions.TABLES_INCLUDE), getString(SelectionOptions.TABLES_EXCLUDE)),
        !getString(SelectionOptions.TABLES_INCLUDE).isBlank()
            || !getString(SelectionOptions.TABLES_EXCLUDE).isBlank(),
        NameMapping.parse(getString(SelectionOptions.NAMES_MAP)),
        choice(MergePolicy.class, SelectionOptions.NAMES_MAP_MERGE),
        ColumnSelector.parse(
            getString(SelectionOptions.COLUMNS_INCLUDE),
            getString(SelectionOptions.COLUMNS_EXCLUDE),
            getString(SelectionOptions.COLUMNS_RENAME)),
        RowFilters.parse(getString(SelectionOptions.ROW_FILTER)));
  }

  /** How long no row of a table may come before a narrowing change is carried out. */
  Duration narrowingWait() {
    return Duration.ofMillis(getLong(SchemaChangeOptions.DDL_NARROWING_WAIT_MS));
  }

  /** How long partitions may be waited for at a marker. */
  Duration markersWaitTimeout() {
    return Duration.ofMillis(getLong(SchemaChangeOptions.MARKERS_WAIT_TIMEOUT_MS));
  }

  SchemaPolicies schemaPolicies() {
    Selection selection = selection();
    return new SchemaPolicies(
        DdlOptions.kinds().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), kind -> choice(DdlPolicy.class, DdlOptions.name(kind)))),
        oneTask || getString(SchemaChangeOptions.DDL_NARROWING_ACROSS_TASKS).equals("apply"),
        keylessTables(),
        selection,
        ConversionOptions.full()
            .withNames(selection::destination)
            .withText(charsets(), collations())
            .withHeldBack(TableParts.parse(getList(SchemaChangeOptions.SCHEMA_HOLD_BACK))),
        getString(SchemaOptions.SCHEMA_INDEXES).equals(SchemaOptions.AFTER_COPY));
  }

  boolean dryRun() {
    return getBoolean(SchemaOptions.DRY_RUN);
  }

  ExistingTablePolicy existingTables() {
    return choice(ExistingTablePolicy.class, SchemaOptions.EXISTING_TABLE);
  }

  /** By the source's names. */
  Map<String, String> charsets() {
    return TextMap.parse(getList(SchemaOptions.SCHEMA_CHARSET_MAP));
  }

  /** By the source's names. */
  Map<String, String> collations() {
    return TextMap.parse(getList(SchemaOptions.SCHEMA_COLLATION_MAP));
  }

  /** Where Connect puts records that cannot be applied; empty for nowhere. */
  Optional<String> deadLetterTopic() {
    return original(DEAD_LETTER_TOPIC);
  }

  /** Whether the headers of dead letters say why they are. */
  boolean explainsDeadLetters() {
    return original(DEAD_LETTER_INTERCEPTORS).stream()
        .flatMap(names -> Stream.of(names.split(",", -1)))
        .anyMatch(name -> name.strip().equals(DeadLetterHeaders.class.getName()));
  }

  private Optional<String> original(String option) {
    return Optional.ofNullable(originals().get(option))
        .map(value -> value.toString().strip())
        .filter(text -> !text.isEmpty());
  }

  boolean exactlyOnce() {
    return getBoolean(WriteOptions.EXACTLY_ONCE);
  }

  /** Whether tables without any key are written to. */
  boolean keylessTables() {
    return getString(WriteOptions.KEYLESS_TABLES).equals("apply");
  }

  SinkLimits limits() {
    return new SinkLimits(
        lanes(),
        getInt(WriteOptions.WINDOW_MAX_ROWS),
        getInt(WriteOptions.WINDOW_MAX_BYTES),
        Duration.ofMillis(getLong(WriteOptions.WINDOW_LINGER_MS)),
        getInt(WriteOptions.BUFFER_MAX_ROWS),
        getLong(WriteOptions.BUFFER_MAX_BYTES),
        Duration.ofMillis(getLong(WriteOptions.CONFLICT_TIMEOUT_MS)),
        Duration.ofMillis(getLong(WriteOptions.RELEASE_TIMEOUT_MS)));
  }

  PaceLimits pace() {
    return new PaceLimits(
        getLong(PaceOptions.THROTTLE_ROWS),
        getLong(PaceOptions.THROTTLE_BYTES),
        getInt(PaceOptions.MEMSTORE_GUARD_PERCENT));
  }

  private int lanes() {
    if (transactionMode() == TransactionMode.SOURCE) {
      return 1;
    }
    int lanes = getInt(WriteOptions.LANES_PER_TASK);
    return lanes > 0
        ? lanes
        : Math.min(MAX_DEFAULT_LANES, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** How long a partition is quiet before it counts as idle; zero for never. */
  Duration watermarkIdle() {
    return Duration.ofMillis(getLong(WatermarkOptions.WATERMARK_IDLE_MS));
  }

  RetryPolicy retryPolicy() {
    return new RetryPolicy(
        Duration.ofMillis(getLong(RetryOptions.RETRY_BACKOFF_MS)),
        Duration.ofMillis(getLong(RetryOptions.RETRY_BACKOFF_MAX_MS)),
        Duration.ofMillis(getLong(RetryOptions.RETRY_TIMEOUT_MS)));
  }
}
