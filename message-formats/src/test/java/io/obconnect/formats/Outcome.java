package io.obconnect.formats;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;

/**
 * What came of a conversion, in a form that compares by value: results with their classes, or the
 * exception's class and message.
 */
record Outcome(String kind, Object detail) {

  static Outcome of(Callable<?> conversion) {
    try {
      return new Outcome("result", comparable(conversion.call()));
    } catch (Exception e) {
      return new Outcome(e.getClass().getName(), String.valueOf(e.getMessage()));
    }
  }

  boolean isResult() {
    return "result".equals(kind);
  }

  private static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof SchemaAndValue both) {
      return Arrays.asList(schema(both.schema()), comparable(both.value()));
    }
    if (value instanceof Struct struct) {
      return struct(struct);
    }
    if (value instanceof List<?> list) {
      return List.of(list.getClass(), list.stream().map(Outcome::comparable).toList().toString());
    }
    if (value instanceof Map<?, ?> map) {
      return List.of(map.getClass(), entries(map));
    }
    return value == null ? "null" : List.of(value.getClass(), value);
  }

  private static Object struct(Struct struct) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : struct.schema().fields()) {
      values.put(field.name(), comparable(struct.getWithoutDefault(field.name())));
    }
    return List.of(schema(struct.schema()), values);
  }

  private static Object entries(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> comparable(entry.getKey()) + "=" + comparable(entry.getValue()))
        .sorted()
        .toList();
  }

  /** Connect's own equality does not see that the arrays of two default values are equal. */
  private static Object schema(Schema schema) {
    if (schema == null) {
      return "no schema";
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("class", schema.getClass());
    parts.put("type", schema.type());
    parts.put("optional", schema.isOptional());
    parts.put("default", comparable(schema.defaultValue()));
    parts.put("name", schema.name());
    parts.put("version", schema.version());
    parts.put("doc", schema.doc());
    parts.put("parameters", schema.parameters());
    switch (schema.type()) {
      case STRUCT -> {
        for (Field field : schema.fields()) {
          parts.put("field " + field.name(), Arrays.asList(field.index(), schema(field.schema())));
        }
      }
      case ARRAY -> parts.put("values", schema(schema.valueSchema()));
      case MAP -> {
        parts.put("keys", schema(schema.keySchema()));
        parts.put("values", schema(schema.valueSchema()));
      }
      default -> {}
    }
    return parts;
  }
}
