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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A migration in the middle of many faults ends exact: nothing lost, nothing applied twice. Only on
 * demand: a killed worker may leave a task of the stock source failed, which ends the run. The
 * system properties {@code obconnect.chaos.seed} and {@code obconnect.chaos.steps} choose others
 * ({@code bin/test --chaos}); the log names the plan.
 */
@ExtendWith(LocalStackExtension.class)
@EnabledIfSystemProperty(named = "obconnect.chaos.seed", matches = ".+")
class ChaosIT {
  private static final long SEED = Long.getLong("obconnect.chaos.seed", 1);
  private static final int STEPS = Integer.getInteger("obconnect.chaos.steps", 24);

  @Test
  void migrationInTheMiddleOfFaultsEndsExact(
      LocalStack stack,
      MySqlServer mysql,
      OceanBaseServer oceanbase,
      KafkaBroker kafka,
      ConnectWorker connect)
      throws Exception {
    try (ConnectWorker second = stack.newConnect();
        FaultProxy proxy = FaultProxy.before(oceanbase);
        Migration migration =
            ExactTables.migrationOf(new Migration("chaos", mysql, oceanbase, kafka, connect))
                .withSink("connection.addresses", proxy.address().toString())
                .withSink("tasks.max", "3")) {
      List<ConnectWorker> workers = List.of(connect, second);
      // After a kill seekdb may hold the row locks of transactions that it found in its log for
      // minutes; ExactlyOnceIT and RecoveryIT kill it and have the time to wait.
      ChaosPlan plan =
          ChaosPlan.of(SEED, STEPS, workers.size()).without(ChaosPlan.Fault.KILL_OCEANBASE);
      System.err.println(plan);
      ExactTables tables = new ExactTables(migration, SEED);
      tables.prepare();
      migration.start().awaitCaughtUp();

      tables.startWriting();
      new ChaosRun(workers, oceanbase, proxy).run(plan);
      tables.stopWriting();

      tables.assertExact();
      assertFalse(proxy.awaitsCut(), "no COMMIT went through the proxy");
    }
  }
}
