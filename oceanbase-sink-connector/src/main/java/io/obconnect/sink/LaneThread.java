package io.obconnect.sink;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.MDC;

/**
 * A thread that belongs to a task: it logs in the task's context, and whatever ends it is the
 * task's failure.
 */
final class LaneThread {
  /**
   * Connect gives a task five seconds to stop (task.shutdown.graceful.timeout.ms), most of which
   * the release of its partitions may have used up before.
   */
  private static final long END_WAIT_MS = 1_000;

  private static final long ABORT_WAIT_MS = 500;

  /** What the thread does until it is told to end. */
  @FunctionalInterface
  interface Loop {
    void run() throws InterruptedException;
  }

  private final Thread thread;
  private final Optional<Map<String, String>> logContext =
      Optional.ofNullable(MDC.getCopyOfContextMap());
  private volatile ConnectException failure;

  LaneThread(String name, Loop loop) {
    Objects.requireNonNull(loop, "loop");
    this.thread = new Thread(() -> run(loop), name);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run(Loop loop) {
    logContext.ifPresent(MDC::setContextMap);
    try {
      loop.run();
    } catch (ConnectException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new ConnectException(thread.getName() + " was interrupted", e);
    } catch (RuntimeException | Error e) {
      // A programming error, or the worker is out of memory; the task reports it as its own
      // failure. Uncaught, it would leave a task that runs and does nothing.
      failure = new ConnectException(thread.getName() + " failed", e);
    }
  }

  /** What ended the thread, if anything has. */
  Optional<ConnectException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Waits for threads to end, and aborts what they are doing when that takes too long. A thread
   * that waits for a server that does not answer may outlive this call; it commits nothing
   * afterwards.
   */
  static void join(List<LaneThread> threads, Runnable abort) {
    try {
      if (!haveEnded(threads, END_WAIT_MS)) {
        abort.run();
        haveEnded(threads, ABORT_WAIT_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort.run();
    }
  }

  private static boolean haveEnded(List<LaneThread> threads, long timeoutMs)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    for (LaneThread each : threads) {
      TimeUnit.NANOSECONDS.timedJoin(each.thread, Math.max(1, deadlineNanos - System.nanoTime()));
    }
    return threads.stream().noneMatch(each -> each.thread.isAlive());
  }
}
