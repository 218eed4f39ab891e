package io.obconnect.formats;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.PluginVersion;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.ConverterConfig;
import org.apache.kafka.connect.storage.ConverterType;

/**
 * Kafka's {@code org.apache.kafka.connect.json.JsonConverter} with {@code schemas.enable=true}, but
 * fast: the same options, the same bytes, the same schemas and values, the same exceptions, while
 * each schema is written and parsed once and not with every record. Topics may be written by one of
 * the two and read by the other.
 *
 * <p>It works beside the worker's own JsonConverter, which spells and parses the schemas, and which
 * gets every record that is not in its own usual form: schemaless values, other order of fields,
 * white space, numbers that are none, errors, records of more than 5 MB, and everything when {@code
 * schemas.enable} is false. So results are those of the worker's version of Kafka.
 *
 * <p>Blocks of a full copy ({@link CopyBlock}) pass as they are: they are bytes already, which JSON
 * would only make longer.
 *
 * <p>{@code schemas.cache.size} bounds each of the caches, in schemas; topics count as schemas in
 * the one that remembers the last schema of each topic.
 *
 * <p>Thread-safe once configured.
 */
public final class CachedJsonConverter implements Converter, Versioned {
  /** An option of JsonConverter since Kafka 4.2: one schema for all records, which carry none. */
  private static final String SCHEMA_CONTENT = "schema.content";

  private final JsonConverter jsonConverter = new JsonConverter();
  private boolean writes;
  private boolean reads;
  private RecordWriters writers;
  private RecordReaders readers;

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public ConfigDef config() {
    return JsonConverterConfig.configDef();
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    Map<String, Object> options = new HashMap<>(configs);
    options.put(
        ConverterConfig.TYPE_CONFIG, (isKey ? ConverterType.KEY : ConverterType.VALUE).getName());
    JsonConverterConfig config = new JsonConverterConfig(options);
    jsonConverter.configure(configs, isKey);
    Object schemaContent = configs.get(SCHEMA_CONTENT);
    writes = config.schemasEnabled();
    reads = writes && (schemaContent == null || schemaContent.toString().isEmpty());
    SchemaText schemaText = new SchemaText(jsonConverter);
    writers = new RecordWriters(schemaText, config);
    readers = new RecordReaders(schemaText, config);
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    if (CopyBlock.isBlock(schema) && value instanceof byte[] block) {
      return block;
    }
    if (writes && schema != null) {
      try {
        return writers.write(schema, value);
      } catch (UnusualRecordException e) {
        // Not in the usual form: JsonConverter's case.
      }
    }
    return jsonConverter.fromConnectData(topic, schema, value);
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    if (value != null && value.length > 0 && value[0] == CopyBlock.MAGIC) {
      return new SchemaAndValue(CopyBlock.SCHEMA, value);
    }
    if (reads && value != null) {
      try {
        return readers.read(topic, value);
      } catch (UnusualRecordException e) {
        // Not in the usual form: JsonConverter's case.
      }
    }
    return jsonConverter.toConnectData(topic, value);
  }

  @Override
  public void close() {
    jsonConverter.close();
  }
}
