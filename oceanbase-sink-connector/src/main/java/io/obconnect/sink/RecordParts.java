package io.obconnect.sink;

import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Reads the parts of records that have a schema (structs) and of those that have none (maps). */
final class RecordParts {
  private RecordParts() {}

  /** Whether a value has parts at all. */
  static boolean isComposite(Object value) {
    return value instanceof Struct || value instanceof Map;
  }

  static boolean has(Object parent, String name) {
    return parent instanceof Struct struct
        ? struct.schema().field(name) != null
        : parent instanceof Map<?, ?> map && map.containsKey(name);
  }

  /** A part as it was sent, no default in its place; null where there is none. */
  static Object get(Object parent, String name) {
    if (parent instanceof Struct struct) {
      Field field = struct.schema().field(name);
      return field == null ? null : get(struct, field);
    }
    return parent instanceof Map<?, ?> map ? map.get(name) : null;
  }

  /**
   * The value of a field of this very schema as it was sent, no default in its place. Looks the
   * name up only where there is a default.
   */
  static Object get(Struct struct, Field field) {
    return field.schema().defaultValue() == null
        ? struct.get(field)
        : struct.getWithoutDefault(field.name());
  }

  /** A part that is a text, else null. */
  static String string(Object parent, String name) {
    return get(parent, name) instanceof String text ? text : null;
  }

  /** The number under a name; 0 where there is none. */
  static long number(Object parent, String name) {
    return get(parent, name) instanceof Number number ? number.longValue() : 0;
  }
}
