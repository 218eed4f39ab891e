package io.obconnect.source;

import io.obconnect.model.Marker;
import java.util.Map;
import java.util.Objects;

/**
 * Up to where a log has been read: everything before is on its way to Kafka.
 *
 * @param partition of the source, as Connect knows it
 * @param file of the log
 * @param next the place in the file behind what was read
 * @param text the same for people: GTID, or file and place
 * @param timestampMs when the source made what was read last, in milliseconds since 1970
 */
record ReadPosition(
    Map<String, String> partition, String file, long next, String text, long timestampMs) {
  ReadPosition {
    partition = Map.copyOf(partition);
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(text, "text");
  }

  /** Whether nothing of a log's end, as a server has told it, is still to be read. */
  boolean hasReached(ServerLogEnd end) {
    return file.equals(end.file()) && next >= end.position();
  }

  /** The same place at a later time, until which nothing else happened. */
  ReadPosition at(long laterMs) {
    return new ReadPosition(partition, file, next, text, Math.max(timestampMs, laterMs));
  }

  Marker marker() {
    return Marker.ofTime(text, timestampMs);
  }
}
