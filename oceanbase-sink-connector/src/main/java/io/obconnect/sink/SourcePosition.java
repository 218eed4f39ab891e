package io.obconnect.sink;

import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

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

  /** Reads Debezium's source block. */
  static SourcePosition of(Struct source) {
    if (source == null) {
      return UNKNOWN;
    }
    return new SourcePosition(text(source), timestampMs(source));
  }

  /** As {@link #timestampMs()}, of the block alone. */
  static long timestampMs(Struct source) {
    return source != null && value(source, "ts_ms") instanceof Long millis ? millis : 0;
  }

  private static String text(Struct source) {
    for (String name : new String[] {"gtid", "scn", "lsn", "commit_ts"}) {
      Object value = value(source, name);
      if (value != null) {
        return value.toString();
      }
    }
    Object file = value(source, "file");
    return file == null ? "" : file + ":" + value(source, "pos");
  }

  private static Object value(Struct parent, String name) {
    Field field = parent.schema().field(name);
    return field == null ? null : parent.getWithoutDefault(name);
  }
}
