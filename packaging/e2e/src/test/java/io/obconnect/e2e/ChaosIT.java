package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A migration in the middle of many faults ends equal. The system properties {@code
 * obconnect.chaos.seed} and {@code obconnect.chaos.steps} choose others; the log names the plan.
 */
@ExtendWith(LocalStackExtension.class)
class ChaosIT {
  private static final long SEED = Long.getLong("obconnect.chaos.seed", 1);
  private static final int STEPS =
      Integer.getInteger("obconnect.chaos.steps", ChaosPlan.Fault.values().length);
  private static final int ROWS = 2_000;

  @Test
  void migrationInTheMiddleOfFaultsEndsEqual(
      LocalStack stack,
      MySqlServer mysql,
      OceanBaseServer oceanbase,
      KafkaBroker kafka,
      ConnectWorker connect)
      throws Exception {
    try (ConnectWorker second = stack.newConnect();
        FaultProxy proxy = FaultProxy.before(oceanbase);
        Migration migration =
            new Migration("chaos", mysql, oceanbase, kafka, connect)
                .withSink("connection.addresses", proxy.address().toString())) {
      List<ConnectWorker> workers = List.of(connect, second);
      ChaosPlan plan = ChaosPlan.of(SEED, STEPS, workers.size());
      System.err.println(plan);
      migration
          .prepare("CREATE TABLE t (id BIGINT PRIMARY KEY, v VARCHAR(100), n BIGINT)", insert(0))
          .start()
          .awaitCaughtUp();

      new ChaosRun(workers, oceanbase, proxy)
          .run(
              plan,
              step ->
                  migration.onSource(
                      insert(step + 1),
                      "UPDATE t SET n = n + 1 WHERE id % 7 = " + step % 7,
                      "UPDATE t SET id = -id WHERE id % 11 = " + step % 11,
                      "DELETE FROM t WHERE id % 13 = " + step % 13));

      migration.awaitCaughtUp().assertEqual("t");
      assertFalse(proxy.awaitsCut(), "no COMMIT went through the proxy");
    }
  }

  private static String insert(int part) {
    StringBuilder sql = new StringBuilder("INSERT INTO t VALUES ");
    for (int i = 0; i < ROWS; i++) {
      long id = (long) part * ROWS + i + 1;
      sql.append(i == 0 ? "" : ",").append("(").append(id).append(",'value ").append(id);
      sql.append("',0)");
    }
    return sql.toString();
  }
}
