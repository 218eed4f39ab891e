package io.obconnect.model;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table with a column of each type and values at the edges, and what it holds as the filter sees
 * it.
 */
final class FilterTable {

  static final String NAME = "filter_it.t";

  private static final String CREATE =
      "CREATE TABLE "
          + NAME
          + " (pk int PRIMARY KEY, i int, b bigint, u bigint unsigned, d decimal(20,4), g double,"
          + " f float, s varchar(60), c char(10), v varbinary(20), da date, dt datetime(6),"
          + " ts timestamp(3) NULL, ti time(6), y year, e enum('new','done','Old'),"
          + " bo tinyint(1)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  private static final List<String> ROWS =
      List.of(
          "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL",
          "0,0,0,0,0,0,'','','','1970-01-01','1970-01-01 00:00:00','1970-01-01 00:00:01','00:00:00',1901,'new',0",
          "1,1,1,1,1,1,'a','a','a','2024-01-01','2024-01-01 00:00:00','2024-01-01 00:00:00','10:00:00',2024,'done',1",
          "-1,-1,1,-1,-1,-1,'A','A','A','2024-01-02','2024-01-01 00:00:01','2024-01-01 00:00:00.5','-10:00:00',2023,'Old',1",
          "2147483647,9223372036854775807,18446744073709551615,9999999999999999.9999,1.7976931348623157e308,3e38,'zz','zz',0xFF,'9999-12-31','9999-12-31 23:59:59.999999','2038-01-19 03:14:07','838:59:59',2155,'new',0",
          "-2147483648,-9223372036854775808,9223372036854775808,-9999999999999999.9999,-1.7976931348623157e308,-3e38,' ',' x',0x00,'1000-01-01','1000-01-01 00:00:00','1970-01-01 00:00:01','-838:59:59',1970,'done',1",
          "3,9007199254740993,9007199254740993,0.1,0.1,0.1,'a ','b',0x6120,'2024-02-29','2024-02-29 12:34:56.789','2024-02-29 12:34:56.789','12:34:56.789',2024,'done',0",
          "5,9007199254740992,9007199254740992,0.3333,0.3333333333333333,0.25,'12abc','12','12abc','2023-12-31','2023-12-31 23:59:59.999999','2023-12-31 23:59:59.999','23:59:59.999999',2023,'new',1",
          "7,-7,7,-7.5000,-7.5,-7.5,'  42','42','42','2000-02-29','2000-02-29 00:00:00','2000-02-29 00:00:00','00:00:01',2000,'Old',0",
          "10,100,1000,2.5000,2.5,2.5,'2.5','2.5','2.5','1999-12-31','1999-12-31 12:00:00','1999-12-31 12:00:00','00:00:00.000001',1999,'new',1",
          "-10,-100,255,-2.5000,-2.5,-2.5,'100%','50_%','x%','2024-10-05','2024-10-05 01:02:03','2024-10-05 01:02:03','01:02:03',2024,'done',0",
          "42,65535,65536,1.0050,1e20,1e10,'äöü','ß','é','2024-12-31','2024-12-31 23:59:59','2024-12-31 23:59:59','100:00:00',2024,'Old',1",
          "100,4294967296,4294967296,3.5000,1e-20,1e-10,'日本語😀','😀','😀','2023-02-28','2023-02-28 06:00:00.1','2023-02-28 06:00:00.1','-00:00:01',2023,'new',0",
          "4,4,4,4.0000,4,4,'2024-01-01','2024-01-01','2024-01-01','2024-01-31','2024-01-31 10:00:00','2024-01-31 10:00:00','10:00:01',2024,'new',1",
          "9,9,9,9.9999,9.5,9.5,'foo.bar@x.org','foo','foo','2024-03-01','2024-03-01 00:00:00','2024-03-01 00:00:00','23:00:00',2024,'done',1",
          "8,8,8,8.0001,1e15,8.5,'it''s \\\\ \"q\"','a\\tb','\\\\','2024-04-30','2024-04-30 00:00:00.000001','2024-04-30 00:00:00.001','05:05:05.5',2024,'Old',0",
          "15,15,15,15.5000,1e16,0.5,'1e3','1e3','1e3','2021-07-04','2021-07-04 20:24:01','2021-07-04 20:24:01','20:24:01',2021,'done',0",
          "16,-16,16,-0.0001,-0.0,-0.5,'a\\nb','A b','a\\0','2024-01-01','2024-01-01 12:00:00','2024-01-01 12:00:00','12:00:00',2024,'new',1");

