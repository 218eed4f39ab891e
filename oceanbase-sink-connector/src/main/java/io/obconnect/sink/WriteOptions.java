package io.obconnect.sink;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: how rows are written. */
final class WriteOptions {
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

  private static final String GROUP = "Writes";

  private WriteOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            EXACTLY_ONCE,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.HIGH,
            "Whether the offsets that were applied are kept in the destination, in the transaction of their rows: after"
                + " any crash nothing is lost and nothing is applied twice. false: changes since the last committed"
                + " offsets are applied again after a crash, which ends in the same rows.",
            GROUP,
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
            GROUP,
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
            GROUP,
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
            GROUP,
            4,
            Width.SHORT,
            "Changes in a transaction")
        .define(
            WINDOW_MAX_BYTES,
            ConfigDef.Type.INT,
            8 * 1024 * 1024,
            Range.between(1_024, 64 * 1024 * 1024),
            Importance.LOW,
            "Size in bytes, estimated, of one transaction's changes. A statement has at most so many characters, too,"
                + " no more than 1,048,576, and no more than a quarter of the server's max_allowed_packet, unless one"
                + " row has.",
            GROUP,
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
            GROUP,
            6,
            Width.SHORT,
            "Linger")
        .define(
            BUFFER_MAX_ROWS,
            ConfigDef.Type.INT,
            20_000,
            Range.between(100, 10_000_000),
            Importance.MEDIUM,
            "Changes that may wait in a task before its partitions are paused. Where there is a dead-letter queue, each"
                + " keeps its whole Kafka record in memory: several kilobytes with a schema in every record.",
            GROUP,
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
            GROUP,
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
            GROUP,
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
            GROUP,
            10,
            Width.SHORT,
            "Release time-out")
        .define(
            TRANSACTION_MODE,
            ConfigDef.Type.STRING,
            OptionValues.of(TransactionMode.ROW),
            OptionValues.validator(TransactionMode.class),
            Importance.MEDIUM,
            "What becomes visible together in the destination: row, whatever changes a lane has at hand, each row by"
                + " itself in order; source, all changes of a source's transaction, in the order of the commits, on one"
                + " connection. source needs tasks.max=1, exactly.once=true, provide.transaction.metadata=true in the"
                + " source and its transaction topic among the topics.",
            GROUP,
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
            GROUP,
            12,
            Width.SHORT,
            "Wait for a transaction");
  }
}
