package io.obconnect.sink;

import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record that cannot be applied, with the reason: table, position and error, never a row value.
 */
record RejectedRecord(SinkRecord record, ConnectException reason) {
  RejectedRecord {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(reason, "reason");
  }

  TopicPosition position() {
    return TopicPosition.of(record);
  }

  static RejectedRecord of(SinkRecord record, String why) {
    return new RejectedRecord(
        record, new ConnectException("record of " + TopicPosition.of(record) + ": " + why));
  }
}
