package io.obconnect.sink;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far the source is known to have come, and since when. From a partition that is quiet although
 * the source has gone on for some time, nothing earlier is expected any more.
 *
 * <p>The position of a change that was applied is certain. The time of one of Debezium's heartbeats
 * is not: it is the connector's clock, whatever part of the log the connector is just reading. So a
 * record from before that time refutes it.
 *
 * <p>Used by the task's thread only.
 */
final class SourceEvidence {
  private record Sighting(SourcePosition position, boolean certain, long nanos) {
    boolean isRefutedBy(SourcePosition other) {
      return !certain && position.timestampMs() > other.timestampMs();
    }
  }

  private static final Sighting NOTHING = new Sighting(SourcePosition.UNKNOWN, true, 0);

  /** Rising in time and position. */
  private final Deque<Sighting> sightings = new ArrayDeque<>();

  private Sighting settled = NOTHING;

  /** Says that a change was applied that stood there. */
  void applied(SourcePosition position, long nowNanos) {
    add(position, true, nowNanos);
  }

  /** Says that another task has come so far, or that a heartbeat tells so. */
  void told(SourcePosition position, long nowNanos) {
    add(position, false, nowNanos);
  }

  /** As the other, where only a time is told. */
  void told(long timestampMs, long nowNanos) {
    told(new SourcePosition(newest().text(), timestampMs), nowNanos);
  }

  private void add(SourcePosition position, boolean certain, long nowNanos) {
    if (position.timestampMs() > newest().timestampMs()) {
      sightings.add(new Sighting(position, certain, nowNanos));
    }
  }

  /**
   * Says that a record has come from there, so the source had not gone on any further.
   *
   * @param position {@link SourcePosition#UNKNOWN} for a record that does not say where it stands
   */
  void reading(SourcePosition position) {
    sightings.removeIf(sighting -> sighting.isRefutedBy(position));
    if (settled.isRefutedBy(position)) {
      settled = NOTHING;
    }
  }

  /** The latest position that the source is known to have reached. */
  SourcePosition newest() {
    return sightings.isEmpty() ? settled.position() : sightings.getLast().position();
  }

  /** The latest position that the source was known to have reached at some time. */
  SourcePosition at(long nanos) {
    while (!sightings.isEmpty() && sightings.peek().nanos() - nanos <= 0) {
      settled = sightings.remove();
    }
    return settled.position();
  }
}
