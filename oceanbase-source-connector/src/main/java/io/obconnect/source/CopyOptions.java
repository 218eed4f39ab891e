package io.obconnect.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How tables are copied.
 *
 * @param blocks whether they come as blocks of SQL text, not as Debezium's snapshot
 * @param topic where blocks go
 * @param planTopic where the plan is kept
 * @param tasks how many tasks copy
 * @param chunkBytes about how much of a table is copied as one piece
 * @param blockBytes how large a record becomes
 */
record CopyOptions(
    boolean blocks, String topic, String planTopic, int tasks, long chunkBytes, int blockBytes) {
  static final String ENCODING = "copy.encoding";
  static final String TOPIC = "copy.topic";
  static final String PLAN_TOPIC = "copy.plan.topic";
  static final String TASKS = "copy.tasks";
  static final String CHUNK_BYTES = "copy.chunk.bytes";
  static final String BLOCK_BYTES = "copy.block.bytes";
  static final String BLOCKS = "blocks";
  static final String ROWS = "rows";

  static final String SCHEMA_CHANGES = "include.schema.changes";
  private static final String GROUP = "Full copy";
  private static final String PREFIX = "topic.prefix";
  private static final long DEFAULT_CHUNK_BYTES = 32L << 20;
  private static final int DEFAULT_BLOCK_BYTES = 900_000;

  CopyOptions {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(planTopic, "planTopic");
  }

  static void define(ConfigDef definition) {
    definition
        .define(
            ENCODING,
            ConfigDef.Type.STRING,
            ROWS,
            ValidString.in(ROWS, BLOCKS),
            Importance.HIGH,
            "How tables are copied. `rows`: by Debezium's snapshot, as change events in the tables' topics, for any"
                + " consumer. `blocks`: as SQL text in a topic of its own, for this project's sink with `copy.blocks=true`"
                + " only: many times as fast, by several tasks, and resumed where it was interrupted. Needs `schema.history.internal.kafka.bootstrap.servers`;"
                + " `snapshot.mode` is `no_data` then.",
            GROUP,
            1,
            Width.SHORT,
            "Encoding")
        .define(
            TASKS,
            ConfigDef.Type.INT,
            4,
            Range.between(1, Chunk.SLICES),
            Importance.MEDIUM,
            "How many tasks copy blocks, as far as `tasks.max` leaves some beside the one that streams. With"
                + " `tasks.max=1` that one copies, too.",
            GROUP,
            2,
            Width.SHORT,
            "Tasks")
        .define(
            TOPIC,
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            "Topic of the blocks; by default the `topic.prefix` with `.copy` behind it. The sink has to read it.",
            GROUP,
            3,
            Width.MEDIUM,
            "Topic")
        .define(
            PLAN_TOPIC,
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            "Topic that keeps the plan of the copy, beside the schema history and with its client settings; by default"
                + " the `topic.prefix` with `copy-plan.` before it. Created when missing, with one partition; nothing of"
                + " it may expire, and no sink may read it.",
            GROUP,
            4,
            Width.MEDIUM,
            "Plan's topic")
        .define(
            CHUNK_BYTES,
            ConfigDef.Type.LONG,
            DEFAULT_CHUNK_BYTES,
            Range.between(1L << 10, 1L << 40),
            Importance.LOW,
            "About how many bytes of a table, by the server's statistics, are copied as one piece. What was interrupted"
                + " is copied again by the piece.",
            GROUP,
            5,
            Width.SHORT,
            "Bytes of a chunk")
        .define(
            BLOCK_BYTES,
            ConfigDef.Type.INT,
            DEFAULT_BLOCK_BYTES,
            Range.between(1 << 10, 1 << 30),
            Importance.LOW,
            "How many bytes of SQL text a record carries; below the producer's `max.request.size` and the topic's"
                + " `max.message.bytes`.",
            GROUP,
            6,
            Width.SHORT,
            "Bytes of a record");
  }

  /**
   * Reads the options.
   *
   * @param values as the definition has parsed them
   * @param options as they were given
   */
  static CopyOptions of(Map<String, ?> values, Map<String, String> options) {
    String prefix = options.getOrDefault(PREFIX, "");
    return new CopyOptions(
        isBlocks(options),
        named(values, TOPIC, prefix + ".copy"),
        named(values, PLAN_TOPIC, "copy-plan." + prefix),
        (Integer) values.get(TASKS),
        (Long) values.get(CHUNK_BYTES),
        (Integer) values.get(BLOCK_BYTES));
  }

  /** What is wrong with the options together, by the name of one. */
  static Map<String, String> findings(Map<String, String> options) {
    Map<String, String> findings = new LinkedHashMap<>();
    if (isBlocks(options)) {
      if (!options.containsKey(PlanTopic.BOOTSTRAP_SERVERS)) {
        findings.put(ENCODING, "blocks need a plan in Kafka: set " + PlanTopic.BOOTSTRAP_SERVERS);
      }
      if ("false".equals(options.get(SCHEMA_CHANGES))) {
        findings.put(SCHEMA_CHANGES, "blocks need the definitions of their tables: set it to true");
      }
      String mode = options.getOrDefault(SourceDefaults.SNAPSHOT_MODE, SourceDefaults.NO_DATA);
      if (!mode.equals(SourceDefaults.NO_DATA)) {
        findings.put(
            SourceDefaults.SNAPSHOT_MODE,
            "blocks take the place of the snapshot: leave it out, or set "
                + SourceDefaults.NO_DATA);
      }
    }
    return findings;
  }

  static boolean isBlocks(Map<String, String> options) {
    return BLOCKS.equals(options.get(ENCODING));
  }

  private static String named(Map<String, ?> values, String option, String otherwise) {
    String name = (String) values.get(option);
    return name.isEmpty() ? otherwise : name;
  }
}
