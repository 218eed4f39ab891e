package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sees whether the row with the last key of every table has come to its topic. Offsets would not
 * tell, because they also count the markers of an exactly-once source. One thread only.
 */
final class CaptureWatch implements AutoCloseable {
  /** More than the markers that may stand behind the last record. */
  private static final int TAIL_OFFSETS = 20;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ObjectMapper json = new ObjectMapper();
  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<TopicPartition> missing;
  private final long lastKey;

  CaptureWatch(String bootstrapServers, List<String> topics, long lastKey) {
    this.lastKey = lastKey;
    this.partitions = topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
    this.missing = new ArrayList<>(partitions);
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** About how many records have come, over all topics. */
  long records() {
    return consumer.endOffsets(partitions).values().stream().mapToLong(n -> n).sum();
  }

  boolean isComplete() throws Exception {
    Map<TopicPartition, Long> ends = consumer.endOffsets(missing);
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (!hasLastRow(end.getKey(), end.getValue())) {
        return false;
      }
      missing.remove(end.getKey());
    }
    return true;
  }

  private boolean hasLastRow(TopicPartition partition, long end) throws Exception {
    consumer.assign(List.of(partition));
    consumer.seek(partition, Math.max(0, end - TAIL_OFFSETS));
    List<ConsumerRecord<byte[], byte[]>> tail = new ArrayList<>();
    Deadline.await(
        "reading the end of " + partition,
        READ_TIMEOUT,
        Duration.ZERO,
        () -> {
          if (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(tail::add);
          }
          return consumer.position(partition) >= end;
        });
    for (ConsumerRecord<byte[], byte[]> each : tail) {
      if (isLastRow(each.key())) {
        return true;
      }
    }
    return false;
  }

  private boolean isLastRow(byte[] key) throws IOException {
    JsonNode read = json.readTree(key);
    return read.path("payload").path("id").asLong(read.path("id").asLong()) == lastKey;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
