package io.obconnect.source;

import io.obconnect.model.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
 * gave away. What Debezium's tasks do when Connect commits is nothing for a binlog, so they are not
 * told. Used by Connect's task thread only.
 */
final class RestartingCapture {
  private static final Logger LOG = LoggerFactory.getLogger(RestartingCapture.class);

  /** Connect asks again at once, and has to get a chance to stop the task. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  /** Each sends all rows again that the one before has sent. */
  private static final int MAX_SNAPSHOTS = 3;

  private final Function<Map<String, String>, SourceTask> captures;
  private final SourceTaskContext context;
  private final Map<String, String> options;
  private final RetryPolicy policy;
  private final LongSupplier nanoTime;
  private final ResumePoint resumePoint;
  private final boolean resnapshots;
  private final Addresses addresses;
  private SourceTask capture;
  private boolean snapshotting;
  private int brokenSnapshots;
  private int failures;
  private long firstFailureNanos;
  private long nextAttemptNanos;
  private boolean started;
  private long startedNanos;

  /** Whether no change was streamed since the tables had to be copied again. */
  private boolean resnapshotting;

  /**
   * Starts nothing before the first {@link #poll}.
   *
   * @param captures makes a new task for the options that it is going to be started with
   * @param resumePoint where it begins
   * @param options of the tasks, and of this class
   */
  RestartingCapture(
      Function<Map<String, String>, SourceTask> captures,
      SourceTaskContext context,
      ResumePoint resumePoint,
      Map<String, String> options,
      RetryPolicy policy,
      LongSupplier nanoTime) {
    this.captures = Objects.requireNonNull(captures, "captures");
    this.context = Objects.requireNonNull(context, "context");
    this.options = new HashMap<>(options);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    this.resumePoint = Objects.requireNonNull(resumePoint, "resumePoint");
    this.resnapshots = PositionOptions.resnapshots(options);
    this.addresses = Addresses.of(options);
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
      noteProgress(records.stream().filter(record -> !(record instanceof PositionRecord)).toList());
      return records;
    } catch (RuntimeException e) {
      failed(e);
      return List.of();
    }
  }

  /** Rows of a snapshot are no progress: it begins anew when it is interrupted. */
  private void noteProgress(List<SourceRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    resumePoint.handOver(records);
    resnapshotting = resnapshotting && records.stream().noneMatch(ResumePoint::isStreamed);
    snapshotting = ResumePoint.isSnapshot(records.get(records.size() - 1).sourceOffset());
    if (!snapshotting) {
      failures = 0;
      brokenSnapshots = 0;
      addresses.proven();
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
    Map<String, String> current = addresses.applyTo(options);
    SourceTask fresh = captures.apply(current);
    fresh.initialize(new ResumedContext(context, resumePoint));
    // Before it is started: what a failed start leaves open has to be closed.
    capture = fresh;
    started = false;
    fresh.start(current);
    started = true;
    startedNanos = nanoTime.getAsLong();
  }

  private void failed(RuntimeException failure) {
    stop();
    String what = CaptureFailure.describe(failure);
    CaptureFailure kind = CaptureFailure.of(failure);
    if (kind == CaptureFailure.POSITION_LOST && resnapshots) {
      beginAnew(what, failure);
      return;
    }
    boolean elsewhere = kind == CaptureFailure.POSITION_LOST && addresses.isPositionElsewhere();
    if (!kind.isPassing() && !elsewhere) {
      throw new ConnectException(what, failure);
    }
    if (started && snapshotting && ++brokenSnapshots >= MAX_SNAPSHOTS) {
      throw new ConnectException(
          "the snapshot was interrupted "
              + MAX_SNAPSHOTS
              + " times, and begins anew each time: "
              + what,
          failure);
    }
    long now = nanoTime.getAsLong();
    if (started && now - startedNanos > policy.maxBackoff().toNanos()) {
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
              + "): "
              + what,
          failure);
    }
    Duration pause = policy.backoff(failures, false);
    addresses.next();
    nextAttemptNanos = now + pause.toNanos();
    LOG.warn(
        "Capturing was interrupted, and is started again in {} ms: {}", pause.toMillis(), what);
    LOG.debug("Why capturing was interrupted", failure);
  }

  private void beginAnew(String what, RuntimeException failure) {
    if (resnapshotting) {
      throw new ConnectException(
          "the position was lost again before the copy was followed by a change: let the database"
              + " keep its log for longer than the tables take to be copied; "
              + what,
          failure);
    }
    LOG.warn("Definitions and rows are copied again ({}): {}", PositionOptions.ON_LOST, what);
    resnapshotting = true;
    resumePoint.forget();
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
