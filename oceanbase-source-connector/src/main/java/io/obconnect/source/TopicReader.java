package io.obconnect.source;

import io.obconnect.source.TopicFacts.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.connect.errors.ConnectException;

/** Asks the schema history's cluster for topics, and changes nothing there. */
final class TopicReader {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Map<String, String> options;

  /** A reader with the client settings of the schema history. */
  TopicReader(Map<String, String> options) {
    this.options = Map.copyOf(options);
  }

  /**
   * Those of the topics that are there, and that may be seen.
   *
   * @throws ConnectException when the cluster does not answer, or refuses the login
   */
  List<TopicFacts> read(Map<String, Role> roles) {
    Map<String, Object> settings = PlanTopic.clientSettings(options, PlanTopic.PRODUCER);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    try (Admin admin = Admin.create(settings)) {
      Map<String, TopicDescription> there =
          present(admin.describeTopics(roles.keySet()).topicNameValues());
      Map<ConfigResource, Config> configs =
          present(admin.describeConfigs(resources(there.keySet())).values());
      List<TopicFacts> facts = new ArrayList<>();
      there.forEach(
          (name, topic) ->
              facts.add(
                  new TopicFacts(
                      name,
                      roles.get(name),
                      topic.partitions().size(),
                      settings(configs.get(resource(name))))));
      return facts;
    }
  }

  private static List<ConfigResource> resources(Collection<String> topics) {
    return topics.stream().map(TopicReader::resource).toList();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static Map<String, String> settings(Config config) {
    Map<String, String> settings = new HashMap<>();
    if (config != null) {
      config.entries().stream()
          .filter(entry -> entry.value() != null)
          .forEach(entry -> settings.put(entry.name(), entry.value()));
    }
    return settings;
  }

  private static <K, V> Map<K, V> present(Map<K, KafkaFuture<V>> answers) {
    Map<K, V> present = new HashMap<>();
    answers.forEach((key, answer) -> answer(answer).ifPresent(value -> present.put(key, value)));
    return present;
  }

  private static <V> Optional<V> answer(KafkaFuture<V> future) {
    try {
      return Optional.of(
          Objects.requireNonNull(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException
          || cause instanceof InvalidTopicException
          || cause instanceof AuthorizationException) {
        return Optional.empty();
      }
      throw new ConnectException("topics cannot be described", cause);
    } catch (TimeoutException e) {
      throw new ConnectException("topics were not described in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("topics were not described: interrupted", e);
    }
  }
}
