package io.obconnect.e2e;

import io.obconnect.model.Marker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How much of its topics a sink connector has finished, read from Kafka. */
final class SinkProgress implements AutoCloseable {
  private static final int REQUEST_TIMEOUT_S = 30;

  /** A gap up to this size may consist of the transaction markers of an exactly-once source. */
  private static final long SMALL_GAP = 20;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;
  private final Consumer<byte[], byte[]> reader;

  SinkProgress(String bootstrapServers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Records that the sink of this name has not finished yet, over its topics. A small gap is read,
   * because offsets also count the markers of transactions, which no sink ever sees, and the
   * source's own markers, of which the next one is always on its way.
   */
  long behind(String sinkName, String topicPrefix) {
    Map<TopicPartition, OffsetAndMetadata> finished = finished(sinkName);
    Map<TopicPartition, Long> ends = ends(topicPrefix);
    Map<TopicPartition, Long> smallGaps = new HashMap<>();
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata offset = finished.get(end.getKey());
      long next = offset == null ? 0 : offset.offset();
      long gap = end.getValue() - next;
      if (gap > SMALL_GAP) {
        behind += gap;
      } else if (gap > 0) {
        smallGaps.put(end.getKey(), next);
      }
    }
    return behind + recordsAfter(smallGaps, ends);
  }

  private long recordsAfter(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
    reader.assign(starts.keySet());
    starts.forEach(reader::seek);
    long endNanos = System.nanoTime() + READ_TIMEOUT.toNanos();
    long records = 0;
    while (starts.keySet().stream().anyMatch(p -> reader.position(p) < ends.get(p))) {
      if (System.nanoTime() > endNanos) {
        return Math.max(1, records);
      }
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        records += record.headers().lastHeader(Marker.HEADER) == null ? 1 : 0;
      }
    }
    return records;
  }

  private Map<TopicPartition, Long> ends(String topicPrefix) {
    var topics =
        await(admin.listTopics().names()).stream()
            .filter(topic -> topic.equals(topicPrefix) || topic.startsWith(topicPrefix + "."))
            .toList();
    var latest =
        await(admin.describeTopics(topics).allTopicNames()).values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> offsets = await(admin.listOffsets(latest).all());
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private Map<TopicPartition, OffsetAndMetadata> finished(String sinkName) {
    return await(
        admin.listConsumerGroupOffsets("connect-" + sinkName).partitionsToOffsetAndMetadata());
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return Objects.requireNonNull(future.get(REQUEST_TIMEOUT_S, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka for offsets", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka did not answer a request for offsets", e);
    }
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }
}
