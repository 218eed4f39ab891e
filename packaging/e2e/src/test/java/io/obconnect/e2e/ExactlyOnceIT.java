package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every change is applied once, whatever happens: shown by tables in which a second time can be
 * seen.
 */
@ExtendWith(LocalStackExtension.class)
class ExactlyOnceIT {
  private static final String TABLE = "CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL)";

  /** A lane whose transaction ended unnoticed may cut its next one in another way. */
  @Test
  void answersToCommitsAreLostWhileTheTasksAreSharedOutAnew(
      LocalStack stack,
      MySqlServer mysql,
      OceanBaseServer oceanbase,
      KafkaBroker kafka,
      ConnectWorker connect)
      throws Exception {
    try (ConnectWorker second = stack.newConnect();
        FaultProxy proxy = FaultProxy.before(oceanbase);
        Migration migration =
            ExactTables.migrationOf(new Migration("lost", mysql, oceanbase, kafka, connect))
                .withSink("connection.addresses", proxy.address().toString())
                .withSink("tasks.max", "3")
                .withSink("lanes.per.task", "3")
                .withSink("consumer.override.max.poll.records", "50")) {
      ExactTables tables = new ExactTables(migration, 1);
      tables.prepare();
      migration.start().awaitCaughtUp();
      tables.startWriting();
      for (int round = 0; round < 4; round++) {
        proxy.loseAnswerTo("COMMIT");
        await("a lost answer").atMost(Migration.TIMEOUT).until(() -> !proxy.awaitsCut());
        if (round % 2 == 0) {
          // The lane tries again while its partitions are taken away or left with it.
          proxy.refuse();
          proxy.sever();
          second.stop();
          proxy.heal();
          second.start();
        }
      }
      tables.stopWriting();
      tables.assertExact();
    }
  }

