package io.obconnect.e2e;

import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectRestException;
import io.obconnect.stack.ConnectWorker;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an operator does while workers are killed: what a kill left failed of the stock source is
 * restarted, so many times at most. What fails of the sink is not, and is remembered, because
 * Connect itself would start it anew at the next rebalance.
 */
final class SourceOperator implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;

  private final String source;
  private final String sink;
  private final int maxRestarts;
  private final AtomicInteger restarts = new AtomicInteger();
  private final ScheduledExecutorService clock;
  private final List<ScheduledFuture<?>> looks = new ArrayList<>();
  private volatile RuntimeException failure;

  SourceOperator(List<ConnectWorker> workers, Migration migration, int maxRestarts) {
    this.source = migration.sourceName();
    this.sink = migration.sinkName();
    this.maxRestarts = maxRestarts;
    this.clock = Executors.newScheduledThreadPool(workers.size());
    // Any worker answers for all, if it lives; one that starts may keep its answer back for long.
    for (ConnectWorker worker : workers) {
      ConnectRest rest = worker.rest();
      looks.add(
          clock.scheduleWithFixedDelay(
              () -> look(rest), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  /**
   * Tells what has failed until now.
   *
   * @throws FailedTaskException when a task of the sink has failed, or the source too often
   */
  void requireHealth() {
    if (failure != null) {
      throw failure;
    }
  }

  int restarts() {
    return restarts.get();
  }

  private void look(ConnectRest rest) {
    try {
      FailedTasks.refuse(rest, List.of(sink));
      FailedTasks.refuse(rest, List.of(source));
    } catch (FailedTaskException e) {
      failed(rest, e);
    } catch (ConnectRestException | UncheckedIOException e) {
      // Killed, or not up yet: another look follows, and whoever waits in vain gives up in time.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void failed(ConnectRest rest, FailedTaskException failed) {
    if (!failed.connector().equals(source) || restarts.get() >= maxRestarts) {
      failure = failed;
      return;
    }
    try {
      rest.restartFailed(source);
      int count = restarts.incrementAndGet();
      System.err.println(
          "restarted, " + count + " of at most " + maxRestarts + ": " + causes(failed));
    } catch (ConnectRestException | UncheckedIOException e) {
      System.err.println("not restarted, to be tried again: " + e.getMessage());
    }
  }

  /** The trace's messages without its frames. */
  private static String causes(FailedTaskException failed) {
    return String.join(
        " / ", failed.getMessage().lines().filter(line -> !line.startsWith("\t")).toList());
  }

  @Override
  public void close() {
    looks.forEach(look -> look.cancel(true));
    clock.shutdownNow();
  }
}
