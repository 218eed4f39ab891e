package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.obconnect.model.Marker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all of a topic with one partition, as the JSON converter wrote it, but for markers. One
 * thread only.
 */
final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final ObjectMapper json = new ObjectMapper();
  private final List<TopicRecord> records = new ArrayList<>();

  TopicReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
  }

  /** Everything from the topic's beginning that has been read by now. */
  List<TopicRecord> read() throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Map<String, String> headers = new TreeMap<>();
      for (Header header : record.headers()) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
      if (!headers.containsKey(Marker.HEADER)) {
        records.add(
            new TopicRecord(record.offset(), parse(record.key()), parse(record.value()), headers));
      }
    }
    return List.copyOf(records);
  }

  /** Everything that the topic holds at the time of the call. */
  List<TopicRecord> readToEnd() throws IOException {
    TopicPartition partition = consumer.assignment().iterator().next();
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      read();
    }
    return List.copyOf(records);
  }

  private JsonNode parse(byte[] bytes) throws IOException {
    return bytes == null ? NullNode.getInstance() : json.readTree(bytes);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
