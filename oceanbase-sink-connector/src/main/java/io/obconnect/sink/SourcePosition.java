package io.obconnect.sink;

import java.util.Objects;

/**
 * Where a change stands in the source.
 *
 * @param text GTID, or file and position, or the log's own number; empty where the source says none
 * @param timestampMs when the source made the change, in milliseconds since 1970, 0 where unknown
 */
record SourcePosition(String text, long timestampMs) {
  static final SourcePosition UNKNOWN = new SourcePosition("", 0);

  /** The longest text that the ledger keeps. */
  static final int MAX_CHARS = 500;

  SourcePosition {
    Objects.requireNonNull(text, "text");
    text = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }

  /** Reads Debezium's source block, with or without schema. */
  static SourcePosition of(Object source) {
    if (source == null) {
      return UNKNOWN;
    }
    return new SourcePosition(text(source), timestampMs(source));
  }

  /**
   * As {@link #of}, but unknown for a row of a snapshot: its time is when it was read, and the
   * stream begins before that.
   */
  static SourcePosition ofStream(Object source) {
    return isSnapshot(source) ? UNKNOWN : of(source);
  }

  /** Whether a source block describes what the connector found at its start. */
  static boolean isSnapshot(Object source) {
    // Without a schema, "true" may have become a boolean.
    Object snapshot = RecordParts.get(source, "snapshot");
    return snapshot != null && !snapshot.toString().equals("false");
  }

  /** As {@link #timestampMs()}, of the block alone. */
  static long timestampMs(Object source) {
    return RecordParts.get(source, "ts_ms") instanceof Long millis ? millis : 0;
  }

  /** Returns the other one, which came later, unless the source's clock had gone back. */
  SourcePosition latest(SourcePosition later) {
    return later.timestampMs > 0 && later.timestampMs >= timestampMs ? later : this;
  }

  private static String text(Object source) {
    for (String name : new String[] {"gtid", "scn", "lsn", "commit_ts"}) {
      Object value = RecordParts.get(source, name);
      if (value != null) {
        return value.toString();
      }
    }
    Object file = RecordParts.get(source, "file");
    return file == null ? "" : file + ":" + RecordParts.get(source, "pos");
  }
}