  private final Connection connection;
  private final Map<Integer, RowValues> rows = new TreeMap<>();

  /** Creates and fills the table, and reads it. */
  FilterTable(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00'");
      statement.execute("SET NAMES utf8mb4 COLLATE utf8mb4_bin");
      statement.execute("CREATE DATABASE IF NOT EXISTS filter_it");
      statement.execute("DROP TABLE IF EXISTS " + NAME);
      statement.execute(CREATE);
      int pk = 0;
      for (String row : ROWS) {
        statement.execute("INSERT INTO " + NAME + " VALUES (" + ++pk + "," + row + ")");
      }
      try (ResultSet result = statement.executeQuery("SELECT * FROM " + NAME)) {
        while (result.next()) {
          rows.put(result.getInt("pk"), row(result));
        }
      }
    }
  }

  private static RowValues row(ResultSet result) throws SQLException {
    Map<String, Object> row = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : List.of("pk", "i", "b", "y", "bo")) {
      put(row, name, result, () -> result.getLong(name));
    }
    put(
        row,
        "u",
        result,
        () -> FilterNumbers.normal(new BigDecimal(result.getString("u")).toBigInteger()));
    put(row, "d", result, () -> result.getBigDecimal("d"));
    put(row, "g", result, () -> result.getDouble("g"));
    put(row, "f", result, () -> (double) result.getFloat("f"));
    for (String name : List.of("s", "c", "e")) {
      put(row, name, result, () -> result.getString(name));
    }
    put(row, "v", result, () -> result.getBytes("v"));
    put(row, "da", result, () -> LocalDate.parse(result.getString("da")));
    for (String name : List.of("dt", "ts")) {
      put(row, name, result, () -> LocalDateTime.parse(result.getString(name).replace(' ', 'T')));
    }
    put(row, "ti", result, () -> time(result.getString("ti")));
    return name -> {
      if (!row.containsKey(name)) {
        throw new IllegalArgumentException("no column " + name);
      }
      return row.get(name);
    };
  }

  @FunctionalInterface
  private interface Reader {
    Object read() throws SQLException;
  }

  private static void put(Map<String, Object> row, String name, ResultSet result, Reader reader)
      throws SQLException {
    row.put(name, result.getString(name) == null ? null : reader.read());
  }

  private static Duration time(String text) {
    List<String> parts = List.of(text.replace("-", "").split(":", -1));
    long micros =
        new BigDecimal(parts.get(2)).movePointRight(6).longValueExact()
            + 60_000_000L * (Long.parseLong(parts.get(1)) + 60 * Long.parseLong(parts.get(0)));
    return Duration.ofNanos(1000 * (text.startsWith("-") ? -micros : micros));
  }

  /** The keys of the rows that our evaluation chooses. */
  Set<Integer> chosen(String where) {
    RowFilter filter = RowFilter.compile(where);
    Set<Integer> keys = new TreeSet<>();
    rows.forEach(
        (key, row) -> {
          if (filter.passes(row)) {
            keys.add(key);
          }
        });
    return keys;
  }

  /**
   * The keys of the rows that the engine chooses, for each of the conditions; empty where it fails.
   */
  List<Optional<Set<Integer>>> chosenByEngine(List<String> conditions) {
    try {
      return query(conditions).stream().map(Optional::of).toList();
    } catch (SQLException e) {
      return conditions.size() == 1
          ? List.of(Optional.empty())
          : conditions.stream().flatMap(one -> chosenByEngine(List.of(one)).stream()).toList();
    }
  }

  private List<Set<Integer>> query(List<String> conditions) throws SQLException {
    List<Set<Integer>> chosen = new ArrayList<>();
    StringBuilder sql = new StringBuilder("SELECT pk");
    for (String condition : conditions) {
      chosen.add(new TreeSet<>());
      sql.append(", (").append(condition).append(") IS TRUE");
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.append(" FROM ").append(NAME).toString())) {
      while (result.next()) {
        for (int i = 0; i < chosen.size(); i++) {
          if (result.getBoolean(i + 2)) {
            chosen.get(i).add(result.getInt(1));
          }
        }
      }
    }
    return chosen;
  }
}
