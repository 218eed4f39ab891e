package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What stock Debezium destroys survives from MySqlSourceConnector's stream to the sink: the list of
 * {@link TypeLoss}, and more.
 */
@ExtendWith(LocalStackExtension.class)
class ExactValuesIT {
  private static final String FILE = "mysql-source.json";

  /** The source accepts whatever it can hold. */
  private static final String ANY_VALUE = "SET SESSION sql_mode = ''";

  private record Value(String table, String type, String literal) {
    private String create() {
      return TypeMatrix.table(table, type);
    }

    private String reading() {
      return type.startsWith("ENUM") ? "v + 0" : "HEX(CONVERT(v USING utf8mb4))";
    }
  }

  private static final List<Value> VALUES =
      List.of(
          new Value("e_date", "DATE", "'0000-00-00'"),
          new Value("e_date_partial", "DATE", "'2024-00-15'"),
          new Value("e_date_day", "DATE", "'2024-03-00'"),
          new Value("e_date_year", "DATE", "'0000-03-04'"),
          new Value("e_date_nn", "DATE NOT NULL", "'0000-00-00'"),
          new Value("e_datetime", "DATETIME", "'0000-00-00 00:00:00'"),
          new Value("e_datetime6", "DATETIME(6) NOT NULL", "'2024-00-00 01:02:03.000004'"),
          new Value("e_timestamp", "TIMESTAMP NULL", "'0000-00-00 00:00:00'"),
          new Value("e_timestamp3", "TIMESTAMP(3) NOT NULL DEFAULT '2024-01-01'", "'0000-00-00'"),
          new Value("e_year", "YEAR", "0"),
          new Value("e_enum", "ENUM('a','0','')", "0"),
          new Value("e_latin1", "VARCHAR(20) CHARACTER SET latin1", "_latin1 x'61818d62'"));

  private static String[] statements(String form) {
    List<String> sql = new ArrayList<>(List.of(ANY_VALUE));
    VALUES.forEach(value -> sql.add(form.formatted(value.table(), value.literal())));
    return sql.toArray(String[]::new);
  }

