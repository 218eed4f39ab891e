package io.obconnect.sink;

import io.obconnect.model.ColumnDefault;
import io.obconnect.model.ColumnDefinition;
import io.obconnect.model.ColumnType;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.DestinationProfile.Engine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * Chooses a column for a field of a record: by the form in which the field's values come, which is
 * what the column has to take, and by the source's own type where Debezium says it
 * (column.propagate.source.type). A type is chosen so that no value that comes is changed by it.
 */
final class DataColumns {
  private static final String SOURCE_TYPE = "__debezium.source.column.type";
  private static final String SOURCE_LENGTH = "__debezium.source.column.length";

  /** InnoDB's limit for a key, 3072 bytes, in characters of utf8mb4. */
  private static final int MYSQL_KEY_CHARS = 768;

  /** OceanBase's limit for a key is 16,384 bytes. */
  private static final int OCEANBASE_KEY_CHARS = 4_096;

  /** Longer texts do not count against MySQL's limit for a row, 65,535 bytes. */
  private static final int MAX_VARCHAR = 4_000;

  private static final int MAX_DECIMAL_DIGITS = 65;
  private static final int MAX_DECIMAL_SCALE = 30;
  private static final int MAX_BITS = 64;

  private static final Set<String> TEXTS =
      Set.of("VARCHAR", "CHAR", "BPCHAR", "NAME", "NCHAR", "NVARCHAR", "VARCHAR2", "NVARCHAR2");

  private static final Set<String> BYTES =
      Set.of("BYTEA", "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB", "RAW");

  private final int keyChars;

  /**
   * Columns for one table.
   *
   * @param keyColumns how many columns share the length that a key may have
   */
  DataColumns(DestinationProfile profile, int keyColumns) {
    int limit = profile.engine() == Engine.OCEANBASE ? OCEANBASE_KEY_CHARS : MYSQL_KEY_CHARS;
    // A column of another type in the key takes a few bytes, too.
    this.keyChars = keyColumns <= 1 ? limit : limit / keyColumns - 8;
  }

  /** The column of a table that is created with it. */
  ColumnDefinition column(Field field, boolean isKey) {
    ColumnType type = type(field.schema());
    return column(field, isKey ? keyType(type) : type, field.schema().isOptional() && !isKey);
  }

  /** The column of a table that has rows already: they hold NULL where nothing else is known. */
  ColumnDefinition added(Field field) {
    ColumnType type = type(field.schema());
    boolean nullable =
        field.schema().isOptional()
            || defaultValue(field.schema(), type) instanceof ColumnDefault.None;
    return column(field, type, nullable);
  }

  private static ColumnDefinition column(Field field, ColumnType type, boolean nullable) {
    return new ColumnDefinition(
        field.name(),
        type,
        nullable,
        defaultValue(field.schema(), type),
        Optional.empty(),
        false,
        "",
        false,
        Optional.empty(),
        Map.of());
  }

  /** Engines have no keys of large objects. */
  private ColumnType keyType(ColumnType type) {
    return switch (type.name()) {
      case "longtext", "json" -> sized("varchar", keyChars);
      case "varchar" -> sized("varchar", Math.min(keyChars, type.length().orElse(keyChars)));
      case "longblob" -> sized("varbinary", keyChars);
      default -> type;
    };
  }

  private static ColumnType type(Schema schema) {
    Optional<ColumnType> logical =
        schema.name() == null ? Optional.empty() : logical(schema.name(), schema);
    return logical.orElseGet(() -> plain(schema));
  }

  private static Optional<ColumnType> logical(String name, Schema schema) {
    ColumnType type =
        switch (name) {
          case "org.apache.kafka.connect.data.Decimal" -> decimal(schema);
          case LiteralEncoders.VARIABLE_SCALE ->
              sized("decimal", MAX_DECIMAL_DIGITS, MAX_DECIMAL_SCALE);
          case "org.apache.kafka.connect.data.Date",
              "io.debezium.time.Date",
              "io.debezium.time.IsoDate" ->
              ColumnType.of("date");
          case "org.apache.kafka.connect.data.Time", "io.debezium.time.Time" -> sized("time", 3);
          case "io.debezium.time.MicroTime",
              "io.debezium.time.NanoTime",
              "io.debezium.time.ZonedTime",
              "io.debezium.time.IsoTime" ->
              sized("time", 6);
          case "org.apache.kafka.connect.data.Timestamp", "io.debezium.time.Timestamp" ->
              sized("datetime", 3);
          case "io.debezium.time.MicroTimestamp",
              "io.debezium.time.NanoTimestamp",
              "io.debezium.time.IsoTimestamp" ->
              sized("datetime", 6);
          // TIMESTAMP of MySQL; with time zone, in PostgreSQL, it has other years than that.
          case "io.debezium.time.ZonedTimestamp" ->
              sized(sourceType(schema).equals("TIMESTAMP") ? "timestamp" : "datetime", 6);
          case "io.debezium.time.Year" -> ColumnType.of("year");
          case "io.debezium.time.Interval" -> sized("varchar", 100);
          case "io.debezium.data.Uuid" -> sized("varchar", 36);
          // A MySQL ENUM's labels are longest; as a text, the column takes labels to come.
          case "io.debezium.data.Enum" -> sized("varchar", 255);
          // PostgreSQL's json keeps the text as it is: twice the same key, blanks, all digits.
          case "io.debezium.data.Json" ->
              ColumnType.of(sourceType(schema).equals("JSON") ? "longtext" : "json");
          case "io.debezium.data.Bits" -> bits(schema);
          case "io.debezium.data.geometry.Point" -> ColumnType.of("point");
          case "io.debezium.data.geometry.Geometry", "io.debezium.data.geometry.Geography" ->
              ColumnType.of("geometry");
          default -> null;
        };
    return Optional.ofNullable(type);
  }

