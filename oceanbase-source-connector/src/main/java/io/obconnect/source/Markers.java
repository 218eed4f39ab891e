package io.obconnect.source;

import io.obconnect.model.Marker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts markers between a task's records: in the places of {@link PositionRecord}s, and in front of
 * truncations whose table has several partitions. A marker has the offset of the record before it,
 * so that nothing that follows is skipped after a restart. Used by Connect's task thread only.
 */
final class Markers {
  private static final Logger LOG = LoggerFactory.getLogger(Markers.class);

  /** How long Kafka may not answer; records that wait for it fail after about the same time. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Function<Map<String, String>, Map<String, Object>> resumePoint;
  private final Optional<Function<String, OptionalInt>> partitions;
  private final LongSupplier nanoTime;
  private final Deque<SourceRecord> waiting = new ArrayDeque<>();
  private Optional<SourceRecord> last = Optional.empty();
  private boolean asking;
  private long askingSinceNanos;

  /**
   * Markers of a task's records.
   *
   * @param resumePoint the offset that holds before the first record; null where there is none
   * @param partitions asks Kafka how many partitions a topic has, empty where it is not there;
   *     empty where there are no markers
   */
  Markers(
      Function<Map<String, String>, Map<String, Object>> resumePoint,
      Optional<Function<String, OptionalInt>> partitions,
      LongSupplier nanoTime) {
    this.resumePoint = Objects.requireNonNull(resumePoint, "resumePoint");
    this.partitions = Objects.requireNonNull(partitions, "partitions");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /** Whether records wait for Kafka; {@link #in} is to be called without further ones. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** The records that may be sent, with their markers. */
  List<SourceRecord> in(List<SourceRecord> records) {
    waiting.addAll(records);
    List<SourceRecord> all = new ArrayList<>(waiting.size());
    Set<String> topics = new HashSet<>();
    while (!waiting.isEmpty()) {
      SourceRecord record = waiting.peek();
      if (record instanceof PositionRecord place) {
        addMarkers(place, all);
      } else {
        if (partitions.isPresent() && Truncation.is(record) && !announce(record, topics, all)) {
          return all;
        }
        all.add(record);
        topics.add(record.topic());
        last = Optional.of(record);
      }
      waiting.remove();
    }
    return all;
  }

  private void addMarkers(PositionRecord place, List<SourceRecord> all) {
    ReadPosition position = place.position();
    Map<String, ?> offset = lastOffset(position.partition());
    if (offset == null || offset.isEmpty()) {
      // A marker without an offset would forget it.
      return;
    }
    String text = position.marker().toString();
    // In one order, so that who compares two topics finds the same.
    new TreeMap<>(place.topics())
        .forEach((topic, count) -> add(position.partition(), offset, topic, count, text, all));
  }

  private Map<String, ?> lastOffset(Map<String, String> source) {
    return last.<Map<String, ?>>map(SourceRecord::sourceOffset)
        .orElseGet(() -> resumePoint.apply(source));
  }

  /**
   * Puts markers of a truncation in front of it.
   *
   * @param topics those that have got records since Connect was last given some
   * @return whether that is done; if not, the truncation has to wait
   */
  private boolean announce(SourceRecord truncation, Set<String> topics, List<SourceRecord> all) {
    Optional<OptionalInt> count = ask(truncation.topic());
    if (count.isEmpty()) {
      return false;
    }
    if (count.get().isEmpty()) {
      // The rows before it create the topic, when Connect gets them.
      return !topics.contains(truncation.topic());
    }
    Map<String, String> source = Truncation.sourcePartition(truncation);
    Map<String, ?> offset = lastOffset(source);
    int several = count.get().getAsInt();
    if (several > 1 && offset != null && !offset.isEmpty()) {
      String text = Truncation.marker(truncation, several).toString();
      add(source, offset, truncation.topic(), several, text, all);
    }
    return true;
  }

  /** Empty where Kafka does not answer. */
  private Optional<OptionalInt> ask(String topic) {
    try {
      OptionalInt count = partitions.orElseThrow().apply(topic);
      asking = false;
      return Optional.of(count);
    } catch (KafkaException e) {
      long now = nanoTime.getAsLong();
      askingSinceNanos = asking ? askingSinceNanos : now;
      asking = true;
      if (now - askingSinceNanos >= PATIENCE.toNanos()) {
        throw new ConnectException(
            "a truncation cannot be announced: Kafka did not tell the partitions of topic "
                + topic
                + " for "
                + PATIENCE.toSeconds()
                + " s; see to it that "
                + PlanTopic.BOOTSTRAP_SERVERS
                + " answers, then restart the task",
            e);
      }
      LOG.warn("A truncation waits until Kafka tells the partitions of topic {}", topic);
      return Optional.empty();
    }
  }

  private static void add(
      Map<String, ?> source,
      Map<String, ?> offset,
      String topic,
      int partitions,
      String text,
      List<SourceRecord> all) {
    for (int partition = 0; partition < partitions; partition++) {
      all.add(
          new SourceRecord(
              source,
              offset,
              topic,
              partition,
              null,
              null,
              null,
              null,
              null,
              new ConnectHeaders().addString(Marker.HEADER, text)));
    }
  }
}