  @Test
  void lanesAndTasksChangeWhileDataFlows(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        ExactTables.migrationOf(new Migration("lanes", mysql, oceanbase, kafka, connect))
            .withSink("lanes.per.task", "2")) {
      ExactTables tables = new ExactTables(migration, 2);
      tables.prepare();
      migration.start().awaitCaughtUp();
      tables.startWriting();
      for (int lanes : new int[] {5, 1, 3}) {
        migration.reconfigureSink("lanes.per.task", "" + lanes, "tasks.max", "" + (lanes + 1) / 2);
        migration.awaitOnDestination(
            "SELECT COUNT(*) FROM obconnect.applied_offsets WHERE connector = 'lanes-sink' AND"
                + " topic = 'lanes.lanes.c'",
            "" + lanes);
      }
      connect.kill();
      connect.start();
      migration.reconfigureSink("lanes.per.task", "4");
      tables.stopWriting();
      tables.assertExact();
    }
  }

  /** Without exactly.once changes may be applied again, which must end in the same rows. */
  @Test
  void exactlyOnceIsSwitchedOffAndOn(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        ExactTables.migrationOf(new Migration("switched", mysql, oceanbase, kafka, connect))
            .withSink("keyless.tables", "refuse")
            .withSink("lanes.per.task", "3")) {
      migration.prepare(TABLE, "INSERT INTO t VALUES (0,0)").start().awaitCaughtUp();
      int id = 1;
      for (String exactlyOnce : new String[] {"false", "true", "false", "true"}) {
        for (int i = 0; i < 20; i++) {
          migration.onSource(
              "INSERT INTO t VALUES (" + id++ + ",0)",
              "UPDATE t SET n = n + 1",
              "DELETE FROM t WHERE id = " + id / 2);
        }
        migration.reconfigureSink("exactly.once", exactlyOnce);
        migration.onSource("UPDATE t SET n = n + 1 WHERE id = " + (id - 1));
        migration.awaitOnDestination("SELECT n FROM t WHERE id = " + (id - 1), "2");
        if (exactlyOnce.equals("false")) {
          connect.kill();
          connect.start();
        }
      }
      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  @Test
  void offsetsAreAlteredAndReset(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("altered", mysql, oceanbase, kafka, connect)) {
      migration
          .prepare(TABLE, "INSERT INTO t VALUES (1,0),(2,0)")
          .start()
          .awaitCaughtUp()
          .onSource("INSERT INTO t VALUES (3,0),(4,0)")
          .awaitCaughtUp();
      String sink = migration.sinkName();

      connect.rest().stopConnector(sink);
      migration.onDestination("DELETE FROM t");
      long fourth = offsetOf(kafka, migration.topic("t"), 4);
      connect.rest().alterSinkOffset(sink, migration.topic("t"), 0, fourth);
      connect.rest().alterSinkOffset(sink, migration.topic("t"), 0, fourth);
      connect.rest().resumeConnector(sink);
      migration.awaitOnDestination("SELECT GROUP_CONCAT(id ORDER BY id) FROM t", "4");

      connect.rest().stopConnector(sink);
      migration.onSource("INSERT INTO t VALUES (5,0),(6,0)");
      long sixth = offsetOf(kafka, migration.topic("t"), 6);
      connect.rest().alterSinkOffset(sink, migration.topic("t"), 0, sixth);
      connect.rest().resumeConnector(sink);
      migration.awaitOnDestination("SELECT GROUP_CONCAT(id ORDER BY id) FROM t", "4,6");

      connect.rest().stopAndForgetOffsets(sink);
      connect.rest().resumeConnector(sink);
      migration.awaitOnDestination("SELECT COUNT(*) FROM t", "6");
      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  /** Waits until a row's insertion is in the topic. */
  private static long offsetOf(KafkaBroker kafka, String topic, int id) {
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), topic)) {
      return await("row " + id + " in " + topic)
          .atMost(Migration.TIMEOUT)
          .until(
              () ->
                  reader.read().stream()
                      .filter(record -> record.after().path("id").asInt() == id)
                      .findFirst(),
              Optional::isPresent)
          .orElseThrow()
          .offset();
    }
  }

  /** Old changes meet rows that have swapped their unique values since. */
  @Test
  void wholeHistoryIsAppliedAgainOverItsResult(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("again", mysql, oceanbase, kafka, connect)
            .withSink("keyless.tables", "apply")
            .withSink("conflict.timeout.ms", "500")
            .withSink("lanes.per.task", "3")) {
      ExactTables tables = new ExactTables(migration, 5);
      tables.prepare();
      migration.start().awaitCaughtUp();
      for (int round = 0; round < 30; round++) {
        tables.write();
      }
      migration.awaitCaughtUp().assertEqual("c", "u");

      connect.rest().stopAndForgetOffsets(migration.sinkName());
      connect.rest().resumeConnector(migration.sinkName());
      tables.write();
      migration.awaitCaughtUp().assertEqual("c", "u");
    }
  }

  /** Its records have offsets that look applied. */
  @Test
  void topicThatWasCreatedAnewFailsTheTaskWithAdvice(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("anew", mysql, oceanbase, kafka, connect);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      migration.prepare(TABLE, "INSERT INTO t VALUES (1,0),(2,0),(3,0)").start().awaitCaughtUp();
      // The snapshot alone may have brought that; a source stopped in it would begin it anew, and
      // fill the new topic up to where the sink goes on.
      migration.awaitCaughtUp();
      connect.rest().stopConnector(migration.sinkName());
      connect.rest().stopConnector(migration.sourceName());
      String topic = migration.topic("t");
      admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
      await("the topic to go")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !admin.listTopics().names().get(30, TimeUnit.SECONDS).contains(topic));
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
      connect.rest().resumeConnector(migration.sourceName());
      migration.onSource("UPDATE t SET n = 1 WHERE id = 1");
      connect.rest().resumeConnector(migration.sinkName());

      await("the failure")
          .atMost(Migration.TIMEOUT)
          .until(() -> migration.failureOf(migration.sinkName()).contains("PATCH /connectors/"));
      assertTrue(migration.failureOf(migration.sinkName()).contains(topic));

      connect.rest().stopConnector(migration.sinkName());
      // DELETE would do if Kafka had not forgotten the group's offset together with the topic.
      connect.rest().forgetSinkOffset(migration.sinkName(), topic, 0);
      connect.rest().resumeConnector(migration.sinkName());
      // The failed task's state is shown until the new task says how it is.
      await("the failure to be over")
          .atMost(Migration.TIMEOUT)
          .until(() -> migration.failureOf(migration.sinkName()).isEmpty());
      migration.awaitOnDestination("SELECT n FROM t WHERE id = 1", "1");
    }
  }

  /** Its changes wait, in order; those of all other tables go on. */
  @Test
  void tableTakenAwayInTheMiddleComesBack(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        ExactTables.migrationOf(new Migration("away", mysql, oceanbase, kafka, connect))
            .withSink("lanes.per.task", "3")) {
      ExactTables tables = new ExactTables(migration, 3);
      tables.prepare();
      migration.onSource(TABLE, "INSERT INTO t VALUES (0,0)").start().awaitCaughtUp();
      tables.startWriting();

      for (int round = 1; round <= 2; round++) {
        migration.onDestination("RENAME TABLE k TO k_away, u TO u_away, t TO t_away");
        for (int i = 0; i < 50; i++) {
          migration.onSource("INSERT INTO t VALUES (" + (round * 1000 + i) + ",0)");
        }
        // A table that cannot be emptied is as good as one that cannot be written to.
        migration.onSource("TRUNCATE TABLE t", "INSERT INTO t VALUES (" + round + ",0)");
        tables.awaitArrival();
        assertEquals("", migration.failureOf(migration.sinkName()));
        migration.onDestination("RENAME TABLE k_away TO k, u_away TO u, t_away TO t");
        migration.awaitOnDestination("SELECT GROUP_CONCAT(id) FROM t", "" + round);
      }
      migration.onDestination("ALTER TABLE c DROP COLUMN n");
      String rows = migration.onSourceValue("SELECT COUNT(*) FROM k");
      migration.awaitOnDestination("SELECT COUNT(*) > 0 FROM k WHERE " + rows + " > 0", "1");
      migration.onDestination("ALTER TABLE c ADD COLUMN n BIGINT NOT NULL DEFAULT 0");
      tables.stopWriting();
      migration.onSource("UPDATE c SET n = n + 1");
      tables.assertExact();
      migration.assertEqual("t");
    }
  }

  @Test
  void tableIsEmptiedAgainAndAgainWhileManyLanesWrite(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        ExactTables.migrationOf(new Migration("emptied", mysql, oceanbase, kafka, connect))
            .withSink("lanes.per.task", "5")) {
      ExactTables tables = new ExactTables(migration, 4);
      tables.prepare();
      migration.start().awaitCaughtUp();
      for (int round = 0; round < 12; round++) {
        for (int i = 0; i < 6; i++) {
          tables.write();
        }
        migration.onSource(round % 2 == 0 ? "TRUNCATE TABLE k" : "DELETE FROM k WHERE n < 100");
        if (round == 6) {
          connect.kill();
          connect.start();
        }
      }
      tables.write();
      tables.assertExact();
    }
  }
}
