package io.obconnect.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.errors.ConnectException;

/** The topic that keeps the plan of a full copy. One thread only. */
final class PlanTopic implements AutoCloseable {
  static final String BOOTSTRAP_SERVERS = "schema.history.internal.kafka.bootstrap.servers";

  static final String PRODUCER = "schema.history.internal.producer.";
  private static final String CONSUMER = "schema.history.internal.consumer.";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(500);

  private final TopicPartition partition;
  private final Map<String, String> options;
  private final KafkaConsumer<String, String> consumer;
  private Optional<KafkaProducer<String, String>> producer = Optional.empty();

  private PlanTopic(String topic, Map<String, String> options) {
    this.partition = new TopicPartition(topic, 0);
    this.options = Map.copyOf(options);
    Map<String, Object> settings = clientSettings(options, CONSUMER);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /**
   * Opens a plan at its beginning, and creates the topic where it is missing.
   *
   * @param options the connector's; the plan has the client settings of its schema history
   */
  static PlanTopic open(String topic, Map<String, String> options) {
    PlanTopic plan = new PlanTopic(topic, options);
    try {
      plan.create();
      return plan;
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  /** Of a client of the schema history's cluster. */
  static Map<String, Object> clientSettings(Map<String, String> options, String prefix) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.get(BOOTSTRAP_SERVERS));
    options.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            settings.put(name.substring(prefix.length()), value);
          }
        });
    return settings;
  }

  private void create() {
    NewTopic topic =
        new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    "-1"));
    try (Admin admin = Admin.create(clientSettings(options, PRODUCER))) {
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed("cannot be created", e.getCause());
      }
    } catch (TimeoutException e) {
      throw failed("was not created within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not created: interrupted", e);
    }
  }

  /** Gives what was not read yet to a consumer, up to where the topic ends now. */
  void readToEnd(Consumer<PlanEntry> entries) {
    long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition, PATIENCE) < end) {
      if (read(POLL, entries) > 0) {
        deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
      } else if (deadlineNanos - System.nanoTime() < 0) {
        throw failed("was not read to its end within " + PATIENCE.toSeconds() + " s", null);
      }
    }
  }

  /** Gives what comes to a consumer; returns how much came. */
  int read(Duration patience, Consumer<PlanEntry> entries) {
    var records = consumer.poll(patience);
    records.forEach(record -> entries.accept(PlanText.read(record.value())));
    return records.count();
  }

  /** Adds a line, which is durable then. */
  void write(PlanEntry entry) {
    KafkaProducer<String, String> open = producer.orElseGet(this::openProducer);
    try {
      open.send(
              new ProducerRecord<>(
                  partition.topic(), partition.partition(), null, PlanText.write(entry)))
          .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed("cannot be written", e.getCause());
    } catch (TimeoutException e) {
      throw failed("was not written in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not written: interrupted", e);
    }
  }

  private KafkaProducer<String, String> openProducer() {
    Map<String, Object> settings = clientSettings(options, PRODUCER);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    producer =
        Optional.of(new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    return producer.get();
  }

  private ConnectException failed(String what, Throwable cause) {
    return new ConnectException(
        "the plan of the full copy, topic " + partition.topic() + ", " + what, cause);
  }

  @Override
  public void close() {
    // Clients of an interrupted thread do not close, but complain.
    boolean interrupted = Thread.interrupted();
    consumer.close();
    producer.ifPresent(open -> open.close(Duration.ZERO));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
