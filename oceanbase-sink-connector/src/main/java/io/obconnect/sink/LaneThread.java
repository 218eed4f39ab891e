package io.obconnect.sink;

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
  /** Connect gives a task five seconds to stop (task.shutdown.graceful.timeout.ms). */
  private static final long END_WAIT_MS = TimeUnit.SECONDS.toMillis(3);

  private static final long ABORT_WAIT_MS = TimeUnit.SECONDS.toMillis(1);

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
   * Waits for the thread to end, and aborts what it is doing when that takes too long. A thread
   * that is opening a connection may outlive this call; it writes nothing afterwards.
   */
  void join(Runnable abort) {
    try {
      thread.join(END_WAIT_MS);
      if (thread.isAlive()) {
        abort.run();
        thread.join(ABORT_WAIT_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort.run();
    }
  }
}
