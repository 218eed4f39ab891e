package io.obconnect.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Removes from Kafka what a deleted connector has left there. */
final class KafkaCleaner implements AutoCloseable {
  /** Debezium's default for the topics of its heartbeats, before the prefix of all topics. */
  private static final String HEARTBEATS = "__debezium-heartbeat.";

  private static final int REQUEST_TIMEOUT_S = 30;
  private static final Duration LEAVE_TIMEOUT = Duration.ofMinutes(1);

  private final Admin admin;

  KafkaCleaner(String bootstrapServers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** A request to Kafka. */
  @FunctionalInterface
  private interface Request {
    void send() throws Exception;
  }

  /**
   * Waits until deleted connectors have really ended.
   *
   * @throws IllegalStateException when Kafka refuses or a sink does not end
   */
  void awaitEnd(List<String> connectors) {
    for (String connector : connectors) {
      String what = "the end of all consumers of " + connector;
      run(
          what,
          () -> Deadline.await(what, LEAVE_TIMEOUT, () -> !hasConsumers("connect-" + connector)));
    }
  }

  /**
   * Deletes all topics of a source and others.
   *
   * @throws IllegalStateException when Kafka refuses
   */
  void removeTopics(String topicPrefix, String... others) {
    run("the deletion of topics " + topicPrefix, () -> deleteTopics(topicPrefix, List.of(others)));
  }

  private static void run(String what, Request request) {
    try {
      request.send();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + what, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(what + " failed", e);
    }
  }

  private boolean hasConsumers(String group) throws Exception {
    try {
      Map<String, ConsumerGroupDescription> groups =
          await(admin.describeConsumerGroups(List.of(group)).all());
      return !groups.get(group).members().isEmpty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  private void deleteTopics(String prefix, List<String> others) throws Exception {
    List<String> topics =
        await(admin.listTopics().names()).stream()
            .filter(
                name ->
                    name.equals(prefix)
                        || name.startsWith(prefix + ".")
                        || name.equals(HEARTBEATS + prefix)
                        || others.contains(name))
            .toList();
    await(admin.deleteTopics(topics).all());
  }

  private static <T> T await(KafkaFuture<T> future) throws Exception {
    return future.get(REQUEST_TIMEOUT_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    admin.close();
  }
}
