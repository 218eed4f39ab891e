package io.obconnect.formats;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverterConfig;

/**
 * Writes records, each schema prepared once. Thread-safe.
 *
 * <p>Connect's schemas keep their hash code, so that a schema that was seen before is found by its
 * identity, and another one that is equal by comparing the two.
 */
final class RecordWriters {

  /** A schema made ready: the record's bytes up to the payload, and what writes the payload. */
  private record RecordWriter(ByteString prefix, ValueWriter payload) {}

  private final SchemaText schemaText;
  private final JsonConverterConfig config;
  private final Cache<Schema, RecordWriter> writers;
  // Borrowed and given back, so that a second thread has one of its own.
  private final AtomicReference<JsonOutput> idleOutput = new AtomicReference<>();

  RecordWriters(SchemaText schemaText, JsonConverterConfig config) {
    this.schemaText = Objects.requireNonNull(schemaText, "schemaText");
    this.config = Objects.requireNonNull(config, "config");
    this.writers = new SynchronizedCache<>(new LRUCache<>(config.schemaCacheSize()));
  }

  /**
   * The record's bytes.
   *
   * @throws UnusualRecordException when JsonConverter has to decide
   */
  byte[] write(Schema schema, Object value) {
    RecordWriter writer = writer(schema);
    JsonOutput output = idleOutput.getAndSet(null);
    if (output == null) {
      output = new JsonOutput();
    }
    output.clear();
    writer.payload.write(output, value);
    byte[] record = output.enclosed(writer.prefix, '}');
    if (output.isWorthKeeping()) {
      idleOutput.set(output);
    }
    return record;
  }

  /** How many schemas are kept. */
  long size() {
    return writers.size();
  }

  private RecordWriter writer(Schema schema) {
    // A builder is a schema, too, but it may still change.
    if (!(schema instanceof ConnectSchema)) {
      throw new UnusualRecordException();
    }
    RecordWriter writer = writers.get(schema);
    if (writer == null) {
      writer = prepare(schema);
      writers.put(schema, writer);
    }
    return writer;
  }

  private RecordWriter prepare(Schema schema) {
    try {
      ValueWriter payload = ValueWriters.of(schema, config);
      return new RecordWriter(schemaText.prefix(schema), payload);
    } catch (UnusualRecordException e) {
      return new RecordWriter(JsonOutput.NULL, ValueWriter.UNUSUAL);
    }
  }
}
