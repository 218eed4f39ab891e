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
      if (field == null) {
        return null;
      }
      // Spares a second look-up of the name where there is no default.
      return field.schema().defaultValue() == null
          ? struct.get(field)
          : struct.getWithoutDefault(name);
    }
    return parent instanceof Map<?, ?> map ? map.get(name) : null;
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
