package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.source.TopicFacts.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class MarkedTopicsTest {
  private final Map<String, TopicFacts> kafka = new HashMap<>();
  private boolean away;
  private long nowNanos;
  private final MarkedTopics topics = new MarkedTopics(this::read, () -> nowNanos);

  private List<TopicFacts> read(Map<String, Role> asked) {
    if (away) {
      throw new TimeoutException("away");
    }
    return asked.keySet().stream().filter(kafka::containsKey).map(kafka::get).toList();
  }

  private void create(String name, int partitions, String cleanup) {
    kafka.put(
        name, new TopicFacts(name, Role.CHANGES, partitions, Map.of("cleanup.policy", cleanup)));
  }

  private Map<String, Integer> partitionsLaterOf(String... current) {
    nowNanos += Duration.ofMinutes(1).toNanos();
    return topics.partitions(() -> Set.of(current));
  }

  @Test
  void topicsThatAreThereGetMarkers() {
    create("a", 3, "delete");
    assertEquals(Map.of("a", 3), partitionsLaterOf("a", "b"));
    create("b", 1, "delete");
    create("a", 4, "delete");
    assertEquals(Map.of("a", 3), topics.partitions(() -> Set.of("a", "b")), "not asked each time");
    assertEquals(Map.of("a", 4, "b", 1), partitionsLaterOf("a", "b"));
  }

  @Test
  void topicOfADroppedTableStaysOne() {
    create("a", 3, "delete");
    partitionsLaterOf("a");
    assertEquals(Map.of("a", 3), partitionsLaterOf());
  }

  @Test
  void compactedTopicTakesNoRecordsWithoutKey() {
    create("a", 3, "compact,delete");
    assertEquals(Map.of(), partitionsLaterOf("a"));
  }

  @Test
  void whatWasKnownHoldsWhileKafkaIsAway() {
    create("a", 3, "delete");
    partitionsLaterOf("a");
    away = true;
    assertEquals(Map.of("a", 3), partitionsLaterOf("a"));
  }
}
