package io.obconnect.source;

import io.obconnect.model.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures by a task of Debezium, and replaces it by a fresh one when the database was away:
 * Debezium's own fails for good then. The new one goes on behind the last record that the old one
 * gave away. Used by Connect's task thread only, but for {@link #commitRecord}, which other threads
 * call.
 */
final class RestartingCapture {
  private static final Logger LOG = LoggerFactory.getLogger(RestartingCapture.class);

  /** Connect asks again at once, and has to get a chance to stop the task. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  private final Supplier<SourceTask> captures;
  private final SourceTaskContext context;
  private final Map<String, String> options;
  private final RetryPolicy policy;
  private final LongSupplier nanoTime;
  private final ResumePoint resumePoint;
  private volatile SourceTask capture;
  private int failures;
  private long firstFailureNanos;
  private long nextAttemptNanos;
  private long startedNanos;

  /**
   * Starts nothing before the first {@link #poll}.
   *
   * @param captures makes a new task
   */
  RestartingCapture(
      Supplier<SourceTask> captures,
      SourceTaskContext context,
      Map<String, String> options,
      RetryPolicy policy,
      LongSupplier nanoTime) {
    this.captures = Objects.requireNonNull(captures, "captures");
    this.context = Objects.requireNonNull(context, "context");
    this.options = Map.copyOf(options);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    this.resumePoint = new ResumePoint(context.offsetStorageReader());
    this.nextAttemptNanos = nanoTime.getAsLong();
  }

  /** The next records; none while the database is away. */
  List<SourceRecord> poll() throws InterruptedException {
    if (capture == null && !isTimeToStart()) {
      return List.of();
    }
    try {
      if (capture == null) {
        start();
      }
      List<SourceRecord> records = capture.poll();
      if (records == null || records.isEmpty()) {
        return List.of();
      }
      resumePoint.handOver(records);
      failures = 0;
      return records;
    } catch (RuntimeException e) {
      failed(e);
      return List.of();
    }
  }

  private boolean isTimeToStart() throws InterruptedException {
    long left = nextAttemptNanos - nanoTime.getAsLong();
    if (left > 0) {
      Thread.sleep(Math.min(Duration.ofNanos(left).toMillis() + 1, LONGEST_POLL.toMillis()));
    }
    return nextAttemptNanos - nanoTime.getAsLong() <= 0;
  }

  private void start() {
    SourceTask fresh = captures.get();
    fresh.initialize(new ResumedContext(context, resumePoint));
    // Before it is started: what a failed start leaves open has to be closed.
    capture = fresh;
    startedNanos = nanoTime.getAsLong();
    fresh.start(options);
  }

  private void failed(RuntimeException failure) {
    stop();
    CaptureFailure kind = CaptureFailure.of(failure);
    if (kind != CaptureFailure.CONNECTION_LOST) {
      throw new ConnectException(kind.meaning() + " (" + failure.getMessage() + ")", failure);
    }
    long now = nanoTime.getAsLong();
    if (now - startedNanos > policy.maxBackoff().toNanos()) {
      // It ran for a while, though nothing may have happened in the database.
      failures = 0;
    }
    failures++;
    if (failures == 1) {
      firstFailureNanos = now;
    }
    if (now - firstFailureNanos >= policy.timeout().toNanos()) {
      throw new ConnectException(
          "the database could not be reached for "
              + policy.timeout().toMillis()
              + " ms ("
              + ReconnectOptions.TIMEOUT
              + "), the last time because of: "
              + failure.getMessage(),
          failure);
    }
    Duration pause = policy.backoff(failures, false);
    nextAttemptNanos = now + pause.toNanos();
    LOG.warn(
        "Capturing was interrupted, and is started again in {} ms: {}",
        pause.toMillis(),
        failure.getMessage());
    LOG.debug("Why capturing was interrupted", failure);
  }

  void commitRecord(SourceRecord record, RecordMetadata metadata) throws InterruptedException {
    SourceTask current = capture;
    if (current != null) {
      current.commitRecord(record, metadata);
    }
  }

  void commit() throws InterruptedException {
    SourceTask current = capture;
    if (current != null) {
      current.commit();
    }
  }

  /** Ends the capture that runs, if any does. */
  void stop() {
    SourceTask current = capture;
    capture = null;
    if (current == null) {
      return;
    }
    try {
      current.stop();
    } catch (RuntimeException e) {
      LOG.warn("Ending a capture failed", e);
    }
  }

  /** Connect's context, with a later offset where one is known. */
  private record ResumedContext(SourceTaskContext context, OffsetStorageReader reader)
      implements SourceTaskContext {
    @Override
    public Map<String, String> configs() {
      return context.configs();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return reader;
    }

    @Override
    public TransactionContext transactionContext() {
      return context.transactionContext();
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return context.pluginMetrics();
    }
  }
}
