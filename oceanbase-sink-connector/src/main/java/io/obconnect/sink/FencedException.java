package io.obconnect.sink;

import java.io.Serial;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** Another task has taken a partition over; nothing of it may be written here any more. */
final class FencedException extends ConnectException {
  @Serial private static final long serialVersionUID = 1;

  private final transient TopicPartition partition;

  FencedException(TopicPartition partition) {
    super(
        "another task has taken "
            + partition
            + " over, or its offsets were reset; two connectors of one name must not write to one"
            + " ledger");
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }
}
