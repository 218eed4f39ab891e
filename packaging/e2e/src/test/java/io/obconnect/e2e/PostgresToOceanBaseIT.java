package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL to OceanBase with stock Debezium, tables made from the records' schemas. */
@ExtendWith(LocalStackExtension.class)
class PostgresToOceanBaseIT {
  private static final String LONG = "repeat('x', 100000)";

  /** Values that neither engine's destination has: they are refused, not changed. */
  private static final Set<String> REFUSED =
      Set.of("'Infinity'", "'NaN'", "'0044-03-15 01:02:03 BC'", "'infinity'", "'-infinity'");

  private static final List<PostgresTypes.Case> STORED =
      PostgresTypes.KEPT.stream().filter(type -> !REFUSED.contains(type.literal())).toList();

  /** How both engines spell a value of a type alike, where their own texts differ. */
  private record Reading(String source, String destination) {}

  private static final Map<String, Reading> READINGS =
      Map.ofEntries(
          Map.entry("boolean", new Reading("%s::int::text", "%s")),
          Map.entry("numeric", new Reading("%s::numeric(65,30)::text", "%s")),
          Map.entry("money", new Reading("%s::numeric::text", "%s")),
          Map.entry("char(5)", new Reading("format('%%s', %s)", "%s")),
          Map.entry("bytea", new Reading("encode(%s, 'hex')", "LOWER(HEX(%s))")),
          Map.entry("bit(1)", new Reading("%s::text", "BIN(%s)")),
          Map.entry("bit(10)", new Reading("%s::text", "BIN(%s)")),
          Map.entry("bit varying(12)", new Reading("%s::text", "BIN(%s)")),
          Map.entry("timestamptz", new Reading("(%s AT TIME ZONE 'UTC')::text", "%s")),
          Map.entry("hstore", new Reading("hstore_to_json(%s)::text", "%s")),
          // JSON has doubles: see README.
          Map.entry("jsonb", new Reading("'{\"a\": 1.2345678901234568e18}'", "%s")),
          Map.entry(
              "point", new Reading("format('POINT(%%s %%s)', %1$s[0], %1$s[1])", "ST_AsText(%s)")),
          Map.entry("int[]", new Reading("to_json(%s)::text", "%s")),
          Map.entry("text[]", new Reading("to_json(%s)::text", "%s")),
          Map.entry("numeric(10,2)[]", new Reading("to_json(%s::text[])::text", "%s")),
          Map.entry("timestamp[]", new Reading("to_json(%s::text[])::text", "%s")),
          Map.entry("mood[]", new Reading("to_json(%s::text[])::text", "%s")),
          Map.entry("bytea[]", new Reading("'[\"' || encode(%s[1], 'base64') || '\"]'", "%s")));

