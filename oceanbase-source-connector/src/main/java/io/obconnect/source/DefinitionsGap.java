package io.obconnect.source;

import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import io.obconnect.model.LogFileOrder;
import java.util.Comparator;
import java.util.Objects;

/**
 * The part of the log that is older than the definitions with which it is read.
 *
 * @param definitions where the log stood when they were read
 */
record DefinitionsGap(LogStart definitions) {
  private static final Comparator<LogStart> IN_ONE_LOG =
      Comparator.comparing(LogStart::file, LogFileOrder.BY_NAME)
          .thenComparingLong(LogStart::position);

  DefinitionsGap {
    Objects.requireNonNull(definitions, "definitions");
  }

  /** Whether a transaction was in the log when the definitions were read. */
  boolean contains(String gtid, String file, long position) {
    if (gtid.isEmpty() || definitions.gtids().isEmpty()) {
      return IN_ONE_LOG.compare(new LogStart(file, position, ""), definitions) < 0;
    }
    return new MySqlGtidSet(definitions.gtids()).contains(gtid);
  }

  /** Returns the text that {@link #parse} reads. */
  String text() {
    return definitions.position() + " " + definitions.file() + " " + definitions.gtids();
  }

  static DefinitionsGap parse(String text) {
    String[] parts = text.split(" ", 3);
    return new DefinitionsGap(new LogStart(parts[1], Long.parseLong(parts[0]), parts[2]));
  }
}
