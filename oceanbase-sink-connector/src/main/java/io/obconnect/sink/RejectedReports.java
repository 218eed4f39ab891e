package io.obconnect.sink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Records that the task itself rejects, on their way to the dead-letter queue; their offsets are
 * finished when they have arrived (I7). Used by the task's thread only.
 */
final class RejectedReports {
  private record Report(PartitionProgress progress, long offset, Future<Void> written) {}

  private final SinkTaskContext context;
  private final SinkMetrics metrics;
  private final Deque<Report> underWay = new ArrayDeque<>();

  RejectedReports(SinkTaskContext context, SinkMetrics metrics) {
    this.context = Objects.requireNonNull(context, "context");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  /**
   * Reports a record.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException the reason, when the connector has no
   *     dead-letter queue
   */
  void reject(PartitionProgress progress, RejectedRecord rejected) {
    ErrantRecordReporter reporter = context.errantRecordReporter();
    if (reporter == null) {
      throw rejected.failure();
    }
    long offset = rejected.position().offset();
    progress.routed(progress.rejectionSlot(), offset);
    underWay.add(new Report(progress, offset, DeadLetterHeaders.report(reporter, rejected)));
    metrics.deadLetter();
    review();
  }

  /** Finishes the offsets of the records that have arrived. */
  void review() {
    // In order; a failed report fails the task, Connect sees to that.
    while (!underWay.isEmpty() && isDone(underWay.peek())) {
      Report report = underWay.remove();
      report.progress().finished(report.progress().rejectionSlot(), report.offset());
    }
  }

  private static boolean isDone(Report report) {
    return report.written() == null || report.written().isDone();
  }
}
