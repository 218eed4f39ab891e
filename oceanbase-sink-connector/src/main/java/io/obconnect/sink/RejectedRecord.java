package io.obconnect.sink;

import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record that cannot be applied, with the reason: table, position and error, never a row value.
 *
 * @param record as Connect delivered it; null where nobody takes such records, see {@link
 *     LaneRouting.Origin}
 */
record RejectedRecord(TopicPosition position, SinkRecord record, ConnectException reason) {
  RejectedRecord {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(reason, "reason");
  }

  static RejectedRecord of(TopicPosition position, SinkRecord record, String why) {
    return new RejectedRecord(
        position, record, new ConnectException("record of " + position + ": " + why));
  }

  static RejectedRecord of(SinkRecord record, String why) {
    return of(TopicPosition.of(record), record, why);
  }
}
