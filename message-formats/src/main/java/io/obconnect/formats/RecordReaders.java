package io.obconnect.formats;

import java.util.Objects;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverterConfig;

/**
 * Reads records, each schema prepared once. Thread-safe.
 *
 * <p>A record most likely has the schema of the one before it in the same topic: then comparing
 * bytes is all. Otherwise the schema part's end is looked for, and its bytes are looked up.
 */
final class RecordReaders {
  /**
   * Longer records are left to JsonConverter, because Jackson refuses texts from a length on that
   * depends on its version (5,000,000 at least).
   */
  private static final int MAX_RECORD_BYTES = 5_000_000;

  private final SchemaText schemaText;
  private final JsonConverterConfig config;
  private final Cache<ByteString, RecordReader> readers;
  private final Cache<String, RecordReader> lastOfTopics;

  RecordReaders(SchemaText schemaText, JsonConverterConfig config) {
    this.schemaText = Objects.requireNonNull(schemaText, "schemaText");
    this.config = Objects.requireNonNull(config, "config");
    this.readers = new SynchronizedCache<>(new LRUCache<>(config.schemaCacheSize()));
    this.lastOfTopics = new SynchronizedCache<>(new LRUCache<>(config.schemaCacheSize()));
  }

  /**
   * The record's schema and value.
   *
   * @throws UnusualRecordException when JsonConverter has to decide
   */
  SchemaAndValue read(String topic, byte[] record) {
    if (record.length > MAX_RECORD_BYTES) {
      throw new UnusualRecordException();
    }
    RecordReader last = lastOfTopics.get(topic);
    if (last != null && last.knows(record)) {
      return last.read(record);
    }
    RecordReader reader = reader(SchemaText.prefixOf(record));
    lastOfTopics.put(topic, reader);
    return reader.read(record);
  }

  /** How many schemas are kept. */
  long size() {
    return readers.size();
  }

  private RecordReader reader(ByteString prefix) {
    RecordReader reader = readers.get(prefix);
    if (reader == null) {
      reader = prepare(prefix);
      readers.put(prefix, reader);
    }
    return reader;
  }

  private RecordReader prepare(ByteString prefix) {
    Schema schema = schemaText.parse(prefix);
    try {
      return new RecordReader(
          prefix, schema, ValueReaders.of(schema, config.replaceNullWithDefault()));
    } catch (UnusualRecordException e) {
      return new RecordReader(prefix, schema, ValueReader.UNUSUAL);
    }
  }

  /** A schema made ready: the record's bytes up to the payload, and what reads the payload. */
  private record RecordReader(ByteString prefix, Schema schema, ValueReader payload) {
    boolean knows(byte[] record) {
      return prefix.standsAt(record, 0);
    }

    SchemaAndValue read(byte[] record) {
      JsonInput input = new JsonInput(record, prefix.length());
      Object value = payload.read(input);
      input.expect('}');
      input.expectEnd();
      return new SchemaAndValue(schema, value);
    }
  }
}
