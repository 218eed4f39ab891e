package io.obconnect.source;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Stands in the queue of records, behind all that were made up to a position of the log. It never
 * leaves the task: {@link Markers} puts markers in its place.
 */
final class PositionRecord extends SourceRecord {
  private final ReadPosition position;
  private final Map<String, Integer> topics;

  /**
   * A place for markers.
   *
   * @param topics that get them, with the number of their partitions
   */
  PositionRecord(ReadPosition position, Map<String, Integer> topics) {
    super(position.partition(), Map.of(), "", null, null);
    this.position = Objects.requireNonNull(position, "position");
    this.topics = Map.copyOf(topics);
  }

  ReadPosition position() {
    return position;
  }

  Map<String, Integer> topics() {
    return topics;
  }
}