  @Test
  void everyTypeArrivesByCopyAndStream(
      PostgresServer postgres, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresMigration migration =
        new PostgresMigration("pg_to_ob_types", postgres, oceanbase, kafka, connect)) {
      migration
          .source()
          .prepare(PostgresTypes.PREREQUISITES)
          .run(
              "ALTER DATABASE pg_to_ob_types SET intervalstyle = 'iso_8601'",
              PostgresTypes.definition("kinds", STORED),
              PostgresTypes.insert("kinds", 1, STORED),
              "INSERT INTO kinds VALUES (2)");
      migration.start().awaitOnDestination("SELECT COUNT(*) FROM kinds", "2");
      migration
          .source()
          .run(
              PostgresTypes.insert("kinds", 3, STORED),
              "INSERT INTO kinds VALUES (4)",
              "UPDATE kinds SET c0 = c0 WHERE id = 1",
              "DELETE FROM kinds WHERE id = 2");
      migration.awaitOnDestination("SELECT GROUP_CONCAT(id ORDER BY id) FROM kinds", "1,3,4");

      assertAll(
          IntStream.range(0, STORED.size()).mapToObj(i -> () -> check(migration, i, "id = 1")));
      assertAll(
          IntStream.range(0, STORED.size()).mapToObj(i -> () -> check(migration, i, "id = 3")));
      assertAll(
          IntStream.range(0, STORED.size()).mapToObj(i -> () -> check(migration, i, "id = 4")));
    }
  }

  private static void check(PostgresMigration migration, int index, String condition)
      throws Exception {
    String type = STORED.get(index).type();
    String column = PostgresTypes.column(index);
    Reading reading = READINGS.getOrDefault(type, new Reading("%s::text", "%s"));
    String expected =
        migration
            .source()
            .value(
                "SELECT " + reading.source().formatted(column) + " FROM kinds WHERE " + condition);
    String actual =
        migration.onDestinationValue(
            "SELECT " + reading.destination().formatted(column) + " FROM kinds WHERE " + condition);
    if (condition.equals("id = 4")) {
      expected = "null";
    }
    assertEquals(
        normal(type, expected), normal(type, actual), type + " of the row with " + condition);
  }

  /** Each value has several texts. */
  private static String normal(String type, String text) {
    if (type.equals("real") || type.equals("box") || type.equals("polygon")) {
      return text.replace(".0", "").replaceFirst("^-0$", "0");
    }
    if (type.startsWith("time") && !type.endsWith("[]")) {
      return text.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
    }
    return type.endsWith("[]") ? text.replace(", ", ",") : text;
  }

  @Test
  void valuesThatTheDestinationDoesNotHaveAreDeadLetters(
      PostgresServer postgres, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresMigration migration =
        new PostgresMigration("pg_to_ob_odd", postgres, oceanbase, kafka, connect)) {
      migration
          .source()
          .prepare(List.of())
          .run(
              "CREATE TABLE odd (id INT PRIMARY KEY, r REAL, d DOUBLE PRECISION, t TIMESTAMP,"
                  + " z TIMESTAMPTZ, n NUMERIC)",
              "INSERT INTO odd (id, r) VALUES (1, 'Infinity')",
              "INSERT INTO odd (id, d) VALUES (2, 'NaN')",
              "INSERT INTO odd (id, t) VALUES (3, 'infinity'), (4, '0044-03-15 01:02:03 BC')",
              "INSERT INTO odd (id, z) VALUES (5, '-infinity')",
              "INSERT INTO odd (id, n) VALUES (6, 1e-31), (7, 1e36)",
              "INSERT INTO odd VALUES (8)");

      migration.start().awaitOnDestination("SELECT COUNT(*) FROM odd WHERE id = 8", "1");
      try (TopicReader deadLetters =
          new TopicReader(kafka.bootstrapServers(), "dead-letters.pg_to_ob_odd")) {
        await("dead letters")
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertEquals(
                        List.of(3, 4, 5, 6, 7),
                        deadLetters.read().stream()
                            .map(record -> record.after().path("id").asInt())
                            .sorted()
                            .toList()));
      }
      // JSON has no such numbers: the converter reads them as 0, see README.
      assertEquals(
          "1:0,2:0,8",
          migration.onDestinationValue(
              "SELECT GROUP_CONCAT(CONCAT_WS(':', id, r, d) ORDER BY id) FROM odd"));
    }
  }

  @Test
  void changesOfRowsKeysAndColumnsFollow(
      PostgresServer postgres, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresMigration migration =
        new PostgresMigration("pg_to_ob", postgres, oceanbase, kafka, connect)) {
      migration
          .source()
          .prepare(List.of())
          .run(
              "CREATE TABLE t (name TEXT PRIMARY KEY, n INT NOT NULL, long TEXT)",
              "ALTER TABLE t ALTER COLUMN long SET STORAGE EXTERNAL",
              "INSERT INTO t VALUES ('a', 1, " + LONG + "), ('A', 2, NULL), ('gone', 3, 'x')");
      migration.start().awaitOnDestination("SELECT COUNT(*) FROM t", "3");
      migration
          .source()
          .run(
              "UPDATE t SET n = 10 WHERE name = 'a'",
              "UPDATE t SET name = 'b' WHERE name = 'A'",
              "DELETE FROM t WHERE name = 'gone'",
              "ALTER TABLE t ADD COLUMN extra INT NOT NULL DEFAULT 7, ADD COLUMN more JSONB",
              "INSERT INTO t VALUES ('c', 4, 'y', 8, '{\"k\": 1}')");

      String rows =
          "SELECT GROUP_CONCAT(CONCAT_WS(':', name, n, LENGTH(long), extra, more) ORDER BY name) FROM t";
      migration.awaitOnDestination(
          rows.replace("long", "`long`"), "a:10:100000:7,b:2:7,c:4:1:8:{\"k\": 1}");
      assertEquals(
          "2",
          migration.onDestinationValue(
              "SELECT COUNT(*) FROM obconnect.schema_changes WHERE connector = 'pg_to_ob-sink' AND"
                  + " outcome = 'APPLIED'"));
    }
  }

  /** Without the old row PostgreSQL does not send long values that an update leaves alone. */
  @Test
  void valuesThatAnUpdateLeavesAloneStay(
      PostgresServer postgres, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (PostgresMigration migration =
        new PostgresMigration("pg_to_ob_toast", postgres, oceanbase, kafka, connect)) {
      migration
          .source()
          .with("replica.identity.autoset.values", "none.none:FULL")
          .prepare(List.of())
          .run(
              "CREATE TABLE t (id INT PRIMARY KEY, n INT, long TEXT NOT NULL, bytes BYTEA, list TEXT[])",
              "ALTER TABLE t ALTER COLUMN long SET STORAGE EXTERNAL, ALTER COLUMN bytes SET"
                  + " STORAGE EXTERNAL, ALTER COLUMN list SET STORAGE EXTERNAL",
              row(1),
              row(2),
              row(3));
      migration.start().awaitOnDestination("SELECT COUNT(*) FROM t", "3");
      migration.onDestination("DELETE FROM t WHERE id = 3");
      migration
          .source()
          .run(
              "UPDATE t SET n = n WHERE id = 1",
              "UPDATE t SET n = 10 WHERE id = 1",
              "UPDATE t SET n = 9 WHERE id = 3",
              "BEGIN; UPDATE t SET long = repeat('z', 90000) WHERE id = 2;"
                  + " UPDATE t SET n = 20 WHERE id = 2; UPDATE t SET bytes = NULL WHERE id = 2; COMMIT",
              "INSERT INTO t VALUES (4, 4, 'end', NULL, NULL)");

      migration.awaitOnDestination("SELECT `long` FROM t WHERE id = 4", "end");
      String row =
          "SELECT CONCAT_WS(':', n, LENGTH(`long`), LEFT(`long`, 1), LENGTH(bytes),"
              + " LENGTH(JSON_UNQUOTE(JSON_EXTRACT(list, '$[0]')))) FROM t WHERE id = ";
      migration.awaitOnDestination(row + 1, "10:100000:x:100000:100000");
      migration.awaitOnDestination(row + 2, "20:90000:z:100000");
      assertEquals("", migration.onDestinationValue(row + 3), "half a row was made up");
    }
  }

  private static String row(int id) {
    return "INSERT INTO t VALUES (%d, 1, %s, %s::bytea, ARRAY[%s])".formatted(id, LONG, LONG, LONG);
  }
}
