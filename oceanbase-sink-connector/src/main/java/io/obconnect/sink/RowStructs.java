package io.obconnect.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Gives rows without schema one whose values are all {@link JsonText}, the same one to all rows of
 * the same fields. One thread only.
 */
final class RowStructs {
  /** Rows that name their fields at random are no table's. */
  private static final int MAX_SCHEMAS = 10_000;

  private final Map<List<String>, Schema> schemas = new HashMap<>();

  /** A row or a key as a struct; null where it is neither. */
  Struct of(Object part) {
    if (part instanceof Struct struct) {
      return struct;
    }
    return part instanceof Map<?, ?> map ? ofMap(map) : null;
  }

  private Struct ofMap(Map<?, ?> map) {
    List<String> names = new ArrayList<>(map.size());
    map.keySet().forEach(name -> names.add(String.valueOf(name)));
    // Maps without schema are hash maps: rows of the same fields may list them in another order.
    names.sort(null);
    Struct row = new Struct(schema(names));
    for (Field field : row.schema().fields()) {
      Object value = map.get(field.name());
      row.put(field, value == null ? null : JsonText.of(value));
    }
    return row;
  }

  private Schema schema(List<String> names) {
    if (schemas.size() >= MAX_SCHEMAS) {
      schemas.clear();
    }
    return schemas.computeIfAbsent(
        names,
        fields -> {
          SchemaBuilder builder = SchemaBuilder.struct().optional();
          fields.forEach(name -> builder.field(name, JsonText.SCHEMA));
          return builder.build();
        });
  }
}
