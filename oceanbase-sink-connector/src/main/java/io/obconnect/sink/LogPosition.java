package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.LogFileOrder;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a change stands in the source's log, so that two of them can be put in order.
 *
 * @param server the server that wrote the log, 0 where it may be any
 * @param file the log's file, empty where the source says none
 * @param offset in the file, in bytes
 * @param timestampMs when the source made the change, in milliseconds since 1970, 0 where unknown
 */
record LogPosition(long server, String file, long offset, long timestampMs) {
  static final LogPosition UNKNOWN = new LogPosition(0, "", 0, 0);

  private static final Comparator<LogPosition> IN_ONE_LOG =
      Comparator.comparing(LogPosition::file, LogFileOrder.BY_NAME)
          .thenComparingLong(LogPosition::offset);

  LogPosition {
    Objects.requireNonNull(file, "file");
  }

  /** Reads Debezium's source block, with or without schema, which may be missing. */
  static LogPosition of(Object source) {
    if (source == null) {
      return UNKNOWN;
    }
    return new LogPosition(
        RecordParts.number(source, "server_id"),
        RecordParts.get(source, "file") instanceof String name ? name : "",
        RecordParts.number(source, "pos"),
        RecordParts.number(source, "ts_ms"));
  }

  /** Where the rows of a table without a key were read; no row says which server wrote its log. */
  static LogPosition of(CopyBlock.Snapshot snapshot) {
    return new LogPosition(0, snapshot.file(), snapshot.offset(), snapshot.timestampMs());
  }

  /** Whether this is certain to stand behind another position. */
  boolean isAfter(LogPosition other) {
    return isInLogOf(other) ? IN_ONE_LOG.compare(this, other) > 0 : timestampMs > other.timestampMs;
  }

  /**
   * Whether this is certain to stand at another position or before it. Positions of different logs
   * never do: a source that was set up anew counts from the beginning.
   */
  boolean isWithin(LogPosition other) {
    return isInLogOf(other)
        && IN_ONE_LOG.compare(this, other) <= 0
        && timestampMs <= other.timestampMs;
  }

  private boolean isInLogOf(LogPosition other) {
    boolean sameServer = server == other.server || server == 0 || other.server == 0;
    return sameServer && !file.isEmpty() && !other.file.isEmpty();
  }

  /** Returns the later one in the log, with the later time of both. */
  LogPosition max(LogPosition other) {
    LogPosition later = isAfter(other) ? this : other;
    return new LogPosition(
        later.server, later.file, later.offset, Math.max(timestampMs, other.timestampMs));
  }

  /** Returns the text that {@link #parse} reads. */
  String text() {
    return server + ":" + offset + ":" + timestampMs + ":" + file;
  }

  static Optional<LogPosition> parse(String text) {
    String[] parts = text == null ? new String[0] : text.split(":", 4);
    return parts.length < 4
        ? Optional.empty()
        : Optional.of(
            new LogPosition(
                Long.parseLong(parts[0]),
                parts[3],
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2])));
  }
}
