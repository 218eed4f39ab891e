package io.obconnect.source;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that works for a source task and ends with it. */
final class CopyThread {
  private static final Logger LOG = LoggerFactory.getLogger(CopyThread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread thread;
  private volatile Throwable failure;

  /** What the thread does until it is interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  CopyThread(String name, Work work) {
    this.thread = new Thread(() -> run(work), name);
    thread.setDaemon(true);
  }

  @SuppressWarnings("IllegalCatch") // whatever ends the thread fails the task
  private void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
      LOG.debug("{} was ended", thread.getName());
    } catch (Throwable e) {
      failure = e;
    }
  }

  void start() {
    thread.start();
  }

  /** Throws what ended the thread, if anything has. */
  void requireAlive() {
    Optional.ofNullable(failure)
        .ifPresent(
            cause -> {
              throw cause instanceof ConnectException e ? e : new ConnectException(cause);
            });
  }

  /** Ends the thread; what it does not end in time ends with the process. */
  void stop() {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("{} did not end within {} s", thread.getName(), PATIENCE.toSeconds());
    }
  }
}
