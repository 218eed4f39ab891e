package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every MySQL type at its edges, copied and streamed, compared by both engines' own text. Rows with
 * an id below 100 come by the full copy, those from 100 on by the stream, and each streamed one is
 * also updated once.
 */
@ExtendWith(LocalStackExtension.class)
class TypeMatrixIT {
  private static final String DATABASE = "type_matrix";
  private static final int FIRST_STREAMED = 100;

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static MySqlServer source;
  private static OceanBaseServer destination;
  private static Migration migration;

  @BeforeAll
  static void migrate(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    source = mysql;
    destination = oceanbase;
    migration =
        new Migration(DATABASE, mysql, oceanbase, kafka, connect)
            .withSink("errors.deadletterqueue.topic.name", "dead-letters." + DATABASE)
            .withSink("keyless.tables", "apply");
    migration.prepare(tables()).onSource(rows(0));
    migration.startSource().startSink("oceanbase-sink-dead-letters.json").awaitCaughtUp();
    migration
        .onSource(rows(FIRST_STREAMED))
        .onSource(updates())
        .onSource(TypeMatrix.keylessChanges().toArray(String[]::new))
        .awaitCaughtUp();
  }

  @AfterAll
  static void stop() {
    migration.close();
  }

  @TestFactory
  Stream<DynamicTest> arrivesExactly() {
    return TypeCase.EXACT.stream()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.type(),
                    () -> {
                      Map<Integer, String> expected =
                          read(source.connect(), type.table(), type.reading());
                      assertFalse(expected.isEmpty());
                      assertEquals(
                          expected, read(destination.connect(), type.table(), type.reading()));
                    }));
  }

  /** A row is found by all of its values, and no other one is taken for it. */
  @TestFactory
  Stream<DynamicTest> rowsWithoutKeyAreFound() {
    return TypeCase.EXACT.stream()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.type(),
                    () -> {
                      List<String> expected = readKeyless(source.connect(), type);
                      assertEquals(2 * type.values().size(), expected.size());
                      assertEquals(expected, readKeyless(destination.connect(), type));
                    }));
  }

  /**
   * What stock Debezium destroys before it reaches the sink, as a list to be shortened by a source
   * of our own.
   */
  @TestFactory
  Stream<DynamicTest> lostByTheStockSource() {
    return TypeLoss.KNOWN.stream()
        .map(
            loss ->
                DynamicTest.dynamicTest(
                    loss.type() + " " + loss.value(),
                    () -> {
                      Map<Integer, String> arrived =
                          read(destination.connect(), loss.table(), loss.reading());
                      assertEquals(
                          loss.copied() + ", " + loss.streamed(),
                          arrived.get(0) + ", " + arrived.get(FIRST_STREAMED));
                    }));
  }

  private static String[] tables() {
    List<String> sql = new ArrayList<>(TypeMatrix.tables());
    sql.addAll(TypeMatrix.keylessTables());
    TypeLoss.KNOWN.forEach(loss -> sql.add(TypeMatrix.table(loss.table(), loss.type())));
    return sql.toArray(String[]::new);
  }

  private static String[] rows(int firstId) {
    List<String> sql = new ArrayList<>(TypeMatrix.rows(firstId));
    TypeLoss.KNOWN.forEach(loss -> sql.add(TypeMatrix.insert(loss.table(), firstId, loss.value())));
    return sql.toArray(String[]::new);
  }

  private static String[] updates() {
    return TypeMatrix.updates(FIRST_STREAMED).toArray(String[]::new);
  }

  private static List<String> readKeyless(Connection connection, TypeCase type)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    select(
        connection,
        "SELECT " + type.reading() + ", other FROM " + TypeMatrix.keyless(type),
        row -> texts.add(row.getString(1) + " / " + row.getString(2)));
    Collections.sort(texts);
    return texts;
  }

  private static Map<Integer, String> read(Connection connection, String table, String reading)
      throws SQLException {
    Map<Integer, String> texts = new TreeMap<>();
    select(
        connection,
        "SELECT id, " + reading + ", other FROM " + table,
        row -> texts.put(row.getInt(1), row.getString(2) + " / " + row.getString(3)));
    return texts;
  }

  private static void select(Connection connection, String query, RowReader reader)
      throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      connection.setCatalog(DATABASE);
      statement.execute("SET time_zone = '+00:00'");
      try (ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }
}
