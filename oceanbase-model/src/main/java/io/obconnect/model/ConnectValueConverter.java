package io.obconnect.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Turns values of one field into those of {@link RowValues}: Connect's and Debezium's logical
 * types, in all of Debezium's handling modes. Stateless.
 */
@FunctionalInterface
interface ConnectValueConverter {

  /** The column's type as the source spells it, where Debezium propagates it. */
  String SOURCE_TYPE = "__debezium.source.column.type";

  /** Converts a value that is not null; a malformed one makes it throw. */
  Object convert(Object value);

  /**
   * Chooses a converter.
   *
   * @param unsigned whether negative numbers are the upper half of BIGINT UNSIGNED; a source that
   *     propagates its columns' types says so itself
   * @throws RowFilterException when the field is a structure that is no single value
   */
  static ConnectValueConverter of(Field field, boolean unsigned) {
    Schema schema = field.schema();
    ConnectValueConverter logical = schema.name() == null ? null : logical(schema.name());
    if (logical != null) {
      return logical;
    }
    return switch (schema.type()) {
      case INT8, INT16, INT32 -> value -> ((Number) value).longValue();
      case INT64 -> unsigned || isUnsigned(schema) ? ConnectValueConverter::unsigned : v -> v;
      // The shortest float text may round differently: widened as it is.
      case FLOAT32, FLOAT64 -> value -> ((Number) value).doubleValue();
      case BOOLEAN, STRING -> value -> value;
      case BYTES -> ConnectValueConverter::bytes;
      case ARRAY, MAP, STRUCT ->
          throw new RowFilterException(
              "row filter: column "
                  + SqlText.identifier(field.name())
                  + " is of type "
                  + (schema.name() == null ? schema.type().getName() : schema.name())
                  + ", which cannot be filtered by; take it out of the filter");
    };
  }

  private static boolean isUnsigned(Schema schema) {
    Map<String, String> parameters = schema.parameters();
    return parameters != null
        && parameters.getOrDefault(SOURCE_TYPE, "").toUpperCase(Locale.ROOT).contains("UNSIGNED");
  }

  private static ConnectValueConverter logical(String name) {
    return switch (name) {
      case Decimal.LOGICAL_NAME -> value -> number((BigDecimal) value);
      case "io.debezium.data.VariableScaleDecimal" ->
          value -> {
            Struct struct = (Struct) value;
            BigInteger unscaled = new BigInteger(bytes(struct.get("value")));
            return number(new BigDecimal(unscaled, struct.getInt32("scale")));
          };
      case ExactValue.NAME -> ExactValue::comparable;
      case "io.debezium.data.Bits" -> ConnectValueConverter::bits;
      case Date.LOGICAL_NAME -> value -> dateTime(instant(value)).toLocalDate();
      case Timestamp.LOGICAL_NAME -> value -> dateTime(instant(value));
      case Time.LOGICAL_NAME -> value -> Duration.ofMillis(instant(value).toEpochMilli());
      case "io.debezium.time.Date" -> value -> LocalDate.ofEpochDay(integer(value));
      case "io.debezium.time.Timestamp" -> value -> dateTime(integer(value), ChronoUnit.MILLIS);
      case "io.debezium.time.MicroTimestamp" ->
          value -> dateTime(integer(value), ChronoUnit.MICROS);
      case "io.debezium.time.NanoTimestamp" -> value -> dateTime(integer(value), ChronoUnit.NANOS);
      case "io.debezium.time.Time" -> value -> Duration.of(integer(value), ChronoUnit.MILLIS);
      case "io.debezium.time.MicroTime" -> value -> Duration.of(integer(value), ChronoUnit.MICROS);
      case "io.debezium.time.NanoTime" -> value -> Duration.of(integer(value), ChronoUnit.NANOS);
      case "io.debezium.time.ZonedTimestamp", "io.debezium.time.IsoTimestamp" ->
          value -> dateTime(OffsetDateTime.parse((String) value).toInstant());
      case "io.debezium.time.ZonedTime", "io.debezium.time.IsoTime" ->
          value -> clock(OffsetTime.parse((String) value));
      case "io.debezium.time.IsoDate" ->
          value -> LocalDate.parse((String) value, DateTimeFormatter.ISO_DATE);
      default -> null;
    };
  }

  private static long integer(Object value) {
    return ((Number) value).longValue();
  }

  private static Object unsigned(Object value) {
    long number = integer(value);
    return number >= 0 ? (Object) number : new BigInteger(Long.toUnsignedString(number));
  }

  /** Without a fraction it is an integer to MySQL's operators, too: BIGINT UNSIGNED comes so. */
  private static Object number(BigDecimal value) {
    return value.scale() == 0 ? integer(value.unscaledValue()) : value;
  }

  private static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValueExact() : value;
  }

  /** Debezium sends bit strings lowest byte first. */
  private static Object bits(Object value) {
    byte[] bytes = bytes(value).clone();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte low = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = low;
    }
    return integer(new BigInteger(1, bytes));
  }

  private static byte[] bytes(Object value) {
    if (value instanceof byte[] array) {
      return array;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }

  /** Connect's logical times are java.util.Date. */
  private static Instant instant(Object value) {
    return ((java.util.Date) value).toInstant();
  }

  private static LocalDateTime dateTime(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** A wall-clock time given as the distance from 1970-01-01 00:00 of the same clock. */
  private static LocalDateTime dateTime(long number, ChronoUnit unit) {
    return dateTime(Instant.EPOCH.plus(number, unit));
  }

  private static Duration clock(OffsetTime time) {
    return Duration.ofNanos(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime().toNanoOfDay());
  }

  /** Whether a value is this text, as characters or as bytes. */
  static boolean isText(Object value, String text) {
    if (value instanceof byte[] || value instanceof ByteBuffer) {
      return Arrays.equals(bytes(value), text.getBytes(StandardCharsets.UTF_8));
    }
    return text.equals(value);
  }
}
