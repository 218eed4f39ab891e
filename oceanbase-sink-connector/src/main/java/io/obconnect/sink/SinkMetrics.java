package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.sink.LaneWork.BlockWork;
import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.SinkMetric.Barrier;
import io.obconnect.sink.SinkMetric.Peer;
import io.obconnect.sink.SourceChange.Operation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * What a task counts. Lanes record once for each transaction, the task's thread hardly more than
 * that; readers do the rest. Thread-safe.
 */
final class SinkMetrics implements AutoCloseable {
  private record Series(SinkMetric metric, String tagValue) {}

  private static final double NANOS_PER_MS = 1e6;

  private final MetricBoard board;
  private final LongSupplier clockMs;
  private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
  private final LongAdder skipped;
  private final Map<TopicPartition, Long> lagsMs = new ConcurrentHashMap<>();
  private volatile double lagMs = Double.NaN;
  private volatile double lowWatermarkMs = Double.NaN;
  private volatile double highWatermarkMs = Double.NaN;
  private volatile double destinationMemory = Double.NaN;
  private volatile Map<HoldReason, Integer> held = Map.of();

  /**
   * Shows all metrics at 0, but for those whose tags are not known yet.
   *
   * @param clockMs milliseconds since 1970
   */
  SinkMetrics(MetricBoard board, LongSupplier clockMs) {
    this.board = Objects.requireNonNull(board, "board");
    this.clockMs = Objects.requireNonNull(clockMs, "clockMs");
    for (SinkMetric metric : SinkMetric.values()) {
      if (metric.isCounter() && metric != SinkMetric.LANE_BUSY) {
        metric.tag().values().forEach(value -> counter(metric, value));
      }
    }
    skipped = counter(SinkMetric.SKIPPED, "");
    board.add(SinkMetric.LAG, "", () -> lagMs);
    board.add(SinkMetric.LAG_MAX, "", this::highestLagMs);
    board.add(SinkMetric.LOW_WATERMARK, "", () -> lowWatermarkMs);
    board.add(SinkMetric.HIGH_WATERMARK, "", () -> highWatermarkMs);
    board.add(
        SinkMetric.WATERMARK_LAG, "", () -> Math.max(0, clockMs.getAsLong() - lowWatermarkMs));
    board.add(SinkMetric.DESTINATION_MEMORY, "", () -> destinationMemory);
    for (HoldReason reason : HoldReason.values()) {
      board.add(SinkMetric.HELD, SinkMetric.tagValue(reason), () -> held.getOrDefault(reason, 0));
    }
  }

  /** Times are counted in nanoseconds. */
  private LongAdder counter(SinkMetric metric, String tagValue) {
    return counters.computeIfAbsent(
        new Series(metric, tagValue),
        series -> {
          LongAdder adder = new LongAdder();
          boolean time = metric.unit() == SinkMetric.Unit.MILLISECONDS;
          board.add(metric, tagValue, time ? () -> adder.sum() / NANOS_PER_MS : adder::sum);
          return adder;
        });
  }

  private LongAdder counter(SinkMetric metric, Enum<?> tagValue) {
    return counter(metric, SinkMetric.tagValue(tagValue));
  }

  private double highestLagMs() {
    return lagsMs.values().stream().mapToDouble(Long::doubleValue).max().orElse(Double.NaN);
  }

  /** Shows how much waits. */
  void showBuffer(DoubleSupplier changes, DoubleSupplier bytes) {
    board.add(SinkMetric.BUFFERED_CHANGES, "", changes);
    board.add(SinkMetric.BUFFERED_BYTES, "", bytes);
  }

  /** A clock that a lane runs while it has work. */
  BusyClock laneClock(int lane) {
    BusyClock clock = new BusyClock(System::nanoTime);
    board.add(SinkMetric.LANE_BUSY, String.valueOf(lane), clock::totalMs);
    return clock;
  }

