package io.obconnect.sink;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Every type of column in every form in which records hold its values, with random values and the
 * ends of their ranges.
 */
final class LiteralKinds {

  /**
   * One type in one form.
   *
   * @param sqlType as in CREATE TABLE
   * @param value makes a value as records hold it
   * @param parameter the same as JDBC takes it
   */
  record Kind(
      String sqlType,
      Schema schema,
      Function<Random, Object> value,
      Function<Object, Object> parameter) {

    String dataType() {
      return sqlType.replaceFirst("[ (].*", "").toLowerCase(Locale.ROOT);
    }

    boolean isUnsigned() {
      return sqlType.endsWith(" UNSIGNED");
    }
  }

  private static final Duration LAST_TIME = Duration.ofHours(838).plusMinutes(59);
  private static final LocalDateTime FIRST = LocalDateTime.of(1000, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);
  // What 64 bits of nanoseconds reach.
  private static final LocalDateTime FIRST_NANO = LocalDateTime.of(1678, 1, 1, 0, 0);
  private static final LocalDateTime LAST_NANO = LocalDateTime.of(2262, 1, 1, 0, 0);

  static final List<Kind> ALL =
      List.of(
          number("TINYINT", Schema.INT16_SCHEMA, 8, Long::shortValue),
          number("TINYINT UNSIGNED", Schema.INT16_SCHEMA, 8, Long::shortValue),
          number("SMALLINT", Schema.INT16_SCHEMA, 16, Long::shortValue),
          number("SMALLINT UNSIGNED", Schema.INT32_SCHEMA, 16, Long::intValue),
          number("MEDIUMINT", Schema.INT32_SCHEMA, 24, Long::intValue),
          number("MEDIUMINT UNSIGNED", Schema.INT32_SCHEMA, 24, Long::intValue),
          number("INT", Schema.INT32_SCHEMA, 32, Long::intValue),
          number("INT UNSIGNED", Schema.INT64_SCHEMA, 32, value -> value),
          same(
              "BIGINT",
              Schema.INT64_SCHEMA,
              oneOf(Long.MIN_VALUE, Long.MAX_VALUE, 0L, Random::nextLong)),
          new Kind(
              "BIGINT UNSIGNED",
              Schema.INT64_SCHEMA,
              oneOf(-1L, Long.MIN_VALUE, 0L, Random::nextLong),
              value -> new BigDecimal(Long.toUnsignedString((Long) value))),
          same(
              "BIGINT UNSIGNED",
              Decimal.schema(0),
              random -> new BigDecimal(new BigInteger(random.nextInt(65), random))),
          same("BOOLEAN", Schema.BOOLEAN_SCHEMA, Random::nextBoolean),
          bit(1),
          bit(9),
          bit(63),
          bit(64),
          decimal(1, 0),
          decimal(1, 1),
          decimal(9, 2),
          decimal(18, 9),
          decimal(19, 0),
          decimal(38, 10),
          decimal(65, 0),
          decimal(65, 30),
          new Kind(
              "DECIMAL(65,30)",
              LiteralEncodersTest.VARIABLE_SCALE,
              random -> variableScale(random, random.nextInt(31)),
              LiteralEncoders::variableScale),
          new Kind(
              "DECIMAL(65,30)",
              Schema.STRING_SCHEMA,
              random -> digits(random, 65, 30).toPlainString(),
              value -> new BigDecimal((String) value)),
          same(
              "DOUBLE",
              Schema.FLOAT64_SCHEMA,
              oneOf(
                  Double.MIN_NORMAL,
                  -Double.MAX_VALUE,
                  0.1,
                  random -> {
                    double number = Double.longBitsToDouble(random.nextLong());
                    // Neither engine takes denormalised numbers through a parameter reliably.
                    return Math.abs(number) >= Double.MIN_NORMAL && Double.isFinite(number)
                        ? number
                        : random.nextGaussian();
                  })),
          same(
              "FLOAT",
              Schema.FLOAT32_SCHEMA,
              oneOf(
                  16_777_216f,
                  -Float.MAX_VALUE,
                  0.1f,
                  random -> {
                    float number = Float.intBitsToFloat(random.nextInt());
                    return Math.abs(number) >= Float.MIN_NORMAL && Float.isFinite(number)
                        ? number
                        : (float) random.nextGaussian();
                  })),
          same("LONGTEXT", Schema.STRING_SCHEMA, oneOf("", "'", "\\", LiteralKinds::text)),
          same("VARCHAR(20)", Schema.STRING_SCHEMA, oneOf("", " ", "a ", LiteralKinds::text)),
          same("CHAR(20)", Schema.STRING_SCHEMA, oneOf("", " ", "a ", LiteralKinds::text)),
          same(
              "ENUM('a','B c','it''s','汉')",
              named("data.Enum", Schema.Type.STRING),
              random -> List.of("a", "B c", "it's", "汉").get(random.nextInt(4))),
          same(
              "SET('a','b','c d','汉')",
              named("data.EnumSet", Schema.Type.STRING),
              random -> List.of("", "a", "a,b,c d,汉", "c d,汉").get(random.nextInt(4))),
          same("JSON", named("data.Json", Schema.Type.STRING), LiteralKinds::json),
          same(
              "LONGBLOB",
              Schema.BYTES_SCHEMA,
              oneOf(
                  new byte[0],
                  new byte[] {0, 39, 92, -1},
                  "x'".getBytes(StandardCharsets.UTF_8),
                  random -> bytes(random, random.nextInt(40)))),
          same("VARBINARY(40)", Schema.BYTES_SCHEMA, random -> bytes(random, random.nextInt(41))),
          same("BINARY(6)", Schema.BYTES_SCHEMA, random -> bytes(random, random.nextInt(7))),
          new Kind(
              "GEOMETRY",
              LiteralEncodersTest.GEOMETRY,
              LiteralKinds::geometry,
              LiteralKinds::stored),
          same(
              "YEAR",
              named("time.Year", Schema.Type.INT32),
              oneOf(1901, 2155, 2000, random -> 1901 + random.nextInt(255))),
          new Kind(
              "DATE",
              named("time.Date", Schema.Type.INT32),
              random -> (int) moment(random, FIRST, LAST).toLocalDate().toEpochDay(),
              value -> LocalDate.ofEpochDay((Integer) value)),
          new Kind(
              "DATE",
              Date.SCHEMA,
              random -> date(moment(random, FIRST, LAST).toLocalDate().atStartOfDay()),
              value -> local(millis(value)).toLocalDate()),
          time(
              "TIME(3)",
              named("time.Time", Schema.Type.INT32),
              1_000_000,
              random -> (int) duration(random).toMillis()),
          time(
              "TIME(6)",
              named("time.MicroTime", Schema.Type.INT64),
              1_000,
              random -> duration(random).toNanos() / 1_000),
          time(
              "TIME(6)",
              named("time.NanoTime", Schema.Type.INT64),
              1,
              random -> duration(random).toNanos() / 1_000 * 1_000),
          new Kind(
              "TIME(3)",
              Time.SCHEMA,
              random -> java.util.Date.from(Instant.ofEpochMilli(random.nextInt(86_400_000))),
              value -> clock(millis(value))),
          new Kind(
              "DATETIME(3)",
              named("time.Timestamp", Schema.Type.INT64),
              random -> epoch(moment(random, FIRST, LAST)).toMillis(),
              value -> local(Duration.ofMillis((Long) value))),
          new Kind(
              "DATETIME(3)",
              Timestamp.SCHEMA,
              random -> date(moment(random, FIRST, LAST)),
              value -> local(millis(value))),
          new Kind(
              "DATETIME(6)",
              named("time.MicroTimestamp", Schema.Type.INT64),
              random -> micros(epoch(moment(random, FIRST, LAST))),
              value -> local(Literals.microseconds((Long) value))),
          new Kind(
              "DATETIME(6)",
              named("time.NanoTimestamp", Schema.Type.INT64),
              random -> epoch(moment(random, FIRST_NANO, LAST_NANO)).toNanos(),
              value -> local(Duration.ofNanos((Long) value))),
          new Kind(
              "TIMESTAMP(6) NULL",
              named("time.ZonedTimestamp", Schema.Type.STRING),
              random ->
                  moment(
                          random,
                          LocalDateTime.of(1970, 1, 1, 0, 0, 1),
                          LocalDateTime.of(2038, 1, 19, 3, 14, 7))
                      .atOffset(ZoneOffset.UTC)
                      .withOffsetSameInstant(ZoneOffset.ofHours(random.nextInt(27) - 12))
                      .toString(),
              value ->
                  java.time.OffsetDateTime.parse((String) value)
                      .withOffsetSameInstant(ZoneOffset.UTC)
                      .toLocalDateTime()));

