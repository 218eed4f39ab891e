package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What fails in the middle of a migration, and that the migration ends equal all the same. */
@ExtendWith(LocalStackExtension.class)
class RecoveryIT {
  private static final String TABLE =
      "CREATE TABLE t (id BIGINT PRIMARY KEY, v VARCHAR(100) NOT NULL, n BIGINT NOT NULL)";

  @Test
  void workerKilledInTheMiddleOfTheCopy(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("kill_copy", mysql, oceanbase, kafka, connect)) {
      migration.prepare(TABLE, rows(0, 60_000)).start();
      awaitRows(migration, 5_000);

      connect.kill();
      migration.onSource(rows(60_000, 61_000), "UPDATE t SET n = n + 1 WHERE id % 10 = 3");
      connect.start();

      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  @Test
  void workerKilledInTheMiddleOfTheStream(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("kill_stream", mysql, oceanbase, kafka, connect)) {
      migration.prepare(TABLE, rows(0, 1_000)).start().awaitCaughtUp();

      migration.onSource(rows(1_000, 30_000), "UPDATE t SET n = n + 1, id = -id WHERE id % 7 = 0");
      awaitRows(migration, 3_000);
      connect.kill();
      migration.onSource("DELETE FROM t WHERE id % 5 = 0");
      connect.start();

      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  @Test
  void oceanBaseKilledAndRestarted(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration = new Migration("kill_oceanbase", mysql, oceanbase, kafka, connect)) {
      migration.prepare(TABLE, rows(0, 40_000)).start();
      awaitRows(migration, 3_000);

      oceanbase.kill();
      migration.onSource(
          rows(40_000, 42_000), "UPDATE t SET v = 'while it was down' WHERE id < 500");
      oceanbase.start();

      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  /**
   * Stock Debezium's task fails when it comes back to a MySQL that was away; somebody has to
   * restart it.
   */
  @Test
  void mysqlKilledAndRestarted(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("restart_mysql", mysql, oceanbase, kafka, connect)
            .withSource("connect.keep.alive.interval.ms", "1000")) {
      migration.prepare(TABLE, rows(0, 1_000)).start().awaitCaughtUp();

      mysql.kill();
      mysql.start();
      migration.onSource("UPDATE t SET n = -1 WHERE id < 100");
      await("the update, or the source task to fail")
          .atMost(Migration.TIMEOUT)
          .pollInterval(Duration.ofMillis(300))
          .until(
              () ->
                  !migration.failureOf(migration.sourceName()).isEmpty()
                      || migration
                          .onDestinationValue("SELECT COUNT(*) FROM t WHERE n = -1")
                          .equals("100"));
      connect.rest().restartConnector(migration.sourceName(), true);

      migration.awaitCaughtUp().assertEqual("t");
    }
  }

  @Test
  void firstAddressDoesNotAnswer(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    String addresses = "127.0.0.1:1," + oceanbase.address();
    try (Migration migration =
        new Migration("failover", mysql, oceanbase, kafka, connect)
            .withSink("connection.addresses", addresses)) {
      migration.prepare(TABLE, rows(0, 10)).start().awaitCaughtUp().assertEqual("t");
    }
  }

  @Test
  void stalledAndSeveredDestinationNeverCostsTheGroupMembership(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (FaultProxy proxy = FaultProxy.before(oceanbase);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        Migration migration =
            new Migration("stalled", mysql, oceanbase, kafka, connect)
                .withSink("connection.addresses", proxy.address().toString())
                .withSink("consumer.override.max.poll.interval.ms", "6000")
                .withSink("consumer.override.session.timeout.ms", "6000")
                .withSink("consumer.override.heartbeat.interval.ms", "1000")) {
      migration.prepare(TABLE, rows(0, 1_000)).start().awaitCaughtUp();
      String member = member(admin, migration);

      proxy.stall();
      migration.onSource(rows(1_000, 20_000), "UPDATE t SET n = n + 1 WHERE id % 10 = 3");
      await("longer than max.poll.interval.ms without an answer of the destination")
          .during(Duration.ofSeconds(10))
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> member(admin, migration), member::equals);
      assertEquals("1000", migration.onDestinationValue("SELECT COUNT(*) FROM t"));
      proxy.heal();
      migration.awaitCaughtUp().assertEqual("t");

      migration.onSource(rows(20_000, 40_000), "DELETE FROM t WHERE id % 5 = 0");
      awaitRows(migration, 20_100);
      proxy.sever();
      migration.awaitCaughtUp().assertEqual("t");
      assertEquals(member, member(admin, migration));
    }
  }

  /** The only member of the sink's group; who leaves and comes back has another id. */
  private static String member(Admin admin, Migration migration) throws Exception {
    String group = "connect-" + migration.sinkName();
    Collection<MemberDescription> members =
        admin
            .describeConsumerGroups(List.of(group))
            .all()
            .get(30, TimeUnit.SECONDS)
            .get(group)
            .members();
    return members.stream().map(MemberDescription::consumerId).collect(Collectors.joining(","));
  }

  private static void awaitRows(Migration migration, int atLeast) {
    await("the first rows")
        .atMost(Migration.TIMEOUT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              String rows = migration.onDestinationValue("SELECT COUNT(*) FROM t");
              return !rows.isEmpty() && Long.parseLong(rows) >= atLeast;
            });
  }

  private static String rows(int from, int to) {
    StringBuilder sql = new StringBuilder("INSERT INTO t VALUES ");
    for (int i = from; i < to; i++) {
      sql.append(i == from ? "" : ",")
          .append("(")
          .append(i)
          .append(",'value ")
          .append(i)
          .append("',0)");
    }
    return sql.toString();
  }
}
