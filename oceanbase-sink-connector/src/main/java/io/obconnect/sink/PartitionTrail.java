package io.obconnect.sink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far one partition has come in the source's own terms: everything of it that the source made
 * before {@link #position()} is applied. Records are remembered a few at a time, not one by one.
 *
 * <p>What a record says of its own partition is certain, because a partition keeps the order of the
 * source. What others say of a partition from which nothing comes is not: {@link #take}.
 *
 * <p>Used by the task's thread only.
 */
final class PartitionTrail {
  /** A record and all before it; the next one is remembered when a step is over. */
  private record Step(long offset, SourcePosition position) {}

  /** More would only be kept by a partition that reads on for minutes and finishes nothing. */
  private static final int MAX_STEPS = 256;

  private final Deque<Step> steps = new ArrayDeque<>();
  private long lastOffset;
  private Object lastSource;
  private boolean unread;
  private boolean marked;
  private SourcePosition position = SourcePosition.UNKNOWN;
  private long quietSinceNanos;

  PartitionTrail(long nowNanos) {
    quietSinceNanos = nowNanos;
  }

  /**
   * Takes a record of the partition, whether or not it can be applied now; it may come again.
   *
   * @param source says where it stands in the source: a {@link SourcePosition}, or Debezium's
   *     source block, which is read only when a step ends with it; may be null
   */
  void seen(long offset, Object source, long nowNanos) {
    lastOffset = offset;
    lastSource = source;
    unread = true;
    quietSinceNanos = nowNanos;
  }

  /** Says that the source itself tells how far it has come, so that nothing is to be guessed. */
  void marked() {
    marked = true;
  }

  /** Says that nothing can come of the partition: it is paused, or not this task's yet. */
  void held(long nowNanos) {
    quietSinceNanos = nowNanos;
  }

  /**
   * Ends a step.
   *
   * @return where the last record stood; empty when none has come since the last step
   */
  Optional<SourcePosition> step() {
    if (!unread) {
      return Optional.empty();
    }
    SourcePosition last =
        lastSource instanceof SourcePosition known ? known : SourcePosition.ofStream(lastSource);
    lastSource = null;
    unread = false;
    // A partition that went back brings records again.
    steps.removeIf(step -> step.offset() >= lastOffset);
    if (steps.size() >= MAX_STEPS) {
      steps.removeLast();
    }
    steps.add(new Step(lastOffset, last));
    return Optional.of(last);
  }

  /**
   * Moves the position on.
   *
   * @param finished the offset before which everything is done
   * @return whether it moved
   */
  boolean finished(OptionalLong finished) {
    SourcePosition former = position;
    while (finished.isPresent()
        && !steps.isEmpty()
        && steps.peek().offset() < finished.getAsLong()) {
      position = position.latest(steps.remove().position());
    }
    return !position.equals(former);
  }

  /** Whether nothing has come for so long although it could have, and nothing tells why. */
  boolean isQuiet(long nowNanos, long durationNanos) {
    return !marked && !unread && steps.isEmpty() && nowNanos - quietSinceNanos >= durationNanos;
  }

  /** Moves the position on to what is known otherwise. */
  void take(SourcePosition other) {
    if (other.timestampMs() > position.timestampMs()) {
      position = other;
    }
  }

  /** Whether the position may follow what others say. */
  boolean isFollower() {
    return !marked;
  }

  /** Whether a record has come that the position does not tell of yet. */
  boolean isUnderWay() {
    return unread || !steps.isEmpty();
  }

  SourcePosition position() {
    return position;
  }
}
