package io.obconnect.sink;

import io.obconnect.sink.LaneWork.Dependency;
import io.obconnect.sink.LaneWork.MarkWork;
import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.SourceChange.RowChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a task, and which of them gets a change. A partition's slots are spread over the
 * lanes by their number. Used by the task's thread, but for {@link ApplyLane.Surroundings}.
 */
final class LaneGroup implements ApplyLane.Surroundings, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneGroup.class);

  private final List<ApplyLane> lanes;
  private final ConflictDetector conflicts;
  private final Consumer<TableRefusedException> refusals;
  private final Consumer<FencedException> fences;
  private final SinkMetrics metrics;

  /**
   * Starts lanes; each connects when it has something to do.
   *
   * @param refusals takes tables that cannot be written to, from any thread
   * @param fences takes partitions that another task owns, from any thread
   */
  LaneGroup(
      int count,
      LaneFactory factory,
      Consumer<TableRefusedException> refusals,
      Consumer<FencedException> fences,
      SinkMetrics metrics) {
    this.refusals = refusals;
    this.fences = fences;
    this.metrics = metrics;
    this.conflicts = new ConflictDetector(count, this::isSettled);
    this.lanes =
        IntStream.range(0, count)
            .mapToObj((IntFunction<ApplyLane>) number -> factory.lane(number, this))
            .toList();
    metrics.showBuffer(this::waitingRows, this::waitingBytes);
    lanes.forEach(ApplyLane::start);
  }

  /** Makes lanes. */
  @FunctionalInterface
  interface LaneFactory {
    ApplyLane lane(int number, ApplyLane.Surroundings surroundings);
  }

  int size() {
    return lanes.size();
  }

  /**
   * Gives a change to its lane, or to two when an update moves the row from one to the other.
   *
   * @return the change's size in bytes, estimated; 0 when it had been applied before
   */
  long offer(
      PartitionProgress progress,
      TableRouter router,
      RowChange change,
      SinkRecord record,
      TopicPosition position) {
    RowKey key = router.key(change);
    Optional<RowKey> left = router.leftKey(change);
    ConflictKeys conflictKeys =
        router.plan().tableClass() == TableClass.CONFLICTING && !router.plan().serial()
            ? router.conflictKeys(change)
            : null;
    int slot = progress.slotOf(key.hash());
    long leavingBytes = 0;
    if (left.isPresent() && progress.slotOf(left.get().hash()) != slot) {
      RowChange leaving =
          new RowChange(
              change.table(),
              SourceChange.Operation.DELETE,
              change.key(),
              change.before(),
              null,
              change.source());
      leavingBytes =
          offer(progress, router.plan(), null, left.get(), leaving, conflictKeys, record, position);
      left = Optional.empty();
    }
    return Math.max(
        leavingBytes,
        offer(
            progress,
            router.plan(),
            left.orElse(null),
            key,
            change,
            conflictKeys,
            record,
            position));
  }

  private long offer(
      PartitionProgress progress,
      TablePlan plan,
      RowKey left,
      RowKey key,
      RowChange change,
      ConflictKeys conflictKeys,
      SinkRecord record,
      TopicPosition position) {
    int slot = progress.slotOf(key.hash());
    if (progress.isApplied(slot, position.offset())) {
      metrics.skipped();
      return 0;
    }
    int lane = slot % lanes.size();
    List<Dependency> dependencies =
        conflictKeys == null ? List.of() : conflicts.dependencies(plan.table(), conflictKeys, lane);
    if (!dependencies.isEmpty()) {
      metrics.conflicted();
    }
    progress.routed(slot, position.offset());
    long sizeBytes = RecordSize.of(change);
    long sequence =
        lanes
            .get(lane)
            .queue()
            .offer(
                new RowWork(
                    progress,
                    slot,
                    plan,
                    left,
                    key,
                    change,
                    record,
                    position,
                    dependencies,
                    sizeBytes));
    if (conflictKeys != null) {
      conflicts.touched(plan.table(), conflictKeys, lane, sequence);
    }
    return sizeBytes;
  }

  /** Lets the lanes have what was offered. */
  void wake() {
    lanes.forEach(lane -> lane.queue().wake());
  }

  /** Moves the marks of slots that have had nothing to do. */
  void moveIdleMarks(PartitionProgress progress) {
    for (int slot = 0; slot < progress.claim().slots(); slot++) {
      OptionalLong target = progress.idleMark(slot);
      if (target.isPresent()) {
        lanes
            .get(slot % lanes.size())
            .queue()
            .offer(new MarkWork(progress, slot, target.getAsLong()));
      }
    }
  }

  /** Changes that wait or are in flight. */
  int waitingRows() {
    return lanes.stream().mapToInt(lane -> lane.queue().size()).sum();
  }

  /** Their size in bytes, estimated. */
  long waitingBytes() {
    return lanes.stream().mapToLong(lane -> lane.queue().waitingBytes()).sum();
  }

  /** What ended a lane, if anything has. */
  Optional<ConnectException> failure() {
    return lanes.stream().map(ApplyLane::failure).flatMap(Optional::stream).findFirst();
  }

  @Override
  public boolean isSettled(Dependency dependency) {
    return lanes.get(dependency.lane()).queue().isSettled(dependency.sequence());
  }

  @Override
  public boolean awaitSettled(Dependency dependency) throws InterruptedException {
    return lanes.get(dependency.lane()).queue().awaitSettled(dependency.sequence());
  }

  @Override
  public void tableRefused(TableRefusedException refusal) {
    refusals.accept(refusal);
  }

  @Override
  public void fenced(FencedException fenced) {
    fences.accept(fenced);
  }

  /** Drops what the lanes have not begun of withdrawn partitions. */
  void dropWithdrawn() {
    lanes.forEach(lane -> lane.queue().dropWithdrawn());
  }

  /**
   * Drops the work of withdrawn partitions, and waits for what is being written of them, so that
   * nothing of them is written after this returns.
   */
  void release(Duration timeout) {
    dropWithdrawn();
    lanes.forEach(ApplyLane::interruptRetries);
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try {
      for (ApplyLane lane : lanes) {
        if (!lane.queue().awaitLanding(remainingMs(deadlineNanos))) {
          LOG.warn(
              "A window was still being written {} ms after its partitions were revoked; aborting it",
              timeout.toMillis());
          lane.abort();
          if (!lane.queue().awaitLanding(timeout.toMillis())) {
            throw new ConnectException("the window of revoked partitions could not be aborted");
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lanes.forEach(ApplyLane::abort);
    } finally {
      lanes.forEach(ApplyLane::resumeRetries);
    }
  }

  private static long remainingMs(long deadlineNanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }

  @Override
  public void close() {
    lanes.forEach(ApplyLane::shutDown);
    lanes.forEach(ApplyLane::close);
  }
}
