package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class NamesIT {

  @Test
  void namesThatNeedQuoting(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("names", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE `订单` (`编号` INT PRIMARY KEY, `客户 名` VARCHAR(20))",
              "CREATE TABLE `with.dot` (`a.b` INT PRIMARY KEY, `c` INT)",
              "CREATE TABLE `it's \"quoted\"` (`k'ey` INT PRIMARY KEY, `va\"l` INT)",
              "CREATE TABLE `select` (`from` INT PRIMARY KEY, `where` VARCHAR(9), UNIQUE KEY `order` (`where`))",
              "CREATE TABLE `back``tick` (`i``d` INT PRIMARY KEY, `v` INT)",
              "INSERT INTO `订单` VALUES (1, '李雷'), (2, NULL)",
              "INSERT INTO `with.dot` VALUES (1, 1)",
              "INSERT INTO `it's \"quoted\"` VALUES (1, 1)",
              "INSERT INTO `select` VALUES (1, 'x'), (2, 'y')",
              "INSERT INTO `back``tick` VALUES (1, 1)")
          .start()
          .awaitCaughtUp();
      migration
          .onSource(
              "UPDATE `订单` SET `客户 名` = '韩梅梅' WHERE `编号` = 2",
              "DELETE FROM `with.dot`",
              "UPDATE `it's \"quoted\"` SET `va\"l` = 2",
              "UPDATE `select` SET `from` = `from` + 10",
              "UPDATE `back``tick` SET `v` = 7")
          .awaitCaughtUp()
          .assertEqual("订单", "with.dot", "it's \"quoted\"", "select", "back`tick");
    }
  }

  @Test
  void namesThatCollideByCaseFailThatTableByName(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("collisions", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE orders (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE Orders (id INT PRIMARY KEY, v INT)",
              "CREATE TABLE other (id INT PRIMARY KEY, v INT)",
              "INSERT INTO orders VALUES (1, 1)",
              "INSERT INTO Orders VALUES (1, 2)",
              "INSERT INTO other VALUES (1, 3)")
          .start();

      String failed =
          "SELECT COUNT(*) FROM obconnect.schema_changes WHERE connector = 'collisions-sink' AND"
              + " outcome = 'FAILED' AND notes LIKE '%collides with%'";
      await("the collision in the ledger")
          .atMost(Migration.TIMEOUT)
          .pollInterval(Duration.ofMillis(300))
          .until(() -> migration.onDestinationValue(failed), "1"::equals);
      migration.awaitOnDestination("SELECT v FROM other WHERE id = 1", "3");
      assertEquals("1", migration.onDestinationValue("SELECT COUNT(*) FROM orders"));
    }
  }

  @Test
  void namesThatCollideByCaseAreSeenWithoutSchemaTopic(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("unseen_collisions", mysql, oceanbase, kafka, connect)
            .withSink("topics.regex", "unseen_collisions\\..*")
            .withSink("table.error.policy", "fail")) {
      migration
          .prepare(
              "CREATE TABLE orders (id INT PRIMARY KEY)",
              "CREATE TABLE Orders (id INT PRIMARY KEY)",
              "INSERT INTO orders VALUES (1)",
              "INSERT INTO Orders VALUES (2)")
          .onDestination(
              "CREATE TABLE IF NOT EXISTS orders (id INT PRIMARY KEY)",
              "CREATE TABLE IF NOT EXISTS marker (id INT PRIMARY KEY, n BIGINT NOT NULL)")
          .start();

      String failure = migration.awaitFailure();

      assertTrue(failure.contains("collides with"), failure);
      assertNotEquals("2", migration.onDestinationValue("SELECT COUNT(*) FROM orders"));
    }
  }
}
