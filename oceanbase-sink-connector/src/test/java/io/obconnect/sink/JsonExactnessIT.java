package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.JsonLiteral;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OceanBase shows the documents it was given as MySQL shows them. */
@ExtendWith(LocalStackExtension.class)
class JsonExactnessIT {
  private static final String DATABASE = "json_exactness";
  private static final int DOUBLES = 2_000;
  private static final int DOCUMENTS = 500;
  private static final int MAX_DEPTH = 4;

  private interface Spelling {
    void append(StringBuilder sql, String json);
  }

  private final Random random = new Random(20_240_229);

  private MySqlServer mysql;
  private OceanBaseServer oceanBase;

  @BeforeEach
  void take(MySqlServer mysqlServer, OceanBaseServer oceanBaseServer) {
    mysql = mysqlServer;
    oceanBase = oceanBaseServer;
  }

  @Test
  void doublesArriveAsMySqlPrintsThem() throws SQLException {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < DOUBLES; i++) {
      documents.add("[" + number() + "]");
    }
    assertSame(documents);
  }

  @Test
  void doublesArriveAsDebeziumPrintsThem() throws SQLException {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < DOUBLES; i++) {
      documents.add("[" + new BigDecimal(number()).toPlainString() + "]");
    }
    assertSame(documents);
  }

  @Test
  void documentsArriveAsMySqlPrintsThem() throws SQLException {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      documents.add(document(0));
    }
    assertSame(documents);
  }

  private void assertSame(List<String> documents) throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = oceanBase.connect()) {
      List<String> expected = writeAndRead(source, documents, Literals::appendText);
      assertEquals(expected, writeAndRead(destination, documents, JsonLiteral::append));
      assertEquals(expected, writeAndRead(destination, expected, JsonLiteral::append));
    }
  }

  private static List<String> writeAndRead(
      Connection connection, List<String> documents, Spelling spelling) throws SQLException {
    StringBuilder insert = new StringBuilder("INSERT INTO " + DATABASE + ".t VALUES ");
    for (int i = 0; i < documents.size(); i++) {
      insert.append(i == 0 ? "(" : ",(").append(i).append(',');
      spelling.append(insert, documents.get(i));
      insert.append(')');
    }
    List<String> read = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
      statement.execute("CREATE DATABASE " + DATABASE);
      statement.execute("CREATE TABLE " + DATABASE + ".t (id INT PRIMARY KEY, j JSON)");
      statement.execute(insert.toString());
      try (ResultSet rows =
          statement.executeQuery("SELECT CAST(j AS CHAR) FROM " + DATABASE + ".t ORDER BY id")) {
        while (rows.next()) {
          read.add(rows.getString(1));
        }
      }
      statement.execute("DROP DATABASE " + DATABASE);
    }
    return read;
  }

  private double number() {
    double number =
        switch (random.nextInt(4)) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> random.nextGaussian() * 1e6;
          case 2 -> random.nextInt(100_000) / 100.0;
          default -> random.nextDouble();
        };
    return Double.isFinite(number) ? number : Double.MIN_VALUE;
  }

  private String document(int depth) {
    int kind = random.nextInt(depth < MAX_DEPTH ? 9 : 5);
    return switch (kind) {
      case 0, 1 -> Double.toString(number());
      case 2 -> Long.toUnsignedString(random.nextLong());
      case 3 -> List.of("true", "false", "null", "[]", "{}", "-9223372036854775808").get(pick(6));
      case 4 -> '"' + text() + '"';
      case 5, 6 -> "[" + String.join(",", elements(depth, false)) + "]";
      default -> "{" + String.join(",", elements(depth, true)) + "}";
    };
  }

  private List<String> elements(int depth, boolean named) {
    List<String> elements = new ArrayList<>();
    for (int i = pick(5); i > 0; i--) {
      elements.add((named ? '"' + text() + i + "\":" : "") + document(depth + 1));
    }
    return elements;
  }

  private String text() {
    List<String> parts =
        List.of(
            "a", " ", "'", "\\\\", "\\\"", "\\n", "\\u0000", "汉", "😀", "[1.5]", "1e5", "%", "`");
    StringBuilder text = new StringBuilder();
    for (int i = pick(6); i > 0; i--) {
      text.append(parts.get(pick(parts.size())));
    }
    return text.toString();
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }
}