  /** Each value by an insert, an update that keeps it, one that brings it, and one that ends it. */
  @Test
  void whatStockDebeziumDestroysSurvives(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("exact", mysql, oceanbase, kafka, connect);
        TopicReader topic = new TopicReader(kafka.bootstrapServers(), migration.topic("e_date"))) {
      migration
          .prepare(VALUES.stream().map(Value::create).toArray(String[]::new))
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      migration
          .onSource(statements("INSERT INTO %1$s VALUES (1,%2$s,0),(2,%2$s,0),(3,%2$s,0)"))
          .onSource(statements("INSERT INTO %1$s (id, v) SELECT 4, v FROM %1$s WHERE id = 1"))
          .onSource(statements("UPDATE %1$s SET other = 1 WHERE id = 2"))
          .onSource(statements("UPDATE %1$s SET id = 5 WHERE id = 3"))
          .onSource(statements("DELETE FROM %1$s WHERE id = 1"))
          .awaitCaughtUp();
      for (Value value : VALUES) {
        String all =
            "SELECT GROUP_CONCAT(id, ':', "
                + value.reading()
                + ", ':', IFNULL(other, 'null') ORDER BY id) FROM "
                + value.table();
        assertEquals(
            migration.onSourceValue(all), migration.onDestinationValue(all), value.toString());
        migration.assertEqual(value.table());
      }
      List<TopicRecord> records = topic.readToEnd();
      assertFalse(records.isEmpty());
      for (TopicRecord record : records) {
        assertEquals(header(record.operation()), record.headers().get("__obconnect.exact"));
      }
    }
  }

  private static String header(String operation) {
    return switch (operation) {
      case "c" -> "after.v=0000-00-00";
      case "d" -> "before.v=0000-00-00";
      default -> "before.v=0000-00-00&after.v=0000-00-00";
    };
  }

  /** In Debezium's records the three days are one, and the error member is an empty text. */
  @Test
  void rowsAreFoundByThem(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("exact_key", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE t (d DATE, n INT, v INT, PRIMARY KEY (d, n))",
              "CREATE TABLE u (id INT PRIMARY KEY, d DATETIME UNIQUE, v INT)",
              "CREATE TABLE e (e ENUM('a','0',''), n INT, v INT, PRIMARY KEY (e, n))",
              "CREATE TABLE k (d DATE, e ENUM('a','0',''), y YEAR, v INT)")
          .withSink("keyless.tables", "apply")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      migration
          .onSource(
              ANY_VALUE,
              "INSERT INTO t VALUES ('0000-00-00',1,0),('1970-01-01',1,0),('2024-00-15',1,0)",
              "INSERT INTO t VALUES ('0000-00-00',2,0),('0000-00-00',3,0),('2024-00-15',4,0)",
              "UPDATE t SET v = 1 WHERE d = '0000-00-00' AND n = 1",
              "UPDATE t SET d = '2024-05-06' WHERE d = '0000-00-00' AND n = 2",
              // To Debezium, this changes no key.
              "UPDATE t SET d = '1970-01-01' WHERE d = '0000-00-00' AND n = 3",
              "DELETE FROM t WHERE d = '2024-00-15' AND n = 1",
              "UPDATE t SET d = '0000-00-00' WHERE d = '2024-00-15' AND n = 4")
          // A unique value that passes from row to row.
          .onSource(
              ANY_VALUE,
              "INSERT INTO u VALUES (1,'0000-00-00',0),(2,'2024-00-15',0),(3,NULL,0)",
              "UPDATE u SET d = '2025-00-00' WHERE id = 1",
              "UPDATE u SET d = '0000-00-00' WHERE id = 2",
              "DELETE FROM u WHERE id = 2",
              "UPDATE u SET d = '0000-00-00' WHERE id = 3",
              "INSERT INTO u VALUES (2,'2024-00-15',7)")
          .onSource(
              ANY_VALUE,
              "INSERT INTO e VALUES (0,1,0),('',1,0),('0',1,0),(0,2,0),(0,3,0)",
              "UPDATE e SET v = 1 WHERE e = 0 AND n = 1",
              "UPDATE e SET e = '' WHERE e = 0 AND n = 2",
              "DELETE FROM e WHERE e = 0 AND n = 3",
              "INSERT INTO k VALUES ('0000-00-00',0,0,0),(NULL,NULL,NULL,0),('2024-00-15','',2000,0)",
              "UPDATE k SET v = 1",
              "UPDATE k SET d = '2024-00-15' WHERE y = 0",
              "DELETE FROM k WHERE y = 2000")
          .awaitCaughtUp()
          .assertEqual("t", "u");
      for (String all :
          List.of(
              "SELECT GROUP_CONCAT(e + 0, ' ', n, ' ', v ORDER BY e + 0, n) FROM e",
              "SELECT GROUP_CONCAT(IFNULL(CONCAT(CAST(d AS CHAR), ' ', e + 0, ' ', y), 'null'), ' ',"
                  + " v ORDER BY d) FROM k")) {
        assertEquals(migration.onSourceValue(all), migration.onDestinationValue(all));
      }
      String keys = "SELECT GROUP_CONCAT(d, ' ', n, ' ', v ORDER BY n, d) FROM t";
      assertEquals(
          "0000-00-00 1 1,1970-01-01 1 0,2024-05-06 2 0,1970-01-01 3 0,0000-00-00 4 0",
          migration.onDestinationValue(keys));
    }
  }

  @Test
  void compressedTransactionsHoldThemToo(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("exact_zip", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(TypeMatrix.table("t", "DATE"), TypeMatrix.table("o", "VARCHAR(200)"))
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      migration
          .onSource(
              ANY_VALUE,
              "SET SESSION binlog_transaction_compression = ON",
              "BEGIN",
              "INSERT INTO t VALUES (1,'0000-00-00',0),(2,'2024-02-29',0),(3,NULL,0)",
              "INSERT INTO o VALUES (1, REPEAT('x', 200), 0)",
              "UPDATE t SET other = 1",
              "DELETE FROM t WHERE id = 2",
              "COMMIT")
          .awaitCaughtUp()
          .assertEqual("t", "o");
      assertEquals(
          "0000-00-00", migration.onDestinationValue("SELECT CAST(v AS CHAR) FROM t WHERE id = 1"));
    }
  }
}
