package io.obconnect.e2e;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;

/** Topics with one partition, as Debezium recommends for the changes of a table. */
final class TopicAdmin implements AutoCloseable {
  private static final int REQUEST_TIMEOUT_S = 30;

  private final Admin admin;

  TopicAdmin(String bootstrapServers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void create(Collection<String> topics) throws Exception {
    create(topics, Map.of());
  }

  /** Creates topics whose records bear the time at which the broker appended them. */
  void createDatedByBroker(Collection<String> topics) throws Exception {
    create(topics, Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }

  private void create(Collection<String> topics, Map<String, String> config) throws Exception {
    List<NewTopic> newTopics =
        topics.stream()
            .map(
                name -> new NewTopic(name, Optional.of(1), Optional.<Short>empty()).configs(config))
            .toList();
    await(admin.createTopics(newTopics).all());
  }

  void delete(Collection<String> topics) throws Exception {
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
