package io.obconnect.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Compiles schemas into readers: which form a value has is found out here, once. The forms are
 * those that JsonConverter writes; what else its {@code convertToConnect} accepts is left to it.
 */
final class ValueReaders {
  private final boolean replaceNullWithDefault;

  private ValueReaders(boolean replaceNullWithDefault) {
    this.replaceNullWithDefault = replaceNullWithDefault;
  }

  /**
   * The reader of a schema's values, null included.
   *
   * @throws UnusualRecordException when the schema cannot be compiled
   */
  static ValueReader of(Schema schema, boolean replaceNullWithDefault) {
    UsualSchema.require(schema);
    return new ValueReaders(replaceNullWithDefault).nullable(schema);
  }

  private ValueReader nullable(Schema schema) {
    ValueReader reader = nonNull(schema);
    NullRule nulls = NullRule.of(schema, replaceNullWithDefault);
    if (nulls.refused()) {
      // No reader takes a null for a value.
      return reader;
    }
    Object insteadOfNull = nulls.replacement();
    return input -> input.takeNull() ? insteadOfNull : reader.read(input);
  }

  private ValueReader nonNull(Schema schema) {
    return switch (Objects.requireNonNullElse(schema.name(), "")) {
      case Decimal.LOGICAL_NAME -> decimal(UsualSchema.scale(schema));
      case Date.LOGICAL_NAME -> input -> Date.toLogical(schema, input.int32());
      case Time.LOGICAL_NAME -> input -> time(schema, input.int32());
      case Timestamp.LOGICAL_NAME -> input -> Timestamp.toLogical(schema, input.int64());
      default -> ofType(schema);
    };
  }

  private ValueReader ofType(Schema schema) {
    return switch (schema.type()) {
      // Wraps around, as JsonConverter does.
      case INT8 -> input -> (byte) input.int32();
      case INT16 -> input -> (short) input.int32();
      case INT32 -> JsonInput::int32;
      case INT64 -> JsonInput::int64;
      case FLOAT32 -> JsonInput::float32;
      case FLOAT64 -> JsonInput::float64;
      case BOOLEAN -> JsonInput::bool;
      case STRING -> JsonInput::text;
      case BYTES -> JsonInput::base64;
      case ARRAY -> array(nullable(schema.valueSchema()));
      case MAP ->
          schema.keySchema().type() == Schema.Type.STRING
              ? object(nullable(schema.valueSchema()))
              : pairs(nullable(schema.keySchema()), nullable(schema.valueSchema()));
      case STRUCT -> new StructReader(schema, this::nullable);
    };
  }

  private static ValueReader decimal(int scale) {
    return input -> input.decimal(scale);
  }

  private static Object time(Schema schema, int millis) {
    try {
      return Time.toLogical(schema, millis);
    } catch (DataException e) {
      throw new UnusualRecordException();
    }
  }

  private static ValueReader array(ValueReader elements) {
    return input -> {
      List<Object> array = new ArrayList<>();
      input.expect('[');
      if (!input.take(']')) {
        do {
          array.add(elements.read(input));
        } while (input.take(','));
        input.expect(']');
      }
      return array;
    };
  }

  /** A map with texts as keys. */
  private static ValueReader object(ValueReader values) {
    return input -> {
      Map<Object, Object> map = new HashMap<>();
      input.expect('{');
      if (!input.take('}')) {
        do {
          String key = input.name();
          input.expect(':');
          map.put(key, values.read(input));
        } while (input.take(','));
        input.expect('}');
      }
      return map;
    };
  }

  /** A map with other keys. */
  private static ValueReader pairs(ValueReader keys, ValueReader values) {
    return input -> {
      Map<Object, Object> map = new HashMap<>();
      input.expect('[');
      if (!input.take(']')) {
        do {
          input.expect('[');
          Object key = keys.read(input);
          input.expect(',');
          map.put(key, values.read(input));
          input.expect(']');
        } while (input.take(','));
        input.expect(']');
      }
      return map;
    };
  }
}