  private LiteralKinds() {}

  private static Schema named(String name, Schema.Type type) {
    return SchemaBuilder.type(type).name("io.debezium." + name).build();
  }

  private static Kind same(String sqlType, Schema schema, Function<Random, Object> value) {
    return new Kind(sqlType, schema, value, parameter -> parameter);
  }

  private static Kind number(
      String sqlType, Schema schema, int bits, Function<Long, Object> narrowed) {
    long span = 1L << bits;
    long least = sqlType.endsWith(" UNSIGNED") ? 0 : -span / 2;
    return same(
        sqlType,
        schema,
        oneOf(least, least + span - 1, 0L, random -> least + Math.floorMod(random.nextLong(), span))
            .andThen(value -> narrowed.apply((Long) value)));
  }

  private static Kind bit(int width) {
    Function<Random, Object> value =
        random -> {
          byte[] bytes = new byte[(width + 7) / 8];
          byte[] bits = new BigInteger(random.nextInt(width + 1), random).toByteArray();
          for (int i = 0; i < Math.min(bytes.length, bits.length); i++) {
            bytes[i] = bits[bits.length - 1 - i];
          }
          return bytes;
        };
    return new Kind(
        "BIT(" + width + ")",
        SchemaBuilder.bytes().name("io.debezium.data.Bits").build(),
        value,
        littleEndian -> {
          byte[] bytes = (byte[]) littleEndian;
          byte[] bigEndian = new byte[bytes.length];
          for (int i = 0; i < bytes.length; i++) {
            bigEndian[bytes.length - 1 - i] = bytes[i];
          }
          return bigEndian;
        });
  }

