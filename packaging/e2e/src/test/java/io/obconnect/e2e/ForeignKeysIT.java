package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.verifier.Verdict;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The destination enforces foreign keys, and the sink writes without regard to them. */
@ExtendWith(LocalStackExtension.class)
class ForeignKeysIT {
  private static final String CHILD =
      "CREATE TABLE child (id INT PRIMARY KEY, p INT NOT NULL, FOREIGN KEY (p) REFERENCES parent (id)"
          + " ON DELETE CASCADE ON UPDATE CASCADE)";

  /** What lanes and tasks may make of the source's order, the source makes here itself. */
  @Test
  void childrenComeBeforeTheirParentsAndOutliveThem(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("families", mysql, oceanbase, kafka, connect)
            .withPartitions(2)
            .withSink("tasks.max", "2")) {
      migration
          .prepare(
              // Its updates are a DELETE and an INSERT, because of the further unique key.
              "CREATE TABLE parent (id INT PRIMARY KEY, code INT NOT NULL UNIQUE)",
              CHILD,
              "CREATE TABLE guest (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES parent (id)"
                  + " ON DELETE SET NULL ON UPDATE CASCADE)",
              "INSERT INTO parent VALUES (2, 2), (3, 3), (4, 4)",
              "INSERT INTO child VALUES (20, 2), (21, 2), (30, 3), (40, 4)",
              "INSERT INTO guest VALUES (20, 2), (30, 3), (40, 4)")
          .start()
          .awaitCaughtUp();
      assertThrows(
          SQLException.class, () -> migration.onDestination("INSERT INTO child VALUES (99, 99)"));

      migration
          .onSource("SET foreign_key_checks = 0", "INSERT INTO child VALUES (10, 1)")
          .awaitOnDestination("SELECT p FROM child WHERE id = 10", "1");
      migration
          .onSource("INSERT INTO parent VALUES (1, 1)")
          .awaitOnDestination("SELECT code FROM parent WHERE id = 1", "1");
      migration
          .onSource("SET foreign_key_checks = 0", "DELETE FROM parent WHERE id = 1")
          .awaitOnDestination("SELECT COUNT(*) FROM parent WHERE id = 1", "0");
      assertEquals("1", migration.onDestinationValue("SELECT COUNT(*) FROM child WHERE id = 10"));

      migration
          .onSource(
              "DELETE FROM child WHERE id = 10",
              "UPDATE parent SET code = code + 100",
              "UPDATE parent SET id = 31 WHERE id = 3",
              "DELETE FROM parent WHERE id = 4",
              "INSERT INTO parent VALUES (4, 4)",
              "INSERT INTO child VALUES (40, 4)")
          .awaitCaughtUp()
          .assertEqual("parent", "child", "guest");
      assertEquals("4", migration.onDestinationValue("SELECT COUNT(*) FROM child"));
      assertEquals(
          "31", migration.onDestinationValue("SELECT p FROM guest WHERE id = 30"), "cascaded");
    }
  }

  /**
   * MySQL before 9.6 logs no cascade: a session without a log is what that looks like from here.
   */
  @Test
  void cascadesThatTheSourceDoesNotLogLeaveTheirRowsBehind(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("unlogged", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(
              "CREATE TABLE parent (id INT PRIMARY KEY)",
              CHILD,
              "INSERT INTO parent VALUES (1), (2)",
              "INSERT INTO child VALUES (10, 1), (20, 2)")
          .start()
          .awaitCaughtUp();

      migration
          .onSource(
              "SET sql_log_bin = 0",
              "DELETE FROM child WHERE p = 1",
              "SET sql_log_bin = 1",
              "DELETE FROM parent WHERE id = 1")
          .awaitCaughtUp()
          .assertEqual("parent");
      assertEquals(Verdict.DIFFERENT, migration.compare("child").verdict());

      // As docs/ddl.md advises.
      migration
          .onDestination(
              "DELETE /*+ NO_REWRITE */ FROM child WHERE p IS NOT NULL AND NOT EXISTS (SELECT 1 FROM parent WHERE"
                  + " parent.id = child.p)")
          .assertEqual("child");
    }
  }
}
