package io.obconnect.formats;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.DecimalFormat;
import org.apache.kafka.connect.json.JsonConverterConfig;

/**
 * Compiles schemas into writers: which encoding a value gets is found out here, once. The encodings
 * are those of JsonConverter's {@code convertToJson}.
 */
@SuppressWarnings("JavaUtilDate") // What Connect's logical types are made of.
final class ValueWriters {
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  private final JsonConverterConfig config;

  private ValueWriters(JsonConverterConfig config) {
    this.config = config;
  }

  /**
   * The writer of a schema's values, null included.
   *
   * @throws UnusualRecordException when the schema cannot be compiled
   */
  static ValueWriter of(Schema schema, JsonConverterConfig config) {
    UsualSchema.require(schema);
    return new ValueWriters(config).nullable(schema);
  }

  private ValueWriter nullable(Schema schema) {
    ValueWriter writer = nonNull(schema);
    NullRule nulls = NullRule.of(schema, config.replaceNullWithDefault());
    if (nulls.refused()) {
      return (output, value) -> writer.write(output, required(value));
    }
    ByteString insteadOfNull = spelling(writer, nulls.replacement());
    return (output, value) -> {
      if (value == null) {
        output.raw(insteadOfNull);
      } else {
        writer.write(output, value);
      }
    };
  }

  private static ByteString spelling(ValueWriter writer, Object value) {
    JsonOutput output = new JsonOutput();
    if (value == null) {
      output.raw(JsonOutput.NULL);
    } else {
      writer.write(output, value);
    }
    return output.toByteString();
  }

  private ValueWriter nonNull(Schema schema) {
    return switch (Objects.requireNonNullElse(schema.name(), "")) {
      case Decimal.LOGICAL_NAME -> decimal(schema);
      case Date.LOGICAL_NAME -> (output, value) -> output.number(epochDay(date(value)));
      case Time.LOGICAL_NAME -> (output, value) -> output.number(milliOfDay(date(value)));
      case Timestamp.LOGICAL_NAME -> (output, value) -> output.number(date(value).getTime());
      default -> ofType(schema);
    };
  }

  private ValueWriter ofType(Schema schema) {
    return switch (schema.type()) {
      case INT8 -> (output, value) -> output.number(cast(Byte.class, value));
      case INT16 -> (output, value) -> output.number(cast(Short.class, value));
      case INT32 -> (output, value) -> output.number(cast(Integer.class, value));
      case INT64 -> (output, value) -> output.number(cast(Long.class, value));
      case FLOAT32 -> (output, value) -> output.ascii(finite(cast(Float.class, value)).toString());
      case FLOAT64 -> (output, value) -> output.ascii(finite(cast(Double.class, value)).toString());
      case BOOLEAN -> (output, value) -> output.bool(cast(Boolean.class, value));
      case STRING -> (output, value) -> output.text(cast(CharSequence.class, value).toString());
      case BYTES -> (output, value) -> output.base64(bytes(value));
      case ARRAY -> array(nullable(schema.valueSchema()));
      case MAP ->
          schema.keySchema().type() == Schema.Type.STRING
              ? object(nullable(schema.valueSchema()))
              : pairs(nullable(schema.keySchema()), nullable(schema.valueSchema()));
      case STRUCT -> new StructWriter(schema, this::nullable);
    };
  }

  private ValueWriter decimal(Schema schema) {
    if (config.decimalFormat() == DecimalFormat.NUMERIC) {
      return (output, value) -> output.ascii(cast(BigDecimal.class, value).toString());
    }
    int scale = UsualSchema.scale(schema);
    return (output, value) -> {
      BigDecimal decimal = cast(BigDecimal.class, value);
      if (decimal.scale() != scale) {
        throw new UnusualRecordException();
      }
      output.base64(decimal.unscaledValue().toByteArray());
    };
  }

  private static ValueWriter array(ValueWriter elements) {
    return (output, value) -> {
      output.raw('[');
      boolean first = true;
      for (Object element : cast(Collection.class, value)) {
        if (!first) {
          output.raw(',');
        }
        first = false;
        elements.write(output, element);
      }
      output.raw(']');
    };
  }

  /** A map with texts as keys. */
  private static ValueWriter object(ValueWriter values) {
    return (output, value) -> {
      output.raw('{');
      boolean first = true;
      for (Map.Entry<?, ?> entry : entries(value)) {
        if (!first) {
          output.raw(',');
        }
        first = false;
        output.text(cast(String.class, entry.getKey()));
        output.raw(':');
        values.write(output, entry.getValue());
      }
      output.raw('}');
    };
  }

  /** A map with other keys. */
  private static ValueWriter pairs(ValueWriter keys, ValueWriter values) {
    return (output, value) -> {
      output.raw('[');
      boolean first = true;
      for (Map.Entry<?, ?> entry : entries(value)) {
        if (!first) {
          output.raw(',');
        }
        first = false;
        output.raw('[');
        keys.write(output, entry.getKey());
        output.raw(',');
        values.write(output, entry.getValue());
        output.raw(']');
      }
      output.raw(']');
    };
  }

  private static Iterable<? extends Map.Entry<?, ?>> entries(Object value) {
    return ((Map<?, ?>) cast(Map.class, value)).entrySet();
  }

  /** JsonConverter takes a buffer's whole array, whatever part of it the buffer shows. */
  @SuppressWarnings("ByteBufferBackingArray")
  private static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }
    ByteBuffer buffer = cast(ByteBuffer.class, value);
    if (!buffer.hasArray()) {
      throw new UnusualRecordException();
    }
    return buffer.array();
  }

  private static Float finite(Float number) {
    if (!Float.isFinite(number)) {
      throw new UnusualRecordException();
    }
    return number;
  }

  private static Double finite(Double number) {
    if (!Double.isFinite(number)) {
      throw new UnusualRecordException();
    }
    return number;
  }

  private static java.util.Date date(Object value) {
    return cast(java.util.Date.class, value);
  }

  private static int epochDay(java.util.Date midnight) {
    long millis = midnight.getTime();
    if (millis % MILLIS_PER_DAY != 0) {
      throw new UnusualRecordException();
    }
    return (int) (millis / MILLIS_PER_DAY);
  }

  private static int milliOfDay(java.util.Date time) {
    long millis = time.getTime();
    if (millis < 0 || millis > MILLIS_PER_DAY) {
      throw new UnusualRecordException();
    }
    return (int) millis;
  }

  private static Object required(Object value) {
    if (value == null) {
      throw new UnusualRecordException();
    }
    return value;
  }

  static <T> T cast(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new UnusualRecordException();
    }
    return type.cast(value);
  }
}
