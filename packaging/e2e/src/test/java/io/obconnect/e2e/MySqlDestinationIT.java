package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class MySqlDestinationIT {

  @Test
  void mysqlToMysql(LocalStack stack, MySqlServer mysql, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (MySqlServer destination = stack.newMySql();
        Migration migration =
            new Migration("to_mysql", mysql, destination, kafka, connect)
                .withSink("connection.tls.mode", "verify-ca")
                .withSink(
                    "connection.tls.ca.path",
                    destination.logFile().resolveSibling("data/ca.pem").toString())) {
      migration
          .prepare(
              "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) CHARACTER SET latin1 COLLATE"
                  + " latin1_german1_ci UNIQUE, price DECIMAL(10,2), doc JSON)",
              "INSERT INTO t VALUES (1, 'Zürich', 1.5, '{\"a\": [1.25, true]}'), (2, NULL, NULL, NULL)")
          .start()
          .awaitCaughtUp();
      migration
          .onSource("UPDATE t SET id = 20 WHERE id = 2", "INSERT INTO t (name) VALUES ('neu')")
          .awaitCaughtUp()
          .assertEqual("t");
    }
  }

  /** Local engines have no such view; the columns are OceanBase's. */
  @Test
  void sinkPausesWhileTheMemstoreIsFull(
      LocalStack stack, MySqlServer mysql, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (MySqlServer destination = stack.newMySql();
        Migration migration = new Migration("memory", mysql, destination, kafka, connect)) {
      migration
          .onDestination(
              "CREATE DATABASE oceanbase",
              "CREATE TABLE oceanbase.`GV$OB_MEMSTORE` (SVR_IP VARCHAR(46), MEMSTORE_USED BIGINT,"
                  + " MEMSTORE_LIMIT BIGINT)",
              "INSERT INTO oceanbase.`GV$OB_MEMSTORE` VALUES ('a', 10, 100), ('b', 95, 100)")
          .prepare("CREATE TABLE t (id INT PRIMARY KEY)")
          .start();
      try (SinkBeans beans = SinkBeans.of(connect, migration.sinkName())) {
        await("the memory guard to pause the partitions")
            .atMost(Migration.TIMEOUT)
            .until(() -> beans.value("reason=destination-memory", "partitions-held") > 0);
        assertEquals(0.95, beans.value("", "destination-memory-ratio"));
        migration.onSource("INSERT INTO t VALUES (1)");
        await("further looks at the memory")
            .during(Duration.ofSeconds(4))
            .atMost(Migration.TIMEOUT)
            .until(
                () -> migration.onDestinationValue("SELECT COUNT(*) FROM t"), n -> !n.equals("1"));
        assertTrue(beans.value("reason=destination-memory", "partitions-held") > 0);

        migration.onDestination("UPDATE oceanbase.`GV$OB_MEMSTORE` SET MEMSTORE_USED = 50");

        migration.awaitCaughtUp().assertEqual("t");
        assertEquals(0.5, beans.value("", "destination-memory-ratio"));
        assertEquals(0, beans.value("reason=destination-memory", "partitions-held"));
      }
    }
  }
}
