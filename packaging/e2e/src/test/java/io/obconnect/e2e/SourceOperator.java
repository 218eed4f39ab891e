package io.obconnect.e2e;

import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectRestException;
import io.obconnect.stack.ConnectWorker;
import java.io.UncheckedIOException;
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

  private final List<ConnectWorker> workers;
  private final String source;
  private final String sink;
  private final int maxRestarts;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looks;
  private volatile RuntimeException failure;
  private final AtomicInteger restarts = new AtomicInteger();

  SourceOperator(List<ConnectWorker> workers, Migration migration, int maxRestarts) {
    this.workers = List.copyOf(workers);
    this.source = migration.sourceName();
    this.sink = migration.sinkName();
    this.maxRestarts = maxRestarts;
    looks =
        clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
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

  /**
   * Any worker answers for all; when none does, each has been killed, and the next look follows.
   */
  private void look() {
    for (ConnectWorker worker : workers) {
      try {
        if (failure == null && worker.isRunning()) {
          look(worker.rest());
          return;
        }
      } catch (ConnectRestException | UncheckedIOException e) {
        System.err.println("asking " + worker.name() + " for states: " + e.getMessage());
      } catch (RuntimeException e) {
        failure = e;
      }
    }
  }

  private void look(ConnectRest rest) {
    FailedTasks.refuse(rest, List.of(sink));
    try {
      FailedTasks.refuse(rest, List.of(source));
    } catch (FailedTaskException e) {
      if (restarts.get() >= maxRestarts) {
        throw e;
      }
      rest.restartFailed(source);
      int count = restarts.incrementAndGet();
      System.err.println("restarted, " + count + " of at most " + maxRestarts + ": " + causes(e));
    }
  }

  /** The trace's messages without its frames. */
  private static String causes(FailedTaskException failed) {
    return String.join(
        " / ", failed.getMessage().lines().filter(line -> !line.startsWith("\t")).toList());
  }

  @Override
  public void close() {
    looks.cancel(true);
    clock.shutdownNow();
  }
}
