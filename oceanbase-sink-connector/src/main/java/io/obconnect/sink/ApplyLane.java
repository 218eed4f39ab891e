package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.sink.LaneWork.BlockWork;
import io.obconnect.sink.LaneWork.Dependency;
import io.obconnect.sink.LaneWork.RowWork;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one connection that applies the changes of its slots in order. A window closes
 * when nothing more waits or at its limits: a single change is applied at once, a backlog in large
 * transactions.
 *
 * <p>Invariants: I3, changes of one key are applied in source order (one slot, one lane, one
 * queue). I4, work is finished only after the transaction that applied it committed.
 */
final class ApplyLane {
  private static final Logger LOG = LoggerFactory.getLogger(ApplyLane.class);

  /** How a lane learns of the others, and speaks to the task. */
  interface Surroundings {
    /** Whether another lane has committed that work, or dropped it. */
    boolean isSettled(Dependency dependency);

    /** Waits until another lane has; false when that lane was closed. */
    boolean awaitSettled(Dependency dependency) throws InterruptedException;

    /** Takes the news that a table cannot be written to as planned. */
    void tableRefused(TableRefusedException refusal);

    /** Takes the news that another task has taken a partition over. */
    void fenced(FencedException fenced);

    /** Takes the news that a block of a full copy is applied. */
    void copied(CopyBlock block);
  }

  private final LaneQueue queue;
  private final WindowWriter writer;
  private final BlockWriter blocks;
  private final DestinationSession session;
  private final Retrier retrier;
  private final SinkLimits limits;
  private final Surroundings surroundings;
  private final SinkMetrics metrics;
  private final BusyClock clock;
  private final LaneThread thread;

  /** A lane that does nothing before {@link #start()}. */
  ApplyLane(
      String name,
      DestinationSession session,
      Retrier retrier,
      Consumer<List<RejectedRecord>> rejections,
      CopyLedger copies,
      SinkLimits limits,
      Surroundings surroundings,
      SinkMetrics metrics,
      BusyClock clock) {
    this.session = Objects.requireNonNull(session, "session");
    this.retrier = Objects.requireNonNull(retrier, "retrier");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.surroundings = Objects.requireNonNull(surroundings, "surroundings");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.queue = new LaneQueue(limits.windowLinger().toMillis());
    this.writer = new WindowWriter(session, retrier, limits, rejections, metrics);
    this.blocks = new BlockWriter(session, copies, retrier, metrics);
    this.thread = new LaneThread(name, this::run);
  }

  void start() {
    thread.start();
  }

  LaneQueue queue() {
    return queue;
  }

  /** What ended the lane, if anything has. */
  Optional<ConnectException> failure() {
    return thread.failure();
  }

  private void run() throws InterruptedException {
    try {
      for (List<LaneWork> works = take(); !works.isEmpty(); works = take()) {
        clock.begin();
        process(works);
        clock.end();
      }
    } finally {
      clock.end();
      queue.putBack();
      session.close();
    }
  }

  private List<LaneWork> take() throws InterruptedException {
    return queue.take(limits.windowMaxRows(), limits.windowMaxBytes());
  }

  private void process(List<LaneWork> works) throws InterruptedException {
    try {
      for (int from = 0; from < works.size(); ) {
        int to = endOfWindow(works, from);
        writeOrDrop(works.subList(from, to));
        from = to;
      }
    } catch (WorkCancelledException e) {
      LOG.debug("{}; the work of the remaining partitions starts anew", e.getMessage());
      startAnew();
    } catch (MarksMovedException e) {
      LOG.info("{}", e.getMessage());
      startAnew();
    } catch (TableRefusedException e) {
      e.progress().withdraw();
      startAnew();
      surroundings.tableRefused(e);
    } catch (FencedException e) {
      works.stream()
          .map(LaneWork::progress)
          .filter(progress -> e.concerns(progress.claim()))
          .forEach(PartitionProgress::withdraw);
      startAnew();
      surroundings.fenced(e);
    }
  }

  private void startAnew() {
    queue.putBack();
    queue.dropWithdrawn();
  }

  /**
   * Waits for what the first change depends on; a later one that still has to wait ends the window,
   * because what it waits for may wait for this window.
   */
  private int endOfWindow(List<LaneWork> works, int from) throws InterruptedException {
    for (Dependency dependency : dependencies(works.get(from))) {
      if (!surroundings.isSettled(dependency)) {
        await(dependency);
      }
    }
    Predicate<Dependency> settled = surroundings::isSettled;
    int to = from + 1;
    while (to < works.size() && isOfSameWindow(works, to, settled)) {
      to++;
    }
    return to;
  }

  /** A block is a window of its own. */
  private static boolean isOfSameWindow(
      List<LaneWork> works, int next, Predicate<Dependency> settled) {
    return !(works.get(next) instanceof BlockWork)
        && !(works.get(next - 1) instanceof BlockWork)
        && dependencies(works.get(next)).stream().allMatch(settled);
  }

  private void await(Dependency dependency) throws InterruptedException {
    long begunNanos = System.nanoTime();
    if (!surroundings.awaitSettled(dependency)) {
      throw new WorkCancelledException("Waiting for lane " + dependency.lane() + " was given up");
    }
    metrics.waited(SinkMetric.Peer.LANE, System.nanoTime() - begunNanos);
  }

  private static List<Dependency> dependencies(LaneWork work) {
    return work instanceof RowWork row ? row.dependencies() : List.of();
  }

  private void writeOrDrop(List<LaneWork> works) {
    // Where a partition was withdrawn the whole flight ends: the queue settles work in order.
    if (works.get(0) instanceof BlockWork block) {
      blocks.write(block);
      settle(works);
      surroundings.copied(block.block());
    } else {
      writer.write(works, this::settle);
    }
  }

  private void settle(List<LaneWork> done) {
    done.forEach(LaneWork::finished);
    queue.settle(done.size());
  }

  /** Makes a lane that is about to try again look at its queue first. */
  void interruptRetries() {
    retrier.cancel();
  }

  void resumeRetries() {
    retrier.resume();
  }

  /** Breaks what the lane is doing in the destination. */
  void abort() {
    session.abort();
  }

  /** Makes the lane end soon; {@link #thread()} is to be waited for. */
  void shutDown() {
    queue.close();
    retrier.stop();
  }

  LaneThread thread() {
    return thread;
  }
}