  private static Kind decimal(int precision, int scale) {
    return same(
        "DECIMAL(" + precision + "," + scale + ")",
        Decimal.schema(scale),
        random -> digits(random, precision, scale));
  }

  private static BigDecimal digits(Random random, int precision, int scale) {
    BigInteger limit = BigInteger.TEN.pow(random.nextInt(precision + 1));
    BigInteger number = new BigInteger(220, random).mod(limit);
    return new BigDecimal(random.nextBoolean() ? number.negate() : number, scale);
  }

  private static Struct variableScale(Random random, int scale) {
    BigInteger unscaled = digits(random, 35 + scale, scale).unscaledValue();
    return new Struct(LiteralEncodersTest.VARIABLE_SCALE)
        .put("scale", scale)
        .put("value", unscaled.toByteArray());
  }

  private static Kind time(
      String sqlType, Schema schema, long nanos, Function<Random, Object> value) {
    return new Kind(
        sqlType,
        schema,
        value,
        number -> clock(Duration.ofNanos(((Number) number).longValue() * nanos)));
  }

  private static Duration duration(Random random) {
    long micros = micros(LAST_TIME);
    return Literals.microseconds(
        (Long)
            oneOf(micros, -micros, -1L, r -> Math.floorMod(r.nextLong(), 2 * micros + 1) - micros)
                .apply(random));
  }

  /** As text: the driver's durations do not reach beyond a day in both directions. */
  private static String clock(Duration duration) {
    Duration absolute = duration.abs();
    return "%s%d:%02d:%02d.%06d"
        .formatted(
            duration.isNegative() ? "-" : "",
            absolute.toHours(),
            absolute.toMinutesPart(),
            absolute.toSecondsPart(),
            absolute.toNanosPart() / 1_000);
  }

  private static LocalDateTime moment(Random random, LocalDateTime first, LocalDateTime last) {
    long start = micros(epoch(first));
    long end = micros(epoch(last));
    return local(
        Literals.microseconds(
            (Long)
                oneOf(
                        start,
                        end,
                        Math.max(start, -1),
                        r -> start + Math.floorMod(r.nextLong(), end - start))
                    .apply(random)));
  }

  private static Duration epoch(LocalDateTime time) {
    return Duration.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
  }

  private static LocalDateTime local(Duration sinceEpoch) {
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(sinceEpoch);
  }

  private static long micros(Duration duration) {
    return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
  }

  private static java.util.Date date(LocalDateTime time) {
    return java.util.Date.from(Instant.ofEpochMilli(epoch(time).toMillis()));
  }

  private static Duration millis(Object date) {
    return Duration.ofMillis(((java.util.Date) date).toInstant().toEpochMilli());
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Struct geometry(Random random) {
    ByteBuffer point = ByteBuffer.allocate(21).order(ByteOrder.LITTLE_ENDIAN);
    point.put((byte) 1).putInt(1);
    point.putDouble(random.nextGaussian()).putDouble(random.nextGaussian());
    return new Struct(LiteralEncodersTest.GEOMETRY)
        .put("wkb", point.array())
        .put("srid", random.nextBoolean() ? 0 : null);
  }

  /** Four bytes of SRID before the WKB. */
  private static byte[] stored(Object geometry) {
    byte[] wkb = ((Struct) geometry).getBytes("wkb");
    return ByteBuffer.allocate(4 + wkb.length).putInt(0).put(wkb).array();
  }

  /** Without numbers that OceanBase rounds, see {@code JsonExactnessIT}. */
  private static String json(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "{}";
      case 1 -> "[" + random.nextLong() + ", true, null]";
      case 2 -> "{\"it's\": \"\\\\ \\\" \\n \\u0001 汉 😀\"}";
      case 3 -> "\"" + random.nextInt() + "\"";
      default -> "{\"a\": [" + random.nextInt() + ", {\"b\": \"%_'\"}]}";
    };
  }

  private static String text(Random random) {
    List<String> parts =
        List.of(
            "a", " ", "'", "\"", "\\", "\n", "\r", "\t", "\0", "\u001a", "%", "_", "é", "汉", "😀");
    return random
        .ints(random.nextInt(12), 0, parts.size())
        .mapToObj(parts::get)
        .collect(Collectors.joining());
  }

  private static Function<Random, Object> oneOf(
      Object first, Object second, Object third, Function<Random, Object> others) {
    return random ->
        switch (random.nextInt(20)) {
          case 0 -> first;
          case 1 -> second;
          case 2 -> third;
          default -> others.apply(random);
        };
  }
}
