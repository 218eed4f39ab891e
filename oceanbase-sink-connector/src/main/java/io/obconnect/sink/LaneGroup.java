package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.TableId;
import io.obconnect.sink.LaneWork.BlockWork;
import io.obconnect.sink.LaneWork.Dependency;
import io.obconnect.sink.LaneWork.MarkWork;
import io.obconnect.sink.LaneWork.TransactionWork;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a task, and which of them gets a change. A partition's slots are spread over the
 * lanes by their number. Used by the task's thread, but for {@link ApplyLane.Surroundings}.
 */
final class LaneGroup implements ApplyLane.Surroundings {
  private static final Logger LOG = LoggerFactory.getLogger(LaneGroup.class);

  private final List<ApplyLane> lanes;
  private final ConflictDetector conflicts;
  private final Consumer<TableRefusedException> refusals;
  private final Consumer<FencedException> fences;
  private final Consumer<CopyBlock> copies;
  private final SinkMetrics metrics;

  /**
   * Starts lanes; each connects when it has something to do.
   *
   * @param refusals takes tables that cannot be written to, from any thread
   * @param fences takes partitions that another task owns, from any thread
   * @param copies takes blocks of a full copy that are applied, from any thread
   */
  LaneGroup(
      int count,
      LaneFactory factory,
      Consumer<TableRefusedException> refusals,
      Consumer<FencedException> fences,
      Consumer<CopyBlock> copies,
      SinkMetrics metrics) {
    this.refusals = refusals;
    this.fences = fences;
    this.copies = copies;
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

  /** How the changes of one table come to their lanes. */
  LaneRouting routing(TableRouter table) {
    return new LaneRouting(table, lanes.size(), conflicts, this::offer, metrics);
  }

  private long offer(int lane, LaneWork work) {
    return lanes.get(lane).queue().offer(work);
  }

  /** Keeps the lanes from taking what is offered from now on, until {@link #complete}. */
  void begin() {
    lanes.forEach(lane -> lane.queue().begin());
  }

  /** Says that a source transaction has been offered as a whole. */
  void complete() {
    lanes.forEach(lane -> lane.queue().complete());
  }

  /** Adds a part of a source transaction. */
  void offer(TransactionWork work) {
    offer(work.progress().laneOf(work.slot(), lanes.size()), work);
  }

  /**
   * Gives a block of a full copy to its lane: all of a chunk to the same one.
   *
   * @return its size in bytes, estimated; 0 when it had been applied before
   */
  long offer(
      PartitionProgress progress, TopicPosition position, TableId destination, CopyBlock block) {
    int slot = progress.slotOf(Objects.hash(block.table(), block.run(), block.chunk()));
    if (progress.isApplied(slot, position.offset())) {
      metrics.skipped();
      return 0;
    }
    progress.routed(slot, position.offset());
    BlockWork work = new BlockWork(progress, slot, destination, block, position);
    offer(progress.laneOf(slot, lanes.size()), work);
    return work.sizeBytes();
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
            .get(progress.laneOf(slot, lanes.size()))
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
  public void copied(CopyBlock block) {
    copies.accept(block);
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
   * nothing of them is committed after this returns.
   *
   * @param deadlineNanos until when, by {@link System#nanoTime()}; then it is aborted
   */
  void release(long deadlineNanos) {
    dropWithdrawn();
    lanes.forEach(ApplyLane::interruptRetries);
    try {
      for (ApplyLane lane : lanes) {
        if (!lane.queue().awaitLanding(remainingMs(deadlineNanos))) {
          LOG.warn("A transaction of revoked partitions did not end in time; aborting it");
          lane.abort();
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

  /** Makes the lanes end soon; {@link #threads()} are to be waited for. */
  void shutDown() {
    lanes.forEach(ApplyLane::shutDown);
  }

  /** Breaks what the lanes are doing in the destination. */
  void abort() {
    lanes.forEach(ApplyLane::abort);
  }

  List<LaneThread> threads() {
    return lanes.stream().map(ApplyLane::thread).toList();
  }
}
