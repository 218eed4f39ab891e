package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Law: a value written as a literal is the value that the server stores when it gets it as a
 * parameter of a statement prepared on the server. Random values and the ends of every range.
 */
@ExtendWith(LocalStackExtension.class)
class LiteralParametersIT {
  private static final int RANDOM_ROWS = 1_500;
  private static final int ROWS_A_STATEMENT = 250;
  private static final String TABLE = "literal_parameters.t";
  private static final long MAX_TIME_MICROS =
      Duration.ofHours(838).plusMinutes(59).toMillis() * 1_000;
  private static final LocalDateTime FIRST = LocalDateTime.of(1000, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59);

  /**
   * One kind of column.
   *
   * @param value makes a value as records hold it
   * @param parameter the same as JDBC takes it
   */
  private record Kind(
      String name,
      String sqlType,
      String dataType,
      boolean unsigned,
      Schema schema,
      Function<Random, Object> value,
      Function<Object, Object> parameter) {}

  private static Schema named(SchemaBuilder builder, String name) {
    return builder.name(name).build();
  }

  private static Object same(Object value) {
    return value;
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "c_bigint",
              "BIGINT",
              "bigint",
              false,
              Schema.INT64_SCHEMA,
              oneOf(Long.MIN_VALUE, Long.MAX_VALUE, 0L, Random::nextLong),
              LiteralParametersIT::same),
          new Kind(
              "c_unsigned",
              "BIGINT UNSIGNED",
              "bigint",
              true,
              Schema.INT64_SCHEMA,
              oneOf(-1L, Long.MIN_VALUE, 0L, Random::nextLong),
              value -> new BigDecimal(Long.toUnsignedString((Long) value))),
          new Kind(
              "c_decimal",
              "DECIMAL(38,10)",
              "decimal",
              false,
              Decimal.schema(10),
              oneOf(
                  new BigDecimal("-9999999999999999999999999999.9999999999"),
                  new BigDecimal("0.0000000001"),
                  BigDecimal.ZERO.setScale(10),
                  random -> new BigDecimal(new BigInteger(120, random), 10)),
              LiteralParametersIT::same),
          new Kind(
              "c_double",
              "DOUBLE",
              "double",
              false,
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
                  }),
              LiteralParametersIT::same),
          new Kind(
              "c_float",
              "FLOAT",
              "float",
              false,
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
                  }),
              LiteralParametersIT::same),
          new Kind(
              "c_text",
              "LONGTEXT",
              "longtext",
              false,
              Schema.STRING_SCHEMA,
              oneOf("", "'", "\\", LiteralParametersIT::text),
              LiteralParametersIT::same),
          new Kind(
              "c_blob",
              "LONGBLOB",
              "longblob",
              false,
              Schema.BYTES_SCHEMA,
              oneOf(
                  new byte[0],
                  new byte[] {0, 39, 92, -1},
                  "x'".getBytes(StandardCharsets.UTF_8),
                  random -> {
                    byte[] bytes = new byte[random.nextInt(40)];
                    random.nextBytes(bytes);
                    return bytes;
                  }),
              LiteralParametersIT::same),
          new Kind(
              "c_date",
              "DATE",
              "date",
              false,
              named(SchemaBuilder.int32(), "io.debezium.time.Date"),
              oneOf(
                  (int) FIRST.toLocalDate().toEpochDay(),
                  (int) LAST.toLocalDate().toEpochDay(),
                  0,
                  random -> random.nextInt(40_000) - 20_000),
              value -> LocalDate.ofEpochDay((Integer) value)),
          new Kind(
              "c_datetime",
              "DATETIME(6)",
              "datetime",
              false,
              named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"),
              oneOf(
                  micros(FIRST),
                  micros(LAST) + 999_999,
                  -1L,
                  random -> micros(FIRST) + Math.floorMod(random.nextLong(), span())),
              value -> {
                long micros = (Long) value;
                return LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L),
                    (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                    ZoneOffset.UTC);
              }),
          new Kind(
              "c_time",
              "TIME(6)",
              "time",
              false,
              named(SchemaBuilder.int64(), "io.debezium.time.MicroTime"),
              oneOf(
                  MAX_TIME_MICROS,
                  -MAX_TIME_MICROS,
                  -1L,
                  random ->
                      Math.floorMod(random.nextLong(), 2 * MAX_TIME_MICROS) - MAX_TIME_MICROS),
              value -> clock(Duration.ofNanos((Long) value * 1_000))));

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

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }

  private static long span() {
    return micros(LAST) - micros(FIRST);
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

  private static String text(Random random) {
    List<String> parts =
        List.of(
            "a", " ", "'", "\"", "\\", "\n", "\r", "\t", "\0", "\u001a", "%", "_", "é", "汉", "😀");
    return random
        .ints(random.nextInt(12), 0, parts.size())
        .mapToObj(parts::get)
        .collect(Collectors.joining());
  }

  @Test
  void onOceanBase(OceanBaseServer oceanBase) throws SQLException {
    assertSame(oceanBase, Engine.OCEANBASE);
  }

  @Test
  void onMySql(MySqlServer mysql) throws SQLException {
    assertSame(mysql, Engine.MYSQL);
  }

  private static void assertSame(SqlEngine server, Engine engine) throws SQLException {
    // With the other drivers parameters would be literals, of the driver's making.
    String url =
        "jdbc:mysql://%s:%d/?useServerPrepStmts=true&connectionTimeZone=UTC&allowPublicKeyRetrieval=true"
            .formatted(server.host(), server.port());
    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION sql_mode='STRICT_ALL_TABLES,ALLOW_INVALID_DATES', time_zone='+00:00'");
      statement.execute("DROP DATABASE IF EXISTS literal_parameters");
      statement.execute("CREATE DATABASE literal_parameters");
      statement.execute(
          "CREATE TABLE "
              + TABLE
              + " (id INT PRIMARY KEY, "
              + columns(kind -> kind.name() + " " + kind.sqlType())
              + ")");
      List<List<Object>> rows = rows(new Random(20_260_301));
      writeLiterals(statement, engine, rows);
      writeParameters(connection, rows);
      for (Kind kind : KINDS) {
        assertEquals(0, differences(statement, kind, rows.size()), kind.name());
      }
      statement.execute("DROP DATABASE literal_parameters");
    }
  }

  private static String columns(Function<Kind, String> text) {
    return KINDS.stream().map(text).collect(Collectors.joining(", "));
  }

  private static List<List<Object>> rows(Random random) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < RANDOM_ROWS; i++) {
      rows.add(KINDS.stream().map(kind -> kind.value().apply(random)).toList());
    }
    return rows;
  }

  private static void writeLiterals(Statement statement, Engine engine, List<List<Object>> rows)
      throws SQLException {
    List<LiteralEncoder> encoders =
        KINDS.stream()
            .map(
                kind ->
                    LiteralEncoders.of(
                        kind.schema(),
                        new DestinationColumn(
                            kind.name(), kind.dataType(), kind.unsigned(), false, "", engine)))
            .toList();
    for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
      StringBuilder sql = new StringBuilder("INSERT INTO " + TABLE + " VALUES ");
      for (int row = from; row < Math.min(from + ROWS_A_STATEMENT, rows.size()); row++) {
        sql.append(row == from ? "(" : ",(").append(row);
        for (int column = 0; column < encoders.size(); column++) {
          encoders.get(column).append(sql.append(','), rows.get(row).get(column));
        }
        sql.append(')');
      }
      statement.setEscapeProcessing(false);
      statement.execute(sql.toString());
    }
  }

  private static void writeParameters(Connection connection, List<List<Object>> rows)
      throws SQLException {
    String sql = "INSERT INTO " + TABLE + " VALUES (?, " + columns(kind -> "?") + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 0; row < rows.size(); row++) {
        insert.setInt(1, rows.size() + row);
        for (int column = 0; column < KINDS.size(); column++) {
          Object value = KINDS.get(column).parameter().apply(rows.get(row).get(column));
          insert.setObject(column + 2, value);
        }
        insert.executeUpdate();
      }
    }
  }

  private static int differences(Statement statement, Kind kind, int rows) throws SQLException {
    // Bytes, not the engine's idea of equality; numbers by value, which is exact for them.
    boolean isText = kind.dataType().equals("longtext");
    String one = isText ? "HEX(a." + kind.name() + ")" : "a." + kind.name();
    String other = isText ? "HEX(b." + kind.name() + ")" : "b." + kind.name();
    try (ResultSet count =
        statement.executeQuery(
            "SELECT COUNT(*), SUM(%s <=> %s) FROM %s a JOIN %s b ON b.id = a.id + %d"
                .formatted(one, other, TABLE, TABLE, rows))) {
      count.next();
      assertEquals(rows, count.getInt(1), "pairs of rows");
      return rows - count.getInt(2);
    }
  }
}
