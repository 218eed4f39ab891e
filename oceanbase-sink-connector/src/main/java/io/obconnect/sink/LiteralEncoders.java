package io.obconnect.sink;

import io.obconnect.model.ExactValue;
import io.obconnect.model.JsonLiteral;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Chooses the encoder of a field from its schema (Debezium's and Connect's logical types, all of
 * Debezium's handling modes) and the column that it goes to.
 */
final class LiteralEncoders {
  static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";

  private static final LiteralEncoder NUMBER = (sql, value) -> sql.append(value);
  private static final LiteralEncoder UNSIGNED_LONG =
      (sql, value) -> sql.append(Long.toUnsignedString((Long) value));
  // The exact decimal expansion of a float is that of its double; the shortest float text may round
  // differently.
  private static final LiteralEncoder FLOATING =
      (sql, value) -> Literals.appendDouble(sql, ((Number) value).doubleValue());
  private static final LiteralEncoder BOOLEAN =
      (sql, value) -> sql.append((Boolean) value ? '1' : '0');
  private static final LiteralEncoder TEXT =
      (sql, value) -> Literals.appendText(sql, (String) value);
  private static final LiteralEncoder JSON =
      (sql, value) -> JsonLiteral.append(sql, (String) value);
  private static final LiteralEncoder BYTES =
      (sql, value) -> Literals.appendBytes(sql, Literals.bytes(value));
  private static final LiteralEncoder DECIMAL =
      (sql, value) -> sql.append(((BigDecimal) value).toPlainString());
  // As a number it would pass through the server's own decimals, which have 65 digits.
  private static final LiteralEncoder DECIMAL_TEXT =
      (sql, value) -> Literals.appendText(sql, ((BigDecimal) value).toPlainString());

  /** Digits after the point that a DECIMAL of either engine can have. */
  private static final int MAX_SCALE = 30;

  private LiteralEncoders() {}

  /**
   * The encoder of one field.
   *
   * @throws DataException when the field's type cannot be stored exactly in that column
   */
  static LiteralEncoder of(Schema schema, DestinationColumn column) {
    LiteralEncoder logical = schema.name() == null ? null : logical(schema.name(), schema, column);
    return logical != null ? logical : plain(schema, column);
  }

  private static LiteralEncoder logical(String name, Schema schema, DestinationColumn column) {
    return switch (name) {
      case Decimal.LOGICAL_NAME -> column.holdsText() ? DECIMAL_TEXT : DECIMAL;
      case Date.LOGICAL_NAME ->
          (sql, value) -> Literals.appendDate(sql, Math.floorDiv(epochMillis(value), 86_400_000L));
      case Time.LOGICAL_NAME ->
          (sql, value) -> Literals.appendDuration(sql, Duration.ofMillis(epochMillis(value)));
      case Timestamp.LOGICAL_NAME -> (sql, value) -> appendEpochMillis(sql, epochMillis(value));
      case "io.debezium.time.Date" -> (sql, value) -> Literals.appendDate(sql, number(value));
      case "io.debezium.time.Time" ->
          (sql, value) -> Literals.appendDuration(sql, Duration.ofMillis(number(value)));
      case "io.debezium.time.MicroTime" ->
          (sql, value) -> Literals.appendDuration(sql, Literals.microseconds(number(value)));
      case "io.debezium.time.NanoTime" ->
          (sql, value) -> Literals.appendDuration(sql, Duration.ofNanos(number(value)));
      case "io.debezium.time.Timestamp" -> (sql, value) -> appendEpochMillis(sql, number(value));
      case "io.debezium.time.MicroTimestamp" ->
          (sql, value) -> appendEpoch(sql, Literals.microseconds(number(value)));
      case "io.debezium.time.NanoTimestamp" ->
          (sql, value) -> appendEpoch(sql, Duration.ofNanos(number(value)));
      case "io.debezium.time.ZonedTimestamp", "io.debezium.time.IsoTimestamp" ->
          (sql, value) -> appendZoned(sql, (String) value);
      case "io.debezium.time.IsoDate" -> (sql, value) -> appendIsoDate(sql, (String) value);
      case "io.debezium.time.ZonedTime", "io.debezium.time.IsoTime" ->
          (sql, value) -> appendZonedTime(sql, (String) value);
      case ExactValue.NAME -> new ExactEncoder(column);
      case VARIABLE_SCALE ->
          column.holdsText()
              ? (sql, value) -> Literals.appendText(sql, variableScale(value).toPlainString())
              : LiteralEncoders::appendVariableScale;
      case "io.debezium.data.Bits" ->
          column.holdsBytes()
              ? (sql, value) -> Literals.appendBytes(sql, reversed(Literals.bytes(value)))
              : LiteralEncoders::appendBits;
      case "io.debezium.data.geometry.Geometry",
          "io.debezium.data.geometry.Geography",
          "io.debezium.data.geometry.Point" ->
          LiteralEncoders::appendGeometry;
      case "io.debezium.data.FloatVector", "io.debezium.data.DoubleVector" ->
          LiteralEncoders::appendVector;
      default -> textual(name, schema, column);
    };
  }

  /** Named strings (Json, Enum, EnumSet, Xml, Uuid, ..) are plain text to a column of any type. */
  private static LiteralEncoder textual(String name, Schema schema, DestinationColumn column) {
    if (name.equals(JsonText.SCHEMA.name())) {
      return new JsonTextEncoder(column, characters(column));
    }
    return schema.type() == Schema.Type.STRING ? characters(column) : null;
  }

  private static LiteralEncoder plain(Schema schema, DestinationColumn column) {
    return switch (schema.type()) {
      case INT8, INT16, INT32 -> NUMBER;
      // bigint.unsigned.handling.mode=long wraps the upper half of the range to negative numbers.
      case INT64 -> column.unsigned() ? UNSIGNED_LONG : NUMBER;
      case FLOAT32, FLOAT64 -> FLOATING;
      case BOOLEAN -> BOOLEAN;
      case BYTES -> BYTES;
      case STRING -> text(column);
      case ARRAY, MAP, STRUCT -> composite(schema, column);
    };
  }

  private static LiteralEncoder composite(Schema schema, DestinationColumn column) {
    if (!column.holdsText() && !column.holdsJson()) {
      throw unsupported(schema.name() == null ? schema.type().getName() : schema.name(), column);
    }
    LiteralEncoder characters = characters(column);
    return (sql, value) -> characters.append(sql, JsonText.of(schema, value));
  }

  private static LiteralEncoder text(DestinationColumn column) {
    if (column.holdsBytes()) {
      throw new DataException(
          "column "
              + column.name()
              + " holds bytes but the field is a string of unknown encoding; set"
              + " binary.handling.mode=bytes in the source connector");
    }
    return characters(column);
  }

  private static LiteralEncoder characters(DestinationColumn column) {
    return column.roundsJson() ? JSON : TEXT;
  }

  private static DataException unsupported(String type, DestinationColumn column) {
    return new DataException(
        "column " + column.name() + ": a field of type " + type + " cannot be written to a column");
  }

  /** Connect's logical times are java.util.Date. */
  private static long epochMillis(Object value) {
    return ((java.util.Date) value).toInstant().toEpochMilli();
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static void appendEpochMillis(StringBuilder sql, long millis) {
    appendEpoch(sql, Duration.ofMillis(millis));
  }

  static void appendEpoch(StringBuilder sql, Duration sinceEpoch) {
    Literals.appendDateTime(sql, sinceEpoch.getSeconds(), sinceEpoch.getNano());
  }

  static void appendZoned(StringBuilder sql, String iso) {
    sql.append('\'');
    Literals.appendDateTime(
        sql, OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    sql.append('\'');
  }

  private static void appendIsoDate(StringBuilder sql, String iso) {
    Literals.appendDate(sql, LocalDate.parse(iso, DateTimeFormatter.ISO_DATE).toEpochDay());
  }

  static void appendZonedTime(StringBuilder sql, String iso) {
    long nanos =
        OffsetTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime().toNanoOfDay();
    Literals.appendDuration(sql, Duration.ofNanos(nanos));
  }

  static BigDecimal variableScale(Object value) {
    Struct struct = (Struct) value;
    BigInteger unscaled = new BigInteger(Literals.bytes(struct.get("value")));
    return new BigDecimal(unscaled, struct.getInt32("scale"));
  }

  private static void appendVariableScale(StringBuilder sql, Object value) {
    BigDecimal number = variableScale(value);
    // Servers refuse digits before the point that they have no place for; those after it they cut.
    if (number.stripTrailingZeros().scale() > MAX_SCALE) {
      throw new DataException("more digits after the point than any DECIMAL has");
    }
    sql.append(number.toPlainString());
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** Debezium sends bit strings lowest byte first. */
  static void appendBits(StringBuilder sql, Object value) {
    byte[] littleEndian = Literals.bytes(value);
    if (littleEndian.length > Long.BYTES) {
      throw new DataException("more bits than the 64 of the widest column");
    }
    long bits = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      bits = bits << 8 | (littleEndian[i] & 0xff);
    }
    sql.append(Long.toUnsignedString(bits));
  }

  /**
   * Writes MySQL's storage format, four bytes of SRID and the WKB as Debezium took it from there.
   * It needs no spatial reference system on the server and no agreement about the order of axes,
   * unlike ST_GeomFromWKB.
   */
  private static void appendGeometry(StringBuilder sql, Object value) {
    Struct struct = (Struct) value;
    Integer srid = struct.getInt32("srid");
    int id = srid == null ? 0 : srid;
    sql.append("x'");
    Literals.appendHex(
        sql, new byte[] {(byte) id, (byte) (id >> 8), (byte) (id >> 16), (byte) (id >> 24)});
    Literals.appendHex(sql, Literals.bytes(struct.get("wkb")));
    sql.append('\'');
  }

  private static void appendVector(StringBuilder sql, Object value) {
    sql.append("'[");
    Iterator<?> elements = ((List<?>) value).iterator();
    while (elements.hasNext()) {
      sql.append(elements.next());
      if (elements.hasNext()) {
        sql.append(',');
      }
    }
    sql.append("]'");
  }
}
