package io.obconnect.source;

import io.obconnect.model.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Puts markers between a task's records. A marker has the offset of the record before it, so that
 * nothing that follows is skipped after a restart. Used by Connect's task thread only.
 */
final class Markers {
  private final Function<Map<String, String>, Map<String, Object>> resumePoint;
  private Optional<SourceRecord> last = Optional.empty();

  /**
   * Markers of a task's records.
   *
   * @param resumePoint the offset that holds before the first record; null where there is none
   */
  Markers(Function<Map<String, String>, Map<String, Object>> resumePoint) {
    this.resumePoint = Objects.requireNonNull(resumePoint, "resumePoint");
  }

  /** The records with markers in the places of {@link PositionRecord}s. */
  List<SourceRecord> in(List<SourceRecord> records) {
    List<SourceRecord> all = new ArrayList<>(records.size());
    for (SourceRecord record : records) {
      if (record instanceof PositionRecord place) {
        addMarkers(place, all);
      } else {
        all.add(record);
        last = Optional.of(record);
      }
    }
    return all;
  }

  private void addMarkers(PositionRecord place, List<SourceRecord> all) {
    ReadPosition position = place.position();
    Map<String, ?> offset =
        last.<Map<String, ?>>map(SourceRecord::sourceOffset)
            .orElseGet(() -> resumePoint.apply(position.partition()));
    if (offset == null || offset.isEmpty()) {
      // A marker without an offset would forget it.
      return;
    }
    String text = position.marker().toString();
    // In one order, so that who compares two topics finds the same.
    new TreeMap<>(place.topics())
        .forEach(
            (topic, partitions) -> {
              for (int partition = 0; partition < partitions; partition++) {
                all.add(marker(position.partition(), offset, topic, partition, text));
              }
            });
  }

  private static SourceRecord marker(
      Map<String, ?> source, Map<String, ?> offset, String topic, int partition, String text) {
    return new SourceRecord(
        source,
        offset,
        topic,
        partition,
        null,
        null,
        null,
        null,
        null,
        new ConnectHeaders().addString(Marker.HEADER, text));
  }
}
