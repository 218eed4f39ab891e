package io.obconnect.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;

/**
 * Where lanes hand in records that cannot be applied. A lane waits until they are in the
 * dead-letter queue, so that it never passes by a record that is nowhere (I7). Only the task's
 * thread speaks to Connect's reporter. Thread-safe.
 */
final class RejectionDesk {
  /** Longer than a producer takes to give a record up (delivery.timeout.ms, 120 s). */
  private static final long REPORT_TIMEOUT_S = 150;

  private record Case(RejectedRecord rejected, CompletableFuture<Written> report) {}

  /** What Connect gave to wait for; null where it gave nothing. */
  private record Written(Future<Void> future) {}

  private final Queue<Case> cases = new ConcurrentLinkedQueue<>();
  private final SinkMetrics metrics;
  private volatile boolean closed;

  RejectionDesk(SinkMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  /**
   * Hands records in and waits until they are in the dead-letter queue. For lanes.
   *
   * @throws WorkCancelledException when the partitions are being taken away, or the task stops
   * @throws ConnectException when the dead-letter queue does not take them
   */
  void settle(List<RejectedRecord> rejected) {
    List<CompletableFuture<Written>> reports = new ArrayList<>();
    for (RejectedRecord record : rejected) {
      CompletableFuture<Written> report = new CompletableFuture<>();
      cases.add(new Case(record, report));
      reports.add(report);
    }
    if (closed) {
      cancel();
    }
    reports.forEach(RejectionDesk::await);
  }

  private static void await(CompletableFuture<Written> report) {
    try {
      Written written = report.get(REPORT_TIMEOUT_S, TimeUnit.SECONDS);
      if (written.future() != null) {
        written.future().get(REPORT_TIMEOUT_S, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkCancelledException("Reporting a record was interrupted");
    } catch (TimeoutException e) {
      throw new ConnectException(
          "a record could not be written to the dead-letter queue within "
              + REPORT_TIMEOUT_S
              + " s",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkCancelledException cancelled) {
        throw cancelled;
      }
      throw new ConnectException("a record could not be written to the dead-letter queue", e);
    }
  }

  boolean isEmpty() {
    return cases.isEmpty();
  }

  /**
   * Reports what was handed in. For the task's thread.
   *
   * @param reporter null where the connector has no dead-letter queue
   * @throws ConnectException the first reason, when there is no reporter
   */
  void report(ErrantRecordReporter reporter) {
    for (Case first = cases.peek(); first != null; first = cases.peek()) {
      if (reporter == null) {
        throw first.rejected().failure();
      }
      Future<Void> written = DeadLetterHeaders.report(reporter, first.rejected());
      metrics.deadLetter();
      first.report().complete(new Written(written));
      cases.remove();
    }
  }

  /**
   * Lets waiting lanes go without a report, and those that come until {@link #open()}. For the
   * task's thread.
   */
  void close() {
    closed = true;
    cancel();
  }

  /** Takes records in again. For the task's thread. */
  void open() {
    closed = false;
  }

  private void cancel() {
    for (Case first = cases.poll(); first != null; first = cases.poll()) {
      first
          .report()
          .completeExceptionally(
              new WorkCancelledException(
                  "Reporting a record was given up: partitions are revoked"));
    }
  }
}
