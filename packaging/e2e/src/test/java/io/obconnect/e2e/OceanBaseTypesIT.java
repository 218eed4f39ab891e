package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * OceanBase's types at their edges on their way to MySQL, compared by both engines' own text. Rows
 * with an id below 100 are copied; those from 100 on are streamed, and updated once.
 */
@ExtendWith(LocalStackExtension.class)
class OceanBaseTypesIT {
  private static final String DATABASE = "ob_types";
  private static final int FIRST_STREAMED = 100;

  /**
   * Seekdb has no such character sets, its triggers, which feed the log, see no geometries, and its
   * SHOW CREATE TABLE leaves a quote in an ENUM as it is, which no parser reads.
   */
  private static final Set<String> NOT_THERE =
      Set.of("t_latin1", "t_gbk", "t_geometry", "t_point", "t_enum");

  private static final TypeCase ENUM =
      new TypeCase(
          "t_enum_plain",
          "ENUM('a','B c','汉')",
          List.of("'a'", "'B c'", "'汉'", "NULL"),
          "HEX(CONVERT(v USING utf8mb4))");

  private static final List<TypeCase> TYPES =
      Stream.concat(
              TypeCase.EXACT.stream().filter(type -> !NOT_THERE.contains(type.table())),
              Stream.of(ENUM))
          .toList();

  private static OceanBaseServer source;
  private static MySqlServer destination;
  private static OceanBaseCapture capture;

  @BeforeAll
  static void migrate(
      OceanBaseServer oceanbase, MySqlServer mysql, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    source = oceanbase;
    destination = mysql;
    capture = new OceanBaseCapture(DATABASE, oceanbase, kafka, connect);
    capture
        .prepare(
            TYPES.stream()
                .map(type -> TypeMatrix.table(type.table(), type.type()))
                .toArray(String[]::new))
        .run(rows(0))
        .start()
        .startSink(mysql)
        .awaitCaughtUp()
        .run(rows(FIRST_STREAMED))
        .run(
            TypeMatrix.updates(FIRST_STREAMED).stream()
                .filter(OceanBaseTypesIT::isThere)
                .toArray(String[]::new))
        .awaitApplied();
  }

  private static String[] rows(int firstId) {
    List<String> sql = new ArrayList<>();
    TypeMatrix.rows(firstId).stream().filter(OceanBaseTypesIT::isThere).forEach(sql::add);
    int id = firstId;
    for (String value : ENUM.values()) {
      sql.add(TypeMatrix.insert(ENUM.table(), id++, value));
    }
    return sql.toArray(String[]::new);
  }

  private static boolean isThere(String statement) {
    return NOT_THERE.stream().noneMatch(table -> statement.contains(" " + table + " "));
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    capture.close();
  }

  @TestFactory
  Stream<DynamicTest> arrivesExactly() {
    return TYPES.stream()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.type(),
                    () -> {
                      Map<Integer, String> expected = read(source.connect(), type);
                      assertFalse(expected.isEmpty());
                      assertEquals(expected, read(destination.connect(), type));
                    }));
  }

  private static Map<Integer, String> read(Connection connection, TypeCase type)
      throws SQLException {
    Map<Integer, String> texts = new TreeMap<>();
    try (connection;
        Statement statement = connection.createStatement()) {
      connection.setCatalog(DATABASE);
      statement.execute("SET time_zone = '+00:00'");
      try (ResultSet row =
          statement.executeQuery("SELECT id, " + type.reading() + ", other FROM " + type.table())) {
        while (row.next()) {
          texts.put(row.getInt(1), row.getString(2) + " / " + row.getString(3));
        }
      }
    }
    return texts;
  }
}
