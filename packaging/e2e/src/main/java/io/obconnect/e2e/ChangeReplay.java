package io.obconnect.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the records of a filled topic again, to another topic, one at a time at a steady pace. */
final class ChangeReplay implements AutoCloseable {
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration END_TIMEOUT = Duration.ofMinutes(1);

  private final List<ConsumerRecord<byte[], byte[]>> messages;
  private final Producer<byte[], byte[]> producer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "change-replay");
            daemon.setDaemon(true);
            return daemon;
          });

  private ChangeReplay(List<ConsumerRecord<byte[], byte[]>> messages, String bootstrapServers) {
    this.messages = messages;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Reads the records of a topic, so many. */
  static ChangeReplay of(String bootstrapServers, String topic, long records) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Deadline.await(
          "reading " + topic,
          READ_TIMEOUT,
          Duration.ZERO,
          () -> {
            consumer.poll(POLL).forEach(messages::add);
            return messages.size() >= records;
          });
    }
    return new ChangeReplay(messages, bootstrapServers);
  }

  int size() {
    return messages.size();
  }

  /**
   * Begins to send.
   *
   * @param perSecond records per second
   * @return when each record was handed to the producer, by {@link System#nanoTime()}; complete
   *     when Kafka has acknowledged all of them
   */
  Future<long[]> start(String topic, int perSecond) {
    Objects.requireNonNull(topic, "topic");
    return thread.submit(() -> send(topic, new SteadyPace(perSecond)));
  }

  private long[] send(String topic, SteadyPace pace) throws Exception {
    long[] sentNanos = new long[messages.size()];
    List<Future<?>> acknowledgements = new ArrayList<>(messages.size());
    for (int i = 0; i < sentNanos.length; i++) {
      ConsumerRecord<byte[], byte[]> message = messages.get(i);
      sentNanos[i] = pace.await(i);
      acknowledgements.add(
          producer.send(new ProducerRecord<>(topic, message.key(), message.value())));
    }
    for (Future<?> each : acknowledgements) {
      each.get(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
    return sentNanos;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(END_TIMEOUT);
  }
}