  private static ColumnType plain(Schema schema) {
    boolean unsigned = sourceType(schema).contains("UNSIGNED");
    return switch (schema.type()) {
      case INT8 -> ColumnType.of("tinyint");
      case INT16 -> ColumnType.of("smallint");
      case INT32 -> ColumnType.of("int");
      case INT64 -> type("bigint", OptionalInt.empty(), OptionalInt.empty(), unsigned);
      case FLOAT32 -> ColumnType.of("float");
      case FLOAT64 -> ColumnType.of("double");
      case BOOLEAN -> sourceType(schema).equals("BIT") ? sized("bit", 1) : sized("tinyint", 1);
      case STRING -> text(schema);
      case BYTES -> bytes(schema);
      case ARRAY, MAP, STRUCT -> ColumnType.of("json");
    };
  }

  /** Debezium sends what it does not know as the bytes of its text. */
  private static ColumnType bytes(Schema schema) {
    String source = sourceType(schema);
    return ColumnType.of(source.isEmpty() || BYTES.contains(source) ? "longblob" : "longtext");
  }

  /** Never CHAR: it cuts the blanks off that PostgreSQL's fills up with. */
  private static ColumnType text(Schema schema) {
    int length =
        schema.name() == null && TEXTS.contains(sourceType(schema))
            ? number(schema, SOURCE_LENGTH).orElse(0)
            : 0;
    return length > 0 && length <= MAX_VARCHAR
        ? sized("varchar", length)
        : ColumnType.of("longtext");
  }

  private static ColumnType decimal(Schema schema) {
    int scale = number(schema, "scale").orElse(0);
    int precision =
        number(schema, "connect.decimal.precision")
            .orElseGet(() -> sourceType(schema).equals("MONEY") ? 19 : MAX_DECIMAL_DIGITS);
    return scale < 0 || scale > MAX_DECIMAL_SCALE || precision > MAX_DECIMAL_DIGITS
        ? ColumnType.of("longtext")
        : sized("decimal", precision, scale);
  }

  private static ColumnType bits(Schema schema) {
    int length = number(schema, "length").orElse(MAX_BITS);
    return length > 0 && length <= MAX_BITS ? sized("bit", length) : ColumnType.of("longblob");
  }

  /** Rows that exist have the default in the source, and no record will say so. */
  private static ColumnDefault defaultValue(Schema schema, ColumnType type) {
    Object value = schema.defaultValue();
    if (value == null || type.isLargeObject()) {
      return new ColumnDefault.None();
    }
    DestinationColumn column =
        new DestinationColumn("", type.name(), type.unsigned(), false, "", Engine.MYSQL);
    StringBuilder sql = new StringBuilder();
    LiteralEncoders.of(schema, column).append(sql, value);
    return new ColumnDefault.Expression(sql.toString());
  }

  private static String sourceType(Schema schema) {
    return parameter(schema, SOURCE_TYPE).orElse("").toUpperCase(Locale.ROOT);
  }

  private static Optional<Integer> number(Schema schema, String parameter) {
    return parameter(schema, parameter)
        .filter(text -> text.matches("-?\\d{1,9}"))
        .map(Integer::valueOf);
  }

  private static Optional<String> parameter(Schema schema, String name) {
    return schema.parameters() == null
        ? Optional.empty()
        : Optional.ofNullable(schema.parameters().get(name));
  }

  private static ColumnType sized(String name, int length) {
    return type(name, OptionalInt.of(length), OptionalInt.empty(), false);
  }

  private static ColumnType sized(String name, int precision, int scale) {
    return type(name, OptionalInt.of(precision), OptionalInt.of(scale), false);
  }

  private static ColumnType type(
      String name, OptionalInt length, OptionalInt scale, boolean unsigned) {
    return new ColumnType(
        name,
        length,
        scale,
        unsigned,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }
}
