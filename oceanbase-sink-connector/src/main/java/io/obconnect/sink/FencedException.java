package io.obconnect.sink;

import java.io.Serial;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** Another task has taken a partition over; nothing may be written by this claim any more. */
final class FencedException extends ConnectException {
  @Serial private static final long serialVersionUID = 1;

  private final transient PartitionClaim claim;

  FencedException(PartitionClaim claim) {
    super(
        "another task has taken "
            + claim.partition()
            + " over, or its offsets were reset; two connectors of one name must not write to one"
            + " ledger");
    this.claim = claim;
  }

  TopicPartition partition() {
    return claim.partition();
  }

  /** Whether it is this claim that was lost; the task may have made another one since. */
  boolean concerns(PartitionClaim other) {
    Objects.requireNonNull(other, "other");
    return claim.partition().equals(other.partition()) && claim.epoch() == other.epoch();
  }
}
