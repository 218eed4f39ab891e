package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is chosen and renamed on the way, compared by SQL on both sides. */
@ExtendWith(LocalStackExtension.class)
class SelectionIT {

  /** All rows as one text, in the order of their keys. */
  private static String rows(String key, String others, String from) {
    return "SELECT GROUP_CONCAT(CONCAT_WS('|', %s, %s) ORDER BY %s) FROM %s"
        .formatted(key, others, key, from);
  }

  private static String tablesOf(String database) {
    return "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables"
        + " WHERE table_schema = '"
        + database
        + "'";
  }

  private static void assertSame(Migration migration, String onSource, String onDestination)
      throws SQLException {
    assertEquals(
        migration.onSourceValue(onSource), migration.onDestinationValue(onDestination), onSource);
  }

  @Test
  void chosenRowsAndColumnsUnderOtherNames(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("chosen", mysql, oceanbase, kafka, connect)
            .withSink("tables.include", "chosen.*")
            .withSink("tables.exclude", "chosen.tmp_[0-9], /chosen\\.audit.*/")
            .withSink(
                "names.map",
                "chosen.orders -> store.sales, chosen.marker -> chosen.marker, chosen -> chosen_new")
            .withSink("columns.exclude", "chosen.orders.secret, chosen.items.h*")
            .withSink("columns.rename", "chosen.orders.ID -> no, chosen.orders.total -> amount")
            .withSink("row.filter", "chosen.orders: total > 10 AND region = 'eu'")) {
      migration
          .prepare(
              "CREATE TABLE orders (id BIGINT UNSIGNED PRIMARY KEY, total DECIMAL(10,2), region VARCHAR(5),"
                  + " secret VARCHAR(20), UNIQUE KEY by_total (total), KEY by_secret (secret))",
              "CREATE TABLE items (id INT PRIMARY KEY, hidden INT NOT NULL, shown INT)",
              "CREATE TABLE tmp_1 (id INT PRIMARY KEY)",
              "CREATE TABLE audit_log (id INT PRIMARY KEY)",
              "INSERT INTO orders VALUES (1, 11, 'eu', 's'), (2, 12, 'us', 's'), (3, 1, 'eu', 's'),"
                  + " (4, 14, 'eu', 's'), (5, 15, 'us', 's'), (6, 16, 'eu', 's'), (7, 17, 'eu', 's')",
              "INSERT INTO items VALUES (1, 1, 1), (2, 2, 2)",
              "INSERT INTO tmp_1 VALUES (1)")
          .start()
          .awaitCaughtUp();
      String source = rows("id", "total, region", "orders WHERE total > 10 AND region = 'eu'");
      String destination = rows("no", "amount, region", "store.sales");
      assertEquals("1|11.00|eu,4|14.00|eu,6|16.00|eu,7|17.00|eu", migration.onSourceValue(source));
      assertSame(migration, source, destination);

      migration
          .onSource(
              "UPDATE orders SET total = 11.5 WHERE id = 1", // stays in
              "UPDATE orders SET region = 'eu' WHERE id = 2", // enters
              "UPDATE orders SET region = 'us' WHERE id = 4", // leaves
              "UPDATE orders SET region = 'cn' WHERE id = 5", // stays out
              "UPDATE orders SET id = 60 WHERE id = 6", // moves
              "UPDATE orders SET id = 70, region = 'us' WHERE id = 7", // moves out
              "UPDATE orders SET id = 50, region = 'eu' WHERE id = 5", // moves in
              "DELETE FROM orders WHERE id = 3", // was out
              "INSERT INTO orders VALUES (8, 18, 'eu', 's'), (9, 9, 'eu', 's')",
              "DELETE FROM orders WHERE id = 1",
              "INSERT INTO audit_log VALUES (1)",
              "UPDATE items SET shown = 7, hidden = 8 WHERE id = 2")
          .awaitCaughtUp();
      assertEquals(
          "2|12.00|eu,8|18.00|eu,50|15.00|eu,60|16.00|eu", migration.onSourceValue(source));
      assertSame(migration, source, destination);
      assertSame(migration, rows("id", "shown", "items"), rows("id", "shown", "chosen_new.items"));
      assertEquals("items", migration.onDestinationValue(tablesOf("chosen_new")));
      assertEquals("marker", migration.onDestinationValue(tablesOf("chosen")));
      assertEquals(
          "amount,no,region",
          migration.onDestinationValue(
              "SELECT GROUP_CONCAT(column_name ORDER BY column_name) FROM"
                  + " information_schema.columns WHERE table_schema = 'store'"));
      assertEquals(
          "1",
          migration.onDestinationValue(
              "SELECT COUNT(*) FROM obconnect.schema_changes WHERE source_database = 'chosen' AND"
                  + " source_table = 'orders' AND notes LIKE '%`by_secret`%left out%'"));
    }
  }

  @Test
  void shardsAreMergedAndATakenKeyStopsItsTableOnly(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("merges", mysql, oceanbase, kafka, connect)
            .withSource("database.include.list", "merges,shard_1,shard_2")
            .withSink("names.map", "shard_*.orders_* -> merged.orders")
            .withSink("names.map.merge", "distinct-keys")
            .withSink("conflict.timeout.ms", "500")) {
      migration
          .prepare()
          .onSource(
              "CREATE DATABASE shard_1",
              "CREATE DATABASE shard_2",
              "CREATE TABLE shard_1.orders_1 (id INT PRIMARY KEY, v VARCHAR(9) UNIQUE)",
              "CREATE TABLE shard_2.orders_2 (id INT PRIMARY KEY, v VARCHAR(9) UNIQUE)",
              "INSERT INTO shard_1.orders_1 VALUES (1, 'a'), (3, 'c'), (5, 'e')",
              "INSERT INTO shard_2.orders_2 VALUES (2, 'b'), (4, 'd'), (6, 'f')")
          .start()
          .awaitCaughtUp();
      String source =
          rows(
              "id",
              "v",
              "(SELECT id, v FROM shard_1.orders_1"
                  + " UNION ALL SELECT id, v FROM shard_2.orders_2) a");
      String destination = rows("id", "v", "merged.orders");
      assertSame(migration, source, destination);
      migration
          .onSource(
              "UPDATE shard_1.orders_1 SET id = 7 WHERE id = 5",
              "UPDATE shard_2.orders_2 SET v = 'bb' WHERE id = 2",
              "DELETE FROM shard_1.orders_1 WHERE id = 3",
              "DELETE FROM shard_2.orders_2 WHERE id = 4",
              "INSERT INTO shard_2.orders_2 VALUES (4, 'dd')")
          .awaitCaughtUp();
      assertSame(migration, source, destination);

      migration
          .onSource(
              "ALTER TABLE shard_1.orders_1 ADD COLUMN n INT",
              "INSERT INTO shard_1.orders_1 VALUES (9, 'i', 9)",
              "ALTER TABLE shard_2.orders_2 ADD COLUMN n INT",
              "INSERT INTO shard_2.orders_2 VALUES (10, 'j', 10)",
              "ALTER TABLE shard_1.orders_1 DROP COLUMN n",
              "INSERT INTO shard_1.orders_1 VALUES (11, 'k')",
              "INSERT INTO shard_2.orders_2 VALUES (12, 'l', 12)")
          .awaitCaughtUp();
      assertSame(migration, source, destination);
      assertEquals("31", migration.onDestinationValue("SELECT SUM(n) FROM merged.orders"));

      migration.onSource(
          "INSERT INTO shard_2.orders_2 (id, v) VALUES (1, 'taken')",
          "UPDATE shard_2.orders_2 SET v = 'hit' WHERE id = 1",
          "DELETE FROM shard_2.orders_2 WHERE id = 6",
          "INSERT INTO shard_1.orders_1 VALUES (8, 'h')",
          "UPDATE marker SET n = 100 WHERE id = 1");
      migration.awaitOnDestination("SELECT n FROM marker WHERE id = 1", "100");
      migration.awaitOnDestination("SELECT v FROM merged.orders WHERE id = 8", "h");
      assertEquals("a", migration.onDestinationValue("SELECT v FROM merged.orders WHERE id = 1"));

      // The other table gives the key up: the waiting one goes on by itself.
      migration.onSource("DELETE FROM shard_1.orders_1 WHERE id = 1");
      migration.awaitOnDestination("SELECT v FROM merged.orders WHERE id = 1", "hit");
      migration.awaitOnDestination("SELECT COUNT(*) FROM merged.orders WHERE id = 6", "0");
      assertSame(migration, source, destination);
    }
  }

  @Test
  void secondTableOfOneNameIsRefusedUnlessMergingIsAllowed(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("unmerged", mysql, oceanbase, kafka, connect)
            .withSink("names.map", "unmerged.orders_* -> unmerged.orders")) {
      migration
          .prepare(
              "CREATE TABLE orders_1 (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE orders_2 (id INT PRIMARY KEY, v INT)",
              "INSERT INTO orders_1 VALUES (1, 1)",
              "INSERT INTO orders_2 VALUES (1, 2)")
          .start();
      await("the refusal in the ledger")
          .atMost(Migration.TIMEOUT)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () ->
                  migration.onDestinationValue(
                      "SELECT source_table FROM obconnect.schema_changes WHERE connector ="
                          + " 'unmerged-sink' AND outcome = 'FAILED' AND notes LIKE"
                          + " '%would be merged into%'"),
              "orders_2"::equals);
      migration.onSource("UPDATE marker SET n = 100 WHERE id = 1");
      migration.awaitOnDestination("SELECT n FROM marker WHERE id = 1", "100");
      migration.awaitOnDestination(rows("id", "v", "orders"), "1|1");
    }
  }

  @Test
  void filterOverAColumnThatTheTableLacksFailsItByName(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("misfiltered", mysql, oceanbase, kafka, connect)
            .withSink("table.error.policy", "fail")
            .withSink("row.filter", "misfiltered.orders: regoin = 'eu'")) {
      migration
          .prepare(
              "CREATE TABLE orders (id INT PRIMARY KEY, region VARCHAR(5))",
              "INSERT INTO orders VALUES (1, 'eu')")
          .start();
      String failure = migration.awaitFailure();
      assertTrue(failure.contains("`regoin`") && failure.contains("`orders`"), failure);
    }
  }
}
