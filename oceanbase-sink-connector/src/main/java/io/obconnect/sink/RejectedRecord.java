package io.obconnect.sink;

import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record that cannot be applied.
 *
 * @param record as Connect delivered it; null where nobody takes such records, see {@link
 *     LaneRouting.Origin}
 */
record RejectedRecord(TopicPosition position, SinkRecord record, Rejection why) {
  RejectedRecord {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(why, "why");
  }

  /** What fails the task where there is no dead-letter queue, and what Connect says of it there. */
  ConnectException failure() {
    return new ConnectException("record of " + position + ": " + why.description());
  }
}
