package io.obconnect.sink;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * A task's right to write the changes of one partition, and what had been applied of it when the
 * right was taken.
 *
 * <p>A partition's changes are divided into slots by the hash of their key. A slot's mark says that
 * all its changes before that offset are applied. Each slot's mark is moved by the one lane that
 * applies the slot, in the transaction of the rows.
 *
 * @param epoch grows with every claim; marks are moved only by the owner of the latest one. {@link
 *     #NO_EPOCH} when no marks are kept
 * @param marks one offset for each slot
 */
record PartitionClaim(TopicPartition partition, long epoch, List<Long> marks) {
  /** Of a claim that keeps no marks: delivery is at least once. */
  static final long NO_EPOCH = 0;

  PartitionClaim {
    Objects.requireNonNull(partition, "partition");
    marks = List.copyOf(marks);
    if (marks.isEmpty()) {
      throw new IllegalArgumentException(partition + " needs a slot");
    }
  }

  /** A claim without marks. */
  static PartitionClaim unmarked(TopicPartition partition, int slots) {
    return new PartitionClaim(partition, NO_EPOCH, Collections.nCopies(slots, 0L));
  }

  boolean isMarked() {
    return epoch != NO_EPOCH;
  }

  int slots() {
    return marks.size();
  }

  /** Where reading goes on: everything before is applied. */
  long resumeOffset() {
    return Collections.min(marks);
  }

  /** From here on nothing is applied. */
  long endOffset() {
    return Collections.max(marks);
  }

  /** Whether all slots stand at one offset, so that they can be divided anew. */
  boolean isSealed() {
    return resumeOffset() == endOffset();
  }
}
