package io.obconnect.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;

/** Options, caches and threads. */
class CachedJsonConverterTest {
  private static final String TOPIC = Converters.TOPIC;

  @Test
  void connectFindsItAsAService() {
    assertTrue(
        ServiceLoader.load(Converter.class).stream()
            .anyMatch(provider -> provider.type() == CachedJsonConverter.class));
  }

  @Test
  void optionsAreThoseOfJsonConverter() {
    assertSame(JsonConverterConfig.configDef(), new CachedJsonConverter().config());
  }

  @Test
  void withoutSchemasItIsJsonConverter() {
    Converters converters = new Converters(Map.of("schemas.enable", "false"));
    DebeziumEnvelope orders = DebeziumEnvelope.orders();
    converters.assertSame(orders.schema(), orders.create(DebeziumEnvelope.order(1)));
    converters.assertSameRead("{\"schema\":{\"type\":\"int32\"},\"payload\":1}");
    converters.assertSame(null, Map.of("a", 1L));
  }

  @Test
  void aSchemaFromTheConfigurationIsTheSchemaOfAllRecords() {
    Converters converters =
        new Converters(Map.of("schema.content", "{\"type\":\"int32\",\"optional\":true}"));
    converters.assertSame(Schema.INT32_SCHEMA, 1);
    converters.assertSameRead("1");
    converters.assertSameRead("null");
    new Converters(Map.of("schema.content", "")).assertSame(Schema.INT32_SCHEMA, 1);
  }

  @Test
  void schemasAreForgottenBeyondTheCacheSize() {
    // Given
    Converters converters = new Converters(Map.of("schemas.cache.size", "2"));
    RecordWriters writers = converters.writers();
    RecordReaders readers = converters.readers();

    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10; i++) {
        // When
        Schema schema = SchemaBuilder.int32().name("schema " + i).build();
        byte[] record = writers.write(schema, i);
        // Then
        assertArrayEquals(converters.kafkas.fromConnectData(TOPIC, schema, i), record);
        assertEquals(schema, readers.read("topic " + i, record).schema());
        assertEquals(i, readers.read("topic " + i, record).value());
        assertEquals(Math.min(2, i + 1 + round * 10), writers.size());
        assertEquals(Math.min(2, i + 1 + round * 10), readers.size());
      }
    }
  }

  @Test
  void anEqualSchemaIsTheSameSchema() {
    // Given
    Converters converters = new Converters(Map.of());
    RecordWriters writers = converters.writers();
    RecordReaders readers = converters.readers();
    List<Schema> read = new ArrayList<>();

    for (int i = 0; i < 100; i++) {
      // When: a new schema each time
      DebeziumEnvelope orders = DebeziumEnvelope.orders();
      Struct event = orders.create(DebeziumEnvelope.order(i));
      byte[] record = writers.write(orders.schema(), event);
      // Then
      assertArrayEquals(converters.kafkas.fromConnectData(TOPIC, orders.schema(), event), record);
      read.add(readers.read(TOPIC, record).schema());
    }
    assertEquals(1, writers.size());
    assertEquals(1, readers.size());
    read.forEach(schema -> assertSame(read.get(0), schema));
  }

  @Test
  void aStructOfAnEqualSchemaWithinIsWritten() {
    // Given: rows whose schema is not the envelope's own
    Converters converters = new Converters(Map.of());
    DebeziumEnvelope orders = DebeziumEnvelope.orders();
    for (int i = 0; i < 3; i++) {
      Struct row = DebeziumEnvelope.orders().create(DebeziumEnvelope.order(i)).getStruct("after");
      Struct event = orders.create(DebeziumEnvelope.order(i)).put("after", row);
      // When, then
      converters.assertSameWhenCompiled(orders.schema(), event);
    }
  }

  @Test
  void aTopicMayHaveManySchemas() {
    Converters converters = new Converters(Map.of());
    for (int i = 0; i < 20; i++) {
      Schema schema = SchemaBuilder.int32().name("x".repeat(i % 3)).build();
      converters.assertSame(schema, i);
    }
  }

  @Test
  void threadsMayShareIt() throws Exception {
    // Given
    Converters converters = new Converters(Map.of("schemas.cache.size", "2"));
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int first = thread;
      work.add(
          () -> {
            for (int i = first; i < 2_000; i++) {
              // When
              Schema schema = SchemaBuilder.string().name("schema " + i % 5).build();
              String value = "value ".repeat(i % 100) + i;
              byte[] record = converters.ours.fromConnectData(TOPIC, schema, value);
              // Then
              assertArrayEquals(converters.kafkas.fromConnectData(TOPIC, schema, value), record);
              assertEquals(value, converters.ours.toConnectData(TOPIC, record).value());
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> each : threads.invokeAll(work)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
