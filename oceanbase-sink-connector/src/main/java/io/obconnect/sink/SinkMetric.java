package io.obconnect.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Every metric of a sink task: its name, its unit and what it says. The table in docs/metrics.md is
 * made of this list.
 */
enum SinkMetric {
  CHANGES_APPLIED(
      "changes-applied-total",
      Unit.CHANGES,
      new Tag("operation", names(SourceChange.Operation.values())),
      "Changes whose transaction was committed. An update that moves a row to another lane counts as a delete, too."),
  ROWS_WRITTEN(
      "rows-written-total",
      Unit.ROWS,
      "Rows that those changes came down to: of several changes of a row in one transaction only the last is"
          + " written."),
  SQL_CHARACTERS(
      "sql-characters-total", Unit.CHARACTERS, "Length of the statements that were committed."),
  TRANSACTIONS(
      "transactions-total",
      Unit.TRANSACTIONS,
      "Transactions with changes that were committed; changes-applied-total divided by this is their size."),
  LANE_BUSY(
      "lane-busy-ms-total",
      Unit.MILLISECONDS,
      new Tag("lane", List.of()),
      "Time that a lane has had work, what it is doing now included. Per second and divided by 1000: its busy share."),
  LAG(
      "apply-lag-ms",
      Unit.MILLISECONDS,
      "From the change in the source to its commit in the destination, of the change applied last; it stays when nothing"
          + " more comes. NaN before the first change, or when the source gives no time."),
  LAG_MAX(
      "apply-lag-max-ms",
      Unit.MILLISECONDS,
      "The same of each partition's last change, the highest of the task's partitions."),
  LOW_WATERMARK(
      "watermark-low-ms",
      Unit.MILLISECONDS,
      "Source time in milliseconds since 1970 before which everything of the task's partitions is applied; see the"
          + " README. NaN while unknown. A connector's is the lowest of its tasks."),
  HIGH_WATERMARK(
      "watermark-high-ms",
      Unit.MILLISECONDS,
      "The same of the partition that has come furthest. NaN while unknown."),
  WATERMARK_LAG(
      "watermark-lag-ms",
      Unit.MILLISECONDS,
      "From watermark-low-ms until now. Grows also while the source is idle and sends no heartbeats."),
  RETRIES(
      "retries-total",
      Unit.FAILURES,
      new Tag("code", List.of()),
      "Failures that pass by themselves and were tried again, by the destination's error code; 0 is the driver's own,"
          + " such as a lost connection."),
  CONFLICTS(
      "conflict-dependencies-total",
      Unit.CHANGES,
      "Changes that had to go after changes of other lanes, because they share a value of a further unique key."),
  CONFLICT_WAITS(
      "conflict-waits-total",
      Unit.WAITS,
      new Tag("peer", names(Peer.values())),
      "How often a lane waited for such a change: of another lane, or of another task that still has to free the value."),
  CONFLICT_WAIT_TIME(
      "conflict-wait-ms-total",
      Unit.MILLISECONDS,
      new Tag("peer", names(Peer.values())),
      "How long these waits took."),
  SCHEMA_CHANGES(
      "schema-changes-total",
      Unit.STATEMENTS,
      new Tag("outcome", names(Ledger.Outcome.values())),
      "Schema changes by what became of them, as in the ledger's column outcome."),
  DEAD_LETTERS(
      "dead-letters-total", Unit.RECORDS, "Records that were handed to the dead-letter queue."),
  BARRIERS(
      "barriers-total",
      Unit.BARRIERS,
      new Tag("kind", names(Barrier.values())),
      "How often a partition waited until nothing of it was under way: to empty a table, to divide the partition anew,"
          + " or to go back to a table's first refused change."),
  HELD(
      "partitions-held",
      Unit.PARTITIONS,
      new Tag("reason", names(HoldReason.values())),
      "Partitions that are paused now, by the reason; see below."),
  BUFFERED_CHANGES("buffered-changes", Unit.CHANGES, "Changes that wait or are being written."),
  BUFFERED_BYTES("buffered-bytes", Unit.BYTES, "Memory that they take, estimated."),
  SKIPPED(
      "changes-skipped-total",
      Unit.CHANGES,
      "Changes that came again after a restart and had been applied before."),
  FENCED(
      "fenced-transactions-total",
      Unit.TRANSACTIONS,
      "Transactions that the destination refused because another task had taken the partition over."),
  DESTINATION_MEMORY(
      "destination-memory-ratio",
      Unit.RATIO,
      "Share of its memstore limit that the fullest server of the destination uses. NaN where the destination does not"
          + " show it.");

  /** What a metric counts. */
  enum Unit {
    CHANGES,
    ROWS,
    CHARACTERS,
    TRANSACTIONS,
    MILLISECONDS,
    FAILURES,
    WAITS,
    STATEMENTS,
    RECORDS,
    BARRIERS,
    PARTITIONS,
    BYTES,
    RATIO
  }

  /** Whose change a lane waits for. */
  enum Peer {
    LANE,
    TASK
  }

  /** Why a partition has to be quiet. */
  enum Barrier {
    TRUNCATE,
    SEAL,
    REWIND,
    SCHEMA_CHANGE
  }

  /**
   * What the series of one metric are told apart by, besides connector and task.
   *
   * @param values those that are shown from the start; empty where they are found out later
   */
  record Tag(String name, List<String> values) {
    Tag {
      Objects.requireNonNull(name, "name");
      values = List.copyOf(values);
    }
  }

  private static final Tag NO_TAG = new Tag("", List.of(""));

  private final String metricName;
  private final Unit unit;

  @SuppressWarnings("ImmutableEnumChecker") // a record that copies its list
  private final Tag tag;

  private final String description;

  SinkMetric(String metricName, Unit unit, String description) {
    this(metricName, unit, null, description);
  }

  SinkMetric(String metricName, Unit unit, Tag tag, String description) {
    this.metricName = metricName;
    this.unit = unit;
    this.tag = tag;
    this.description = description;
  }

  String metricName() {
    return metricName;
  }

  Unit unit() {
    return unit;
  }

  /** Its name is empty where the metric has one series only. */
  Tag tag() {
    return tag == null ? NO_TAG : tag;
  }

  String description() {
    return description;
  }

  /** Whether it only grows. */
  boolean isCounter() {
    return metricName.endsWith("-total");
  }

  static String tagValue(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(SinkMetric::tagValue).toList();
  }
}
