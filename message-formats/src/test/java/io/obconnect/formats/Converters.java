package io.obconnect.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;

/** Ours and Kafka's, configured alike: whatever one of them does, the other has to do. */
final class Converters {
  static final String TOPIC = "shop.shop.orders";

  final CachedJsonConverter ours = new CachedJsonConverter();
  final JsonConverter kafkas = new JsonConverter();
  private final JsonConverterConfig config;

  Converters(Map<String, ?> options) {
    ours.configure(options, false);
    kafkas.configure(options, false);
    Map<String, Object> complete = new HashMap<>(options);
    complete.put("converter.type", "value");
    config = new JsonConverterConfig(complete);
  }

  /** The compiled writers alone: they throw for what is left to JsonConverter. */
  RecordWriters writers() {
    return new RecordWriters(new SchemaText(kafkas), config);
  }

  /** The compiled readers alone: they throw for what is left to JsonConverter. */
  RecordReaders readers() {
    return new RecordReaders(new SchemaText(kafkas), config);
  }

  /**
   * Writes and reads, and again with everything in the caches.
   *
   * @return what Kafka's converter made of the value
   */
  Outcome assertSame(Schema schema, Object value) {
    Outcome written = Outcome.of(() -> kafkas.fromConnectData(TOPIC, schema, value));
    assertEquals(written, Outcome.of(() -> ours.fromConnectData(TOPIC, schema, value)));
    assertEquals(written, Outcome.of(() -> ours.fromConnectData(TOPIC, schema, value)));
    if (written.isResult()) {
      assertSameRead(kafkas.fromConnectData(TOPIC, schema, value));
    }
    return written;
  }

  /** As {@link #assertSame}, and nothing of it may have been left to JsonConverter. */
  void assertSameWhenCompiled(Schema schema, Object value) {
    assertSame(schema, value);
    byte[] record = kafkas.fromConnectData(TOPIC, schema, value);
    assertArrayEquals(record, writers().write(schema, value));
    assertEquals(
        Outcome.of(() -> kafkas.toConnectData(TOPIC, record)),
        Outcome.of(() -> readers().read(TOPIC, record)));
  }

  /**
   * @return what Kafka's converter made of the bytes
   */
  Outcome assertSameRead(byte[] record) {
    Outcome read = Outcome.of(() -> kafkas.toConnectData(TOPIC, record));
    String text = record == null ? "null" : new String(record, UTF_8);
    assertEquals(read, Outcome.of(() -> ours.toConnectData(TOPIC, record)), text);
    assertEquals(read, Outcome.of(() -> ours.toConnectData(TOPIC, record)), text);
    return read;
  }

  Outcome assertSameRead(String record) {
    return assertSameRead(record.getBytes(UTF_8));
  }
}
