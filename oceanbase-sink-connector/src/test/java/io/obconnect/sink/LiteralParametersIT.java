package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Law: a value written as a literal is the value that the server stores when it gets it as a
 * parameter of a statement prepared on the server. Random values and the ends of every range.
 */
@ExtendWith(LocalStackExtension.class)
class LiteralParametersIT {
  private static final int VALUES = 400;
  private static final String TABLE = "literal_parameters.t";

  private static final Set<String> COMPARED_AS_BYTES =
      Set.of(
          "longtext",
          "varchar",
          "char",
          "enum",
          "set",
          "json",
          "longblob",
          "varbinary",
          "binary",
          "geometry");

  /** The same in each build; {@code -Dobconnect.seed} looks elsewhere. */
  private final long seed = Long.getLong("obconnect.seed", 20261123L);

  @Test
  void onOceanBase(OceanBaseServer oceanBase) throws SQLException {
    assertSame(oceanBase, Engine.OCEANBASE);
  }

  @Test
  void onMySql(MySqlServer mysql) throws SQLException {
    assertSame(mysql, Engine.MYSQL);
  }

  private void assertSame(SqlEngine server, Engine engine) throws SQLException {
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
      statement.setEscapeProcessing(false);
      statement.execute(createTable());
      connection.setAutoCommit(false);
      Random random = new Random(seed);
      List<String> different = new ArrayList<>();
      for (int i = 0; i < LiteralKinds.ALL.size(); i++) {
        LiteralKinds.Kind kind = LiteralKinds.ALL.get(i);
        List<Object> values =
            Stream.generate(() -> kind.value().apply(random)).limit(VALUES).toList();
        try {
          statement.execute(literals(i, engine, values));
          writeParameters(connection, i, values);
        } catch (SQLException e) {
          throw new SQLException(kind.sqlType() + " refused; seed " + seed, e);
        }
        if (differences(statement, i) > 0) {
          different.add(kind.sqlType() + " " + kind.schema());
        }
      }
      connection.setAutoCommit(true);
      assertEquals(List.of(), different, "types with other values; seed " + seed);
      statement.execute("DROP DATABASE literal_parameters");
    }
  }

  private static String column(int kind) {
    return "c" + kind;
  }

  private static String createTable() {
    return IntStream.range(0, LiteralKinds.ALL.size())
        .mapToObj(kind -> ", " + column(kind) + " " + LiteralKinds.ALL.get(kind).sqlType())
        .collect(Collectors.joining("", "CREATE TABLE " + TABLE + " (id INT PRIMARY KEY", ")"));
  }

  private static String insert(int kind) {
    return "INSERT INTO " + TABLE + " (id, " + column(kind) + ") VALUES ";
  }

  private static int firstId(int kind) {
    return 2 * VALUES * kind;
  }

  private static String literals(int index, Engine engine, List<Object> values) {
    LiteralKinds.Kind kind = LiteralKinds.ALL.get(index);
    LiteralEncoder encoder =
        LiteralEncoders.of(
            kind.schema(),
            new DestinationColumn("c", kind.dataType(), kind.isUnsigned(), false, "", engine));
    StringBuilder sql = new StringBuilder(insert(index));
    for (int i = 0; i < values.size(); i++) {
      sql.append(i == 0 ? "(" : ",(").append(firstId(index) + i).append(',');
      encoder.append(sql, values.get(i));
      sql.append(')');
    }
    return sql.toString();
  }

  private static void writeParameters(Connection connection, int kind, List<Object> values)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(insert(kind) + "(?, ?)")) {
      for (int i = 0; i < values.size(); i++) {
        insert.setInt(1, firstId(kind) + VALUES + i);
        insert.setObject(2, LiteralKinds.ALL.get(kind).parameter().apply(values.get(i)));
        insert.executeUpdate();
      }
    }
  }

  private static int differences(Statement statement, int kind) throws SQLException {
    // Not the engine's idea of equality; numbers and times by value, which is exact for them.
    boolean asBytes = COMPARED_AS_BYTES.contains(LiteralKinds.ALL.get(kind).dataType());
    String reading = asBytes ? "HEX(%s." + column(kind) + ")" : "%s." + column(kind);
    try (ResultSet count =
        statement.executeQuery(
            "SELECT COUNT(*), SUM(%s <=> %s) FROM %s a JOIN %s b ON b.id = a.id + %d"
                    .formatted(reading.formatted("a"), reading.formatted("b"), TABLE, TABLE, VALUES)
                + " WHERE a.id >= %d AND a.id < %d"
                    .formatted(firstId(kind), firstId(kind) + VALUES))) {
      count.next();
      assertEquals(VALUES, count.getInt(1), "pairs of rows");
      return VALUES - count.getInt(2);
    }
  }
}
