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
      case Date.LOGICAL_NAME -> (output, value) -> output.number(epochDay(value));
      case Time.LOGICAL_NAME -> (output, value) -> output.number(milliOfDay(value));
      case Timestamp.LOGICAL_NAME -> (output, value) -> output.number(epochMillis(value));
      default -> ofType(schema);
    };
  }

  private ValueWriter ofType(Schema schema) {
    return switch (schema.type()) {
      case INT8 -> (output, value) -> output.number(value instanceof Byte it ? it : unusual());
      case INT16 -> (output, value) -> output.number(value instanceof Short it ? it : unusual());
      case INT32 -> (output, value) -> output.number(value instanceof Integer it ? it : unusual());
      case INT64 -> (output, value) -> output.number(value instanceof Long it ? it : unusual());
      case FLOAT32 -> (output, value) -> output.ascii(finiteFloat(value).toString());
      case FLOAT64 -> (output, value) -> output.ascii(finiteDouble(value).toString());
      case BOOLEAN -> (output, value) -> output.bool(value instanceof Boolean it ? it : unusual());
      case STRING ->
          (output, value) ->
              output.text(value instanceof CharSequence it ? it.toString() : unusual());
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
      return (output, value) ->
          output.ascii(value instanceof BigDecimal it ? it.toString() : unusual());
    }
    int scale = UsualSchema.scale(schema);
    return (output, value) ->
        output.base64(
            value instanceof BigDecimal it && it.scale() == scale
                ? it.unscaledValue().toByteArray()
                : unusual());
  }

  private static ValueWriter array(ValueWriter elements) {
    return (output, value) -> {
      output.raw('[');
      boolean first = true;
      for (Object element : elements(value)) {
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
        output.text(entry.getKey() instanceof String key ? key : unusual());
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

  private static Iterable<?> elements(Object value) {
    return value instanceof Collection<?> elements ? elements : unusual();
  }

  private static Iterable<? extends Map.Entry<?, ?>> entries(Object value) {
    return value instanceof Map<?, ?> map ? map.entrySet() : unusual();
  }

  /** JsonConverter takes a buffer's whole array, whatever part of it the buffer shows. */
  @SuppressWarnings("ByteBufferBackingArray")
  private static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }
    return value instanceof ByteBuffer buffer && buffer.hasArray() ? buffer.array() : unusual();
  }

  private static Float finiteFloat(Object value) {
    return value instanceof Float number && Float.isFinite(number) ? number : unusual();
  }

  private static Double finiteDouble(Object value) {
    return value instanceof Double number && Double.isFinite(number) ? number : unusual();
  }

  private static long epochMillis(Object value) {
    return value instanceof java.util.Date date ? date.getTime() : unusual();
  }

  private static int epochDay(Object midnight) {
    long millis = epochMillis(midnight);
    return millis % MILLIS_PER_DAY == 0 ? (int) (millis / MILLIS_PER_DAY) : unusual();
  }

  private static int milliOfDay(Object time) {
    long millis = epochMillis(time);
    return millis >= 0 && millis <= MILLIS_PER_DAY ? (int) millis : unusual();
  }

  private static Object required(Object value) {
    return value == null ? unusual() : value;
  }

  /** Stands where a value would. It never returns, so that every type is right. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T unusual() {
    throw new UnusualRecordException();
  }
}
