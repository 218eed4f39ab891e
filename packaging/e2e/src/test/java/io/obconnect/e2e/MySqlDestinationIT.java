package io.obconnect.e2e;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
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
}
