package io.obconnect.sink;

import java.util.IdentityHashMap;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * Keeps what was worked out for a schema. Converters hand out few schema objects for a table; more
 * than the cache holds means that one makes a new object for every record. One thread only.
 */
final class SchemaCache<T> {
  private static final int MAX_SCHEMAS = 64;

  private final IdentityHashMap<Schema, T> values = new IdentityHashMap<>();
  private final Function<Schema, T> factory;
  private Schema lastSchema;
  private T last;

  SchemaCache(Function<Schema, T> factory) {
    this.factory = factory;
  }

  @SuppressWarnings("ReferenceEquality") // equal schemas are as good, but cost a comparison
  T get(Schema schema) {
    if (schema != lastSchema) {
      last = find(schema);
      lastSchema = schema;
    }
    return last;
  }

  private T find(Schema schema) {
    T found = values.get(schema);
    if (found == null) {
      found = factory.apply(schema);
      if (values.size() >= MAX_SCHEMAS) {
        values.clear();
      }
      values.put(schema, found);
    }
    return found;
  }
}
