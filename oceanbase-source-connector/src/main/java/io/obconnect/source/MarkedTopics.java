package io.obconnect.source;

import io.obconnect.source.TopicFacts.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of a connector's topics get markers, and how many partitions they have. Kafka is asked
 * again when there are further topics, and from time to time. One thread only.
 */
final class MarkedTopics {
  private static final Logger LOG = LoggerFactory.getLogger(MarkedTopics.class);

  /** Partitions may be added, and a topic is created by its first record. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final Function<Map<String, Role>, Collection<TopicFacts>> reader;
  private final LongSupplier nanoTime;

  /** Also those of tables that have been dropped: who reads them waits for what comes. */
  private final Set<String> topics = new TreeSet<>();

  private final Set<String> compacted = new TreeSet<>();
  private Map<String, Integer> partitions = Map.of();
  private boolean read;
  private long readNanos;

  /**
   * Topics of which nothing is known yet.
   *
   * @param reader finds those that are there
   */
  MarkedTopics(Function<Map<String, Role>, Collection<TopicFacts>> reader, LongSupplier nanoTime) {
    this.reader = Objects.requireNonNull(reader, "reader");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * The number of partitions of those topics that are there and may get markers.
   *
   * @param current names the topics of the tables that there are now
   */
  synchronized Map<String, Integer> partitions(Supplier<Set<String>> current) {
    long now = nanoTime.getAsLong();
    if (!read || now - readNanos >= MAX_AGE.toNanos()) {
      read = true;
      readNanos = now;
      topics.addAll(current.get());
      read();
    }
    return partitions;
  }

  /**
   * As Kafka has it now: what is in order with all rows of a table has to reach all of them.
   *
   * @return empty where the topic is not there; 1 where it may get no markers
   */
  synchronized OptionalInt partitions(String topic) {
    return reader.apply(Map.of(topic, Role.CHANGES)).stream()
        .mapToInt(facts -> facts.isCompacted() ? 1 : facts.partitions())
        .findFirst();
  }

  private void read() {
    Map<String, Role> asked =
        topics.stream().collect(Collectors.toMap(topic -> topic, topic -> Role.CHANGES));
    try {
      Map<String, Integer> found = new HashMap<>();
      for (TopicFacts topic : reader.apply(asked)) {
        if (!topic.isCompacted()) {
          found.put(topic.name(), topic.partitions());
        } else if (compacted.add(topic.name())) {
          LOG.warn(
              "Topic {} gets no markers: it is compacted, and takes no records without a key",
              topic.name());
        }
      }
      partitions = Map.copyOf(found);
    } catch (KafkaException e) {
      // What was known holds; where Kafka is away, records wait, too.
      LOG.warn("Topics could not be looked up for markers: {}", e.getMessage());
    }
  }
}
