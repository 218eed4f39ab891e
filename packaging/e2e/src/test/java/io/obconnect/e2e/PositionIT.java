package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where MySqlSourceConnector begins and goes on to read the log. */
@ExtendWith(LocalStackExtension.class)
class PositionIT {
  private static final String FILE = "mysql-source.json";
  private static final String TABLE = "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)";

  @Test
  void deletedLogFailsOrIsMadeUpForByACopy(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("pos_lost", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(TABLE, "INSERT INTO t VALUES (1, 1), (2, 1), (3, 1)")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      connect.rest().stopConnector(migration.sourceName());
      migration.onSource(
          "INSERT INTO t VALUES (4, 1)",
          "UPDATE t SET n = 2 WHERE id = 1",
          "DELETE FROM t WHERE id = 2");
      purge(migration);
      connect.rest().resumeConnector(migration.sourceName());

      String failure = migration.awaitFailure(migration.sourceName());
      assertTrue(failure.contains("changes are missing"), failure);
      assertTrue(failure.contains("has deleted the transactions"), failure);
      assertTrue(failure.contains(mysql.host() + ":" + mysql.port()), failure);
      assertTrue(failure.contains("on.position.lost=resnapshot"), failure);

      migration.reconfigureSource(FILE, "on.position.lost", "resnapshot");
      await("the task to start again")
          .atMost(Migration.TIMEOUT)
          .until(() -> migration.failureOf(migration.sourceName()).isEmpty());
      migration.onSource("INSERT INTO t VALUES (5, 1)").awaitCaughtUp();
      // What was deleted while nobody read stays.
      assertEquals("1", migration.onDestinationValue("SELECT n FROM t WHERE id = 2"));
      migration.onDestination("DELETE FROM t WHERE id = 2");
      migration
          .onSource("UPDATE t SET n = n + 1", "DELETE FROM t WHERE id = 3")
          .awaitCaughtUp()
          .assertEqual("t");
    }
  }

  @Test
  void logThatIsDeletedWhileTheDatabaseIsAwayIsMadeUpForByACopy(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (FaultProxy proxy = FaultProxy.before(mysql);
        Migration migration = new Migration("pos_away", mysql, oceanbase, kafka, connect)) {
      migration
          .withSource("database.port", String.valueOf(proxy.address().port()))
          .withSource("on.position.lost", "resnapshot")
          .prepare(TABLE, "INSERT INTO t VALUES (1, 1), (2, 1)")
          .startSource(FILE)
          .startSink()
          .awaitCaughtUp();
      proxy.refuse();
      proxy.sever();
      migration.onSource("INSERT INTO t VALUES (3, 1)", "UPDATE t SET n = 2 WHERE id = 1");
      purge(migration);
      proxy.heal();

      migration.onSource("INSERT INTO t VALUES (4, 1)").awaitCaughtUp().assertEqual("t");
    }
  }

  private static void purge(Migration migration) throws SQLException {
    migration.onSource("FLUSH BINARY LOGS");
    String file = migration.onSourceValue("SHOW BINARY LOG STATUS");
    migration.onSource("PURGE BINARY LOGS TO '" + file + "'");
  }
}
