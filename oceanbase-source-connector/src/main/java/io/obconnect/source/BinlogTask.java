package io.obconnect.source;

import io.obconnect.model.PluginVersion;
import io.obconnect.model.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads a database's log, and survives its restarts, or copies tables in blocks, or both. */
abstract sealed class BinlogTask extends SourceTask permits MySqlSourceTask, OceanBaseSourceTask {
  private static final Duration WAIT_FOR_BLOCKS = Duration.ofMillis(500);

  /** Of a task that does both: how long Debezium waits for changes while blocks may be there. */
  private static final String SHORT_POLL_MS = "20";

  private static final String POLL_INTERVAL = "poll.interval.ms";

  private final CapturedDatabase database;
  private Optional<RestartingCapture> capture = Optional.empty();
  private Markers markers;
  private Optional<CopyPlanning> planning = Optional.empty();
  private Optional<BlockCopy> copy = Optional.empty();

  BinlogTask(CapturedDatabase database) {
    this.database = Objects.requireNonNull(database, "database");
  }

  @Override
  public final String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public final void start(Map<String, String> options) {
    ConfigDef definition = ReconnectOptions.definition();
    CopyOptions.define(definition);
    MarkerOptions.define(definition);
    Map<String, Object> values = definition.parse(options);
    RetryPolicy policy = ReconnectOptions.policy(values);
    CopyOptions copyOptions = CopyOptions.of(values, options);
    TaskRole role = TaskRole.read(options);
    if (role.copies()) {
      copy = Optional.of(blockCopy(role, copyOptions, options, policy));
    }
    if (role.streams()) {
      startCapture(role, copyOptions, options, policy, MarkerOptions.interval(values, options));
    }
    copy.ifPresent(BlockCopy::start);
  }

  private BlockCopy blockCopy(
      TaskRole role, CopyOptions copyOptions, Map<String, String> options, RetryPolicy policy) {
    CopyProgress progress =
        new CopyProgress(
            options.get("topic.prefix"),
            role::copiesSlice,
            partition -> context.offsetStorageReader().offset(partition));
    return new BlockCopy(copyOptions, options, policy, progress);
  }

  private void startCapture(
      TaskRole role,
      CopyOptions copyOptions,
      Map<String, String> options,
      RetryPolicy policy,
      Optional<Duration> markerInterval) {
    Map<String, String> captureOptions = new HashMap<>(options);
    if (copyOptions.blocks()) {
      planning = Optional.of(new CopyPlanning(copyOptions, options, policy));
      planning.get().begin();
    }
    if (role.copies()) {
      captureOptions.put(POLL_INTERVAL, SHORT_POLL_MS);
    }
    Optional<CopyPlanning> copies = planning;
    Set<PreflightCheck> skipped = PreflightOptions.skipped(options);
    PreflightGate preflight = new PreflightGate(database, skipped);
    ResumePoint resumePoint =
        new ResumePoint(context.offsetStorageReader(), copies.flatMap(CopyPlanning::start));
    MarkedTopics topics =
        new MarkedTopics(asked -> new TopicReader(options).read(asked), System::nanoTime);
    markers =
        new Markers(
            resumePoint::offset,
            markerInterval.map(interval -> topics::partitions),
            System::nanoTime);
    Optional<MarkerPace> pace =
        markerInterval.map(
            interval ->
                new MarkerPace(
                    interval,
                    topics,
                    copyOptions.blocks() ? Set.of(copyOptions.topic()) : Set.of()));
    capture =
        Optional.of(
            new RestartingCapture(
                current -> {
                  preflight.pass(current);
                  return new CaptureTask(database, copies, skipped, pace);
                },
                context,
                resumePoint,
                captureOptions,
                policy,
                System::nanoTime));
  }

  @Override
  public final List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    planning.ifPresent(CopyPlanning::requireAlive);
    if (capture.isPresent()) {
      records.addAll(markers.in(markers.isWaiting() ? List.of() : capture.get().poll()));
    }
    if (copy.isPresent()) {
      boolean idle = capture.isEmpty();
      records.addAll(copy.get().poll(idle ? WAIT_FOR_BLOCKS : Duration.ZERO));
    }
    return records;
  }

  @Override
  public final void commitRecord(SourceRecord sent, RecordMetadata metadata) {
    planning.ifPresent(p -> p.delivered(sent));
  }

  @Override
  public final void stop() {
    copy.ifPresent(BlockCopy::stop);
    planning.ifPresent(CopyPlanning::stop);
    capture.ifPresent(RestartingCapture::stop);
  }
}
