package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A migration in the middle of many faults is exact whenever it has caught up: nothing lost,
 * nothing applied twice. On demand, because it takes long: {@code bin/test --chaos} sets the system
 * properties {@code obconnect.chaos.seed} and {@code obconnect.chaos.kills}.
 */
@ExtendWith(LocalStackExtension.class)
@EnabledIfSystemProperty(named = "obconnect.chaos.seed", matches = ".+")
class ChaosIT {
  private static final long SEED = Long.getLong("obconnect.chaos.seed", 1);
  private static final int KILLS = Integer.getInteger("obconnect.chaos.kills", 20);
  private static final Duration TO_CATCH_UP = Duration.ofMinutes(10);
  private static final int FAULTS_BETWEEN_COMPARISONS = 10;

  @Test
  void migrationInTheMiddleOfFaultsIsExact(
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
                // Small enough for one record of the destination's log: seekdb does not recover
                // from a kill between two (see LocalStackExtension).
                .withSink("window.max.bytes", "65536")
                .withSink("tasks.max", "3")) {
      List<ConnectWorker> workers = List.of(connect, second);
      ChaosPlan plan = ChaosPlan.of(SEED, KILLS, workers.size());
      ExactTables tables = new ExactTables(migration, SEED, ExactTables.Load.LIGHT);
      tables.prepare();
      migration.start().awaitCaughtUp();

      ChaosRun run = new ChaosRun(workers, oceanbase, proxy);
      try (SourceOperator operator = new SourceOperator(workers, migration, plan.steps().size())) {
        migration.checkedBy(operator::requireHealth).within(TO_CATCH_UP);
        for (List<ChaosPlan.Step> steps : plan.parts(FAULTS_BETWEEN_COMPARISONS)) {
          tables.startWriting();
          run.run(steps);
          tables.stopWriting();
          tables.assertExact();
          operator.requireHealth();
          System.err.printf(
              "exact after %d faults and %d restarts of the stock source%n",
              run.faults(), operator.restarts());
        }
      }
      assertFalse(proxy.awaitsCut(), "no COMMIT went through the proxy");
    }
  }
}
