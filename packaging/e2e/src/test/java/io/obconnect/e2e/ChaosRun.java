package io.obconnect.e2e;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.FaultProxy;
import io.obconnect.stack.OceanBaseServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Carries a {@link ChaosPlan} out; when it returns, everything runs again. */
final class ChaosRun {
  private final List<ConnectWorker> workers;
  private final OceanBaseServer oceanbase;
  private final FaultProxy proxy;

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

  void run(ChaosPlan plan) throws InterruptedException {
    for (ChaosPlan.Step step : plan.steps()) {
      let(step.pause());
      begin(step);
      try {
        let(step.outage());
      } finally {
        mend(step);
      }
    }
  }

  private void begin(ChaosPlan.Step step) {
    switch (step.fault()) {
      case KILL_WORKER -> workers.get(step.victim()).kill();
      case KILL_OCEANBASE -> oceanbase.kill();
      case SEVER -> proxy.sever();
      case STALL -> proxy.stall();
      case LOSE_COMMIT -> proxy.loseAnswerTo("COMMIT");
      case REBALANCE -> workers.get(step.victim()).stop();
    }
  }

  private void mend(ChaosPlan.Step step) {
    switch (step.fault()) {
      case KILL_WORKER, REBALANCE -> workers.get(step.victim()).start();
      case KILL_OCEANBASE -> oceanbase.start();
      case STALL -> proxy.heal();
      case SEVER, LOSE_COMMIT -> {
        // These were over at once.
      }
    }
  }

  /** The plan's own time: nothing is waited for. */
  private static void let(Duration pass) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pass.toMillis());
  }
}
