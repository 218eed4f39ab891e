package io.obconnect.stack;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a column stands in the log.
 *
 * @param expression SQL that makes of the column, {@code %s}, what the encoder takes
 * @param type the log's number of its type
 * @param metadata the bytes that a TABLE_MAP tells of it besides
 * @param key whether it is part of the primary key
 */
record BinlogColumn(
    String name,
    String expression,
    int type,
    List<Integer> metadata,
    boolean nullable,
    boolean key,
    BinlogValue.Encoder encoder) {
  static final int JSON = 245;

  private static final int TINY = 1;
  private static final int SHORT = 2;
  private static final int LONG = 3;
  private static final int FLOAT = 4;
  private static final int DOUBLE = 5;
  private static final int LONGLONG = 8;
  private static final int INT24 = 9;
  private static final int DATE = 10;
  private static final int YEAR = 13;
  private static final int VARCHAR = 15;
  private static final int BIT = 16;
  private static final int TIMESTAMP2 = 17;
  private static final int DATETIME2 = 18;
  private static final int TIME2 = 19;
  private static final int DECIMAL = 246;
  private static final int ENUM = 247;
  private static final int SET = 248;
  private static final int BLOB = 252;
  private static final int STRING = 254;
  private static final int GEOMETRY = 255;

  private static final String TEXT = "CAST(%s AS CHAR)";
  private static final String NUMBER = "CAST(%s+0 AS CHAR)";
  private static final String BYTES = "%s";
  // FLOAT's text has not all digits.
  private static final String EXACT = "SUBSTR(HEX(POINT(%s+0e0,0)),19,16)";

  private static final int LONG_LENGTH = 4;
  private static final int FIRST_LENGTH_IN_TWO_BYTES = 256;
  private static final int LENGTH_BITS_IN_TYPE = 0x300;
  private static final Pattern NUMBERS = Pattern.compile("\\((\\d+)(?:,\\s*(\\d+))?\\)");
  private static final Pattern ELEMENT = Pattern.compile("'(?:[^']|'')*'");

  /**
   * What information_schema.columns says of a column.
   *
   * @param octets the greatest length of a text or of bytes
   */
  record Definition(
      String name, String dataType, String columnType, boolean nullable, boolean key, long octets) {

    /** Digits, bits or digits of seconds. */
    int precision() {
      return number(1);
    }

    int scale() {
      return number(2);
    }

    private int number(int group) {
      Matcher numbers = NUMBERS.matcher(columnType);
      return numbers.find() && numbers.group(group) != null
          ? Integer.parseInt(numbers.group(group))
          : 0;
    }
  }

  /**
   * As OceanBase's Binlog Service writes it.
   *
   * @throws LocalStackException for a type that this stand-in does not know
   */
  static BinlogColumn of(Definition column) {
    String type = column.dataType().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "tinyint" -> integer(column, TINY, 1);
      case "smallint" -> integer(column, SHORT, 2);
      case "mediumint" -> integer(column, INT24, 3);
      case "int" -> integer(column, LONG, 4);
      case "bigint" -> integer(column, LONGLONG, 8);
      case "float" -> of(column, EXACT, FLOAT, BinlogValue.FLOAT, 4);
      case "double" -> of(column, EXACT, DOUBLE, BinlogValue.DOUBLE, 8);
      case "decimal" ->
          of(
              column,
              TEXT,
              DECIMAL,
              BinlogValue.decimal(column.precision(), column.scale()),
              column.precision(),
              column.scale());
      case "bit" ->
          of(
              column,
              NUMBER,
              BIT,
              BinlogValue.bits((column.precision() + 7) / 8),
              column.precision() % 8,
              column.precision() / 8);
      case "year" -> of(column, NUMBER, YEAR, BinlogValue.YEAR);
      case "date" -> of(column, TEXT, DATE, BinlogValue.DATE);
      case "time" -> temporal(column, TEXT, TIME2, BinlogValue.time(column.precision()));
      case "datetime" ->
          temporal(column, TEXT, DATETIME2, BinlogValue.dateTime(column.precision()));
      // Of the session's time zone nothing is seen.
      case "timestamp" ->
          temporal(
              column,
              "CAST(UNIX_TIMESTAMP(%s) AS CHAR)",
              TIMESTAMP2,
              BinlogValue.timestamp(column.precision()));
      case "char", "binary" -> fixedLength(column);
      case "varchar", "varbinary" ->
          of(
              column,
              BYTES,
              VARCHAR,
              BinlogValue.lengthAndBytes(lengthBytes(column.octets())),
              (int) column.octets() & 0xff,
              (int) column.octets() >> 8);
      case "tinytext", "tinyblob" -> blob(column, 1);
      case "text", "blob" -> blob(column, 2);
      case "mediumtext", "mediumblob" -> blob(column, 3);
      case "longtext", "longblob" -> blob(column, LONG_LENGTH);
      case "json" -> of(column, TEXT, JSON, BinlogValue.json(LONG_LENGTH), LONG_LENGTH);
      case "enum" -> listed(column, ENUM, elements(column) < 256 ? 1 : 2);
      case "set" -> listed(column, SET, setBytes(elements(column)));
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          of(column, BYTES, GEOMETRY, BinlogValue.lengthAndBytes(LONG_LENGTH), LONG_LENGTH);
      default ->
          throw new LocalStackException(
              "the Binlog Service's stand-in has no columns of type "
                  + column.columnType()
                  + ": "
                  + column.name());
    };
  }

  private static BinlogColumn integer(Definition column, int type, int width) {
    return of(column, NUMBER, type, BinlogValue.integer(width));
  }

  private static BinlogColumn temporal(
      Definition column, String expression, int type, BinlogValue.Encoder encoder) {
    return of(column, expression, type, encoder, column.precision());
  }

  private static BinlogColumn blob(Definition column, int lengthBytes) {
    return of(column, BYTES, BLOB, BinlogValue.lengthAndBytes(lengthBytes), lengthBytes);
  }

  private static BinlogColumn listed(Definition column, int type, int width) {
    return of(column, NUMBER, STRING, BinlogValue.integer(width), type, width);
  }

  /** Lengths beyond 255 borrow two bits of the type's number, which are inverted there. */
  private static BinlogColumn fixedLength(Definition column) {
    int octets = (int) column.octets();
    return of(
        column,
        BYTES,
        STRING,
        BinlogValue.lengthAndBytes(lengthBytes(octets)),
        STRING ^ ((octets & LENGTH_BITS_IN_TYPE) >> 4),
        octets & 0xff);
  }

  private static int lengthBytes(long octets) {
    return octets < FIRST_LENGTH_IN_TWO_BYTES ? 1 : 2;
  }

  private static int elements(Definition column) {
    Matcher element = ELEMENT.matcher(column.columnType());
    int count = 0;
    while (element.find()) {
      count++;
    }
    return count;
  }

  private static int setBytes(int elements) {
    int bytes = (elements + 7) / 8;
    return bytes > 4 ? 8 : bytes;
  }

  private static BinlogColumn of(
      Definition column,
      String expression,
      int type,
      BinlogValue.Encoder encoder,
      int... metadata) {
    return new BinlogColumn(
        column.name(),
        expression,
        type,
        IntStream.of(metadata).boxed().toList(),
        column.nullable(),
        column.key(),
        encoder);
  }

  /** Differs when the column differs in anything that the log shows. */
  String shape() {
    return String.join(
        " ",
        name,
        expression,
        String.valueOf(type),
        metadata.toString(),
        String.valueOf(nullable),
        String.valueOf(key));
  }

  /** SQL of a trigger: the value in hexadecimal digits, or what stands for NULL. */
  String capture(String row) {
    return "IFNULL(HEX("
        + expression.formatted(row + ".`" + name + "`")
        + "),'"
        + RowChange.NULL
        + "')";
  }

  void write(byte[] captured, ByteWriter out) {
    encoder.write(captured, out);
  }
}
