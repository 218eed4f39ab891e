package io.obconnect.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the only partition of a topic from its beginning. One thread only. */
final class TopicDrain implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPartition partition;
  private final Values values;
  private final Consumer<byte[], byte[]> consumer;
  private long lastAppendMs;

  /** What is done with a record's value. */
  @FunctionalInterface
  interface Values {
    void accept(byte[] value) throws Exception;
  }

  TopicDrain(String bootstrapServers, String topic, Values values) {
    this.partition = new TopicPartition(topic, 0);
    this.values = Objects.requireNonNull(values, "values");
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Reads on, up to what is the end now. */
  void read() throws Exception {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    Deadline.await(
        "reading " + partition,
        TIMEOUT,
        Duration.ZERO,
        () -> {
          if (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
              lastAppendMs = Math.max(lastAppendMs, each.timestamp());
              values.accept(each.value());
            }
          }
          return consumer.position(partition) >= end;
        });
  }

  /** The latest timestamp of what was read, in milliseconds since 1970. */
  long lastAppendMs() {
    return lastAppendMs;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
