package io.obconnect.sink;

import io.obconnect.model.RetryPolicy;
import io.obconnect.model.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs database work again while its failures are of a kind that passes. One thread, but for {@link
 * #cancel()} and {@link #stop()}.
 */
final class Retrier {
  private static final Logger LOG = LoggerFactory.getLogger(Retrier.class);

  /** Database work that may be run again from its start. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  private final Consumer<SqlFailure> recovery;
  private final RetryPolicy policy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean cancelled;
  private boolean stopped;

  /**
   * Retries under a policy.
   *
   * @param recovery is called after every failure: undoes what was left half done
   */
  Retrier(Consumer<SqlFailure> recovery, RetryPolicy policy) {
    this.recovery = Objects.requireNonNull(recovery, "recovery");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Runs the work until it succeeds.
   *
   * @param what for messages: what is being done, without row values
   * @throws SQLException a failure that does not pass by itself
   * @throws WorkCancelledException when a failure that passes was met after {@link #cancel()}
   * @throws ConnectException when failures that do pass lasted for the policy's timeout, or on
   *     {@link #stop()}
   */
  <T> T run(String what, Work<T> work) throws SQLException {
    return run(() -> what, work);
  }

  /** As {@link #run(String, Work)}; what is being done is put into words when it fails only. */
  <T> T run(Supplier<String> what, Work<T> work) throws SQLException {
    long firstFailureNanos = 0;
    for (int failures = 1; ; failures++) {
      try {
        return work.run();
      } catch (SQLException e) {
        SqlFailure failure = SqlFailure.of(e);
        recovery.accept(failure);
        if (!failure.kind().retriable()) {
          throw e;
        }
        firstFailureNanos = failures == 1 ? System.nanoTime() : firstFailureNanos;
        giveUpAfterTimeout(what.get(), failure, firstFailureNanos);
        pause(what.get(), failure, failures);
      }
    }
  }

  private void giveUpAfterTimeout(String what, SqlFailure failure, long firstFailureNanos) {
    Duration failing = Duration.ofNanos(System.nanoTime() - firstFailureNanos);
    if (failing.compareTo(policy.timeout()) >= 0) {
      throw new ConnectException(
          what
              + " has kept failing for "
              + failing.toSeconds()
              + " s (retry.timeout.ms): "
              + failure.description()
              + "; nothing is lost, restart the task when the destination is well again");
    }
  }

  private void pause(String what, SqlFailure failure, int failures) {
    Duration backoff = policy.backoff(failures, failure.kind() == SqlFailure.Kind.OVERLOADED);
    LOG.warn(
        "{} failed: {}; attempt {} follows in {} ms",
        what,
        failure.description(),
        failures + 1,
        backoff.toMillis());
    awaitBackoff(what, backoff);
  }

  /**
   * Waits as long as before a retry after so many failures.
   *
   * @throws WorkCancelledException as {@link #run}
   * @throws ConnectException on {@link #stop()}
   */
  void pause(String what, int failures) {
    awaitBackoff(what, policy.backoff(Math.max(1, failures), false));
  }

  private void awaitBackoff(String what, Duration backoff) {
    lock.lock();
    try {
      long remainingNanos = backoff.toNanos();
      while (!stopped && !cancelled && remainingNanos > 0) {
        remainingNanos = woken.awaitNanos(remainingNanos);
      }
      if (stopped) {
        throw new ConnectException(what + " was given up because the task is stopping");
      }
      if (cancelled) {
        cancelled = false;
        throw new WorkCancelledException(what + " was given up because partitions were revoked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException(what + " was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes the next pause before a retry end with {@link WorkCancelledException}, one that has begun
   * included.
   */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes {@link #cancel()} back where it has not taken effect. */
  void resume() {
    lock.lock();
    try {
      cancelled = false;
    } finally {
      lock.unlock();
    }
  }

  /** Makes every pause before a retry end the work. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
