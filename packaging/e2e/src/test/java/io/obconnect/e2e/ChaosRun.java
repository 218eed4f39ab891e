package io.obconnect.e2e;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.Engine;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Carries the steps of a {@link ChaosPlan} out. What was killed starts again while the next faults
 * come; only a fault that needs the same process waits for it.
 */
final class ChaosRun {
  private final List<ConnectWorker> workers;
  private final OceanBaseServer oceanbase;
  private final FaultProxy proxy;
  private final Map<Engine, CompletableFuture<Void>> starts = new HashMap<>();
  private int faults;

  /**
   * What runs.
   *
   * @param proxy that the sink reaches OceanBase through
   */
  ChaosRun(List<ConnectWorker> workers, OceanBaseServer oceanbase, FaultProxy proxy) {
    this.workers = List.copyOf(workers);
    this.oceanbase = oceanbase;
    this.proxy = proxy;
  }

  /** When this returns, everything runs again. */
  void run(List<ChaosPlan.Step> steps) throws InterruptedException {
    for (ChaosPlan.Step step : steps) {
      let(step.pause());
      System.err.printf(
          "%s fault %d: %s%n", Instant.now().truncatedTo(ChronoUnit.MILLIS), ++faults, step);
      begin(step);
      try {
        let(step.outage());
      } finally {
        mend(step);
      }
    }
    starts.keySet().forEach(this::started);
  }

  /** How many faults there were. */
  int faults() {
    return faults;
  }

  private void begin(ChaosPlan.Step step) {
    switch (step.fault()) {
      case KILL_WORKER -> started(workers.get(step.victim())).kill();
      case KILL_OCEANBASE -> started(oceanbase).kill();
      case SEVER -> proxy.sever();
      case STALL -> proxy.stall();
      case LOSE_COMMIT -> proxy.loseAnswerTo("COMMIT");
      case REBALANCE -> started(workers.get(step.victim())).stop();
    }
  }

  private void mend(ChaosPlan.Step step) {
    switch (step.fault()) {
      case KILL_WORKER, REBALANCE -> start(workers.get(step.victim()));
      case KILL_OCEANBASE -> start(oceanbase);
      case STALL -> proxy.heal();
      case SEVER, LOSE_COMMIT -> {
        // These were over at once.
      }
    }
  }

  private void start(Engine engine) {
    starts.put(engine, CompletableFuture.runAsync(engine::start));
  }

  /** Waits for a start that is still under way; an engine bounds its start. */
  private <E extends Engine> E started(E engine) {
    starts.getOrDefault(engine, CompletableFuture.completedFuture(null)).join();
    return engine;
  }

  /** The plan's own time: nothing is waited for. */
  private static void let(Duration pass) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pass.toMillis());
  }
}
