package io.obconnect.sink;

import io.obconnect.model.ConnectionSettings;
import io.obconnect.model.ConversionOptions;
import io.obconnect.model.ServerAddress;
import io.obconnect.model.TlsMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
  static final String SCHEMA_WAIT_TIMEOUT_MS = "schema.wait.timeout.ms";
  static final String TABLE_ERROR_POLICY = "table.error.policy";
  static final String LEDGER_DATABASE = "ledger.database";
  static final String SCHEMA_HOLD_BACK = "schema.hold.back";
  static final String DDL_NARROWING_WAIT_MS = "ddl.narrowing.wait.ms";
  static final String DDL_NARROWING_ACROSS_TASKS = "ddl.narrowing.across.tasks";
  static final String EXACTLY_ONCE = "exactly.once";
  static final String LANES_PER_TASK = "lanes.per.task";
  static final String KEYLESS_TABLES = "keyless.tables";
  static final String WINDOW_LINGER_MS = "window.linger.ms";
  static final String BUFFER_MAX_ROWS = "buffer.max.rows";
  static final String CONFLICT_TIMEOUT_MS = "conflict.timeout.ms";
  static final String WINDOW_MAX_ROWS = "window.max.rows";
  static final String WINDOW_MAX_BYTES = "window.max.bytes";
  static final String BUFFER_MAX_BYTES = "buffer.max.bytes";
  static final String RELEASE_TIMEOUT_MS = "release.timeout.ms";
  static final String RETRY_TIMEOUT_MS = "retry.timeout.ms";
  static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
  static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";

  private static final String CONNECTION_GROUP = "Connection";
  private static final String SCHEMA_GROUP = "Schema";
  private static final String DDL_GROUP = "Schema changes";
  private static final String WRITES_GROUP = "Writes";
  private static final String RETRIES_GROUP = "Retries";

  /** Connect's own option; a sink has that many tasks. */
  private static final String TASKS_MAX = "tasks.max";

  private static final int MAX_DEFAULT_LANES = 8;

  private final String connectorName;
  private final boolean oneTask;

  OceanBaseSinkConfig(Map<String, String> properties) {
    super(definition(), properties);
    connectorName = Objects.requireNonNullElse(properties.get("name"), "oceanbase-sink");
    oneTask = Objects.requireNonNullElse(properties.get(TASKS_MAX), "1").equals("1");
  }

  static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    defineConnection(definition);
    defineSchema(definition);
    defineSchemaChanges(definition);
    defineWrites(definition);
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

  private static void defineSchema(ConfigDef definition) {
    definition
        .define(
            SCHEMA_WAIT_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            300_000L,
            Range.between(1_000L, 86_400_000L),
            Importance.MEDIUM,
            "Time in milliseconds that changes of a table wait in Kafka for its definition, from the schema change topic"
                + " or created by hand. After that the task fails.",
            SCHEMA_GROUP,
            1,
            Width.SHORT,
            "Wait for a definition")
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
            2,
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
            3,
            Width.MEDIUM,
            "Ledger database");
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
                + ". The statements that add them are kept in the ledger, column held_back_ddl.",
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
                + " still has: the change that frees it may be on its way in another task. After that the row is"
                + " refused.",
            WRITES_GROUP,
            9,
            Width.SHORT,
            "Wait for a unique value")
        .define(
            RELEASE_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            30_000L,
            Range.between(100L, 600_000L),
            Importance.LOW,
            "Time in milliseconds that a running transaction is given to end when its partitions move to another task;"
                + " then it is aborted.",
            WRITES_GROUP,
            10,
            Width.SHORT,
            "Release time-out");
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

  Duration schemaWaitTimeout() {
    return Duration.ofMillis(getLong(SCHEMA_WAIT_TIMEOUT_MS));
  }

  TableErrorPolicy tableErrorPolicy() {
    return TableErrorPolicy.parse(getString(TABLE_ERROR_POLICY));
  }

  String ledgerDatabase() {
    return getString(LEDGER_DATABASE);
  }

  /** How long no row of a table may come before a narrowing change is carried out. */
  Duration narrowingWait() {
    return Duration.ofMillis(getLong(DDL_NARROWING_WAIT_MS));
  }

  SchemaPolicies schemaPolicies() {
    return new SchemaPolicies(
        DdlOptions.kinds().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    kind -> DdlOptions.parse(getString(DdlOptions.name(kind))))),
        oneTask || getString(DDL_NARROWING_ACROSS_TASKS).equals("apply"),
        ConversionOptions.full().withHeldBack(TableParts.parse(getList(SCHEMA_HOLD_BACK))));
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

  private int lanes() {
    int lanes = getInt(LANES_PER_TASK);
    return lanes > 0
        ? lanes
        : Math.min(MAX_DEFAULT_LANES, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  RetryPolicy retryPolicy() {
    return new RetryPolicy(
        Duration.ofMillis(getLong(RETRY_BACKOFF_MS)),
        Duration.ofMillis(getLong(RETRY_BACKOFF_MAX_MS)),
        Duration.ofMillis(getLong(RETRY_TIMEOUT_MS)));
  }
}