  /**
   * Says that a transaction is committed.
   *
   * @param works what it was made of
   * @param rows how many rows that came down to
   */
  void committed(List<LaneWork> works, int rows, List<String> statements) {
    Map<TopicPartition, RowWork> last = new HashMap<>();
    RowWork latest = null;
    int inserts = 0;
    int updates = 0;
    int deletes = 0;
    for (LaneWork work : works) {
      if (work instanceof RowWork row) {
        last.put(row.position().partition(), row);
        latest = row;
        switch (row.change().operation()) {
          case INSERT -> inserts++;
          case UPDATE -> updates++;
          case DELETE -> deletes++;
        }
      }
    }
    if (latest == null) {
      return;
    }
    counter(SinkMetric.CHANGES_APPLIED, Operation.INSERT).add(inserts);
    counter(SinkMetric.CHANGES_APPLIED, Operation.UPDATE).add(updates);
    counter(SinkMetric.CHANGES_APPLIED, Operation.DELETE).add(deletes);
    counter(SinkMetric.ROWS_WRITTEN, "").add(rows);
    counter(SinkMetric.SQL_CHARACTERS, "").add(statements.stream().mapToLong(String::length).sum());
    counter(SinkMetric.TRANSACTIONS, "").increment();
    recordLags(latest, last);
  }

  /** Says that a block of a full copy is committed. */
  void copied(BlockWork work) {
    counter(SinkMetric.CHANGES_APPLIED, Operation.INSERT).add(work.block().rowCount());
    counter(SinkMetric.ROWS_WRITTEN, "").add(work.block().rowCount());
    counter(SinkMetric.SQL_CHARACTERS, "").add(work.block().rows().length);
    counter(SinkMetric.TRANSACTIONS, "").increment();
  }

  private void recordLags(RowWork latest, Map<TopicPartition, RowWork> last) {
    long nowMs = clockMs.getAsLong();
    lagMs(latest, nowMs).ifPresent(lag -> lagMs = lag);
    last.forEach(
        (partition, work) -> lagMs(work, nowMs).ifPresent(lag -> lagsMs.put(partition, lag)));
  }

  private static OptionalLong lagMs(RowWork work, long nowMs) {
    long changedMs = SourcePosition.timestampMs(work.change().source());
    // The source's clock may be ahead of this one.
    return changedMs > 0 ? OptionalLong.of(Math.max(0, nowMs - changedMs)) : OptionalLong.empty();
  }

  /** Says that a failure was met; one that passes by itself is followed by another attempt. */
  void failed(SqlFailure failure) {
    if (failure.kind().retriable()) {
      counter(SinkMetric.RETRIES, String.valueOf(failure.errorCode())).increment();
    }
  }

  /** Says that a change has to go after others. */
  void conflicted() {
    counter(SinkMetric.CONFLICTS, "").increment();
  }

  /** Says that a lane has waited for such others. */
  void waited(Peer on, long nanos) {
    counter(SinkMetric.CONFLICT_WAITS, on).increment();
    counter(SinkMetric.CONFLICT_WAIT_TIME, on).add(nanos);
  }

  void schemaChange(Ledger.Outcome outcome) {
    counter(SinkMetric.SCHEMA_CHANGES, outcome).increment();
  }

  void deadLetter() {
    counter(SinkMetric.DEAD_LETTERS, "").increment();
  }

  void barrier(Barrier kind) {
    counter(SinkMetric.BARRIERS, kind).increment();
  }

  /** Says that a change had been applied before. */
  void skipped() {
    skipped.increment();
  }

  void fenced() {
    counter(SinkMetric.FENCED, "").increment();
  }

  /** How many partitions are paused now, by the reason. */
  void held(Map<HoldReason, Integer> partitions) {
    held = partitions;
  }

  /** How far the partitions have come, in milliseconds since 1970, 0 where unknown. */
  void watermarks(LongSummaryStatistics timesMs) {
    lowWatermarkMs = knownMs(timesMs.getMin(), timesMs);
    highWatermarkMs = knownMs(timesMs.getMax(), timesMs);
  }

  private static double knownMs(long timeMs, LongSummaryStatistics of) {
    return of.getCount() == 0 || timeMs == 0 ? Double.NaN : timeMs;
  }

  /** The share of its limit that the destination's memory is used to; NaN where unknown. */
  void destinationMemory(double share) {
    destinationMemory = share;
  }

  /** Forgets partitions that the task has no more. */
  void closed(Collection<TopicPartition> partitions) {
    partitions.forEach(lagsMs::remove);
  }

  @Override
  public void close() {
    board.close();
  }
}
