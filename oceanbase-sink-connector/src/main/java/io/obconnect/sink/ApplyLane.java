package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.sink.WorkItem.ApplyRow;
import io.obconnect.sink.WorkItem.ApplySchemaChange;
import io.obconnect.sink.WorkItem.ApplyTruncate;
import io.obconnect.sink.WorkItem.LookUpTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One thread with one connection that carries out a task's work in order. A window closes when the
 * queue has run empty or at its limits: a single change is applied at once, a backlog in large
 * transactions.
 *
 * <p>Invariants: I3, changes of one key are applied in source order (one thread, one queue). I4, an
 * offset is finished only after the transaction that applied it committed.
 */
final class ApplyLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApplyLane.class);

  private final LaneQueue queue = new LaneQueue();
  private final Map<TopicPartition, Long> finishedOffsets = new ConcurrentHashMap<>();
  private final LaneTools tools;
  private final SinkLimits limits;
  private final Thread thread;
  private final Optional<Map<String, String>> logContext;
  private volatile ConnectException failure;

  /** A lane that does nothing before {@link #start()}. */
  ApplyLane(String name, LaneTools tools, SinkLimits limits) {
    this.tools = Objects.requireNonNull(tools, "tools");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.logContext = Optional.ofNullable(MDC.getCopyOfContextMap());
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void offer(WorkItem item) {
    queue.offer(item);
  }

  /**
   * Says that the record at this position is the next of its partition. The first one after an
   * assignment is where the partition stands until the lane has finished it: Connect would commit
   * another position, the one last sought to, for a partition that it gets none for.
   */
  void expect(TopicPosition position) {
    finishedOffsets.putIfAbsent(position.partition(), position.offset());
  }

  /** Whether anything waits or is being carried out. */
  boolean isBusy() {
    return queue.isBusy();
  }

  /** Memory of the items that wait, in bytes, estimated. */
  long waitingBytes() {
    return queue.waitingBytes();
  }

  /** The offset after the last finished record of a partition, or that of its first record. */
  Optional<Long> finishedOffset(TopicPartition partition) {
    return Optional.ofNullable(finishedOffsets.get(partition));
  }

  /** What ended the lane, if anything has. */
  Optional<ConnectException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Gives partitions up: their waiting items are dropped, and a window that is being written is
   * waited for, so that nothing of them is written after this returns.
   */
  void release(Collection<TopicPartition> partitions) {
    queue.discard(partitions);
    tools.retrier().cancel();
    try {
      if (!queue.awaitFinished(limits.releaseTimeoutMs())) {
        LOG.warn(
            "A window was still being written {} ms after its partitions were revoked; aborting it",
            limits.releaseTimeoutMs());
        tools.session().abort();
        if (!queue.awaitFinished(limits.releaseTimeoutMs())) {
          throw new ConnectException("the window of revoked partitions could not be aborted");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tools.session().abort();
    } finally {
      tools.retrier().resume();
    }
    partitions.forEach(finishedOffsets::remove);
  }

  private void run() {
    logContext.ifPresent(MDC::setContextMap);
    try {
      for (List<WorkItem> items = take(); !items.isEmpty(); items = take()) {
        processOrPutBack(items);
      }
    } catch (ConnectException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure =
          new ConnectException("the thread that writes to the destination was interrupted", e);
    } catch (RuntimeException | Error e) {
      // A programming error, or the worker is out of memory; the task reports it as its own
      // failure. Uncaught, it would leave a task that runs and does nothing.
      failure = new ConnectException("the thread that writes to the destination failed", e);
    } finally {
      queue.finish();
      tools.session().close();
    }
  }

  private void processOrPutBack(List<WorkItem> items) {
    try {
      process(items);
      queue.finish();
    } catch (WorkCancelledException e) {
      LOG.info("{}; the work of the remaining partitions starts anew", e.getMessage());
      queue.putBack(items);
    }
  }

  private List<WorkItem> take() throws InterruptedException {
    return queue.take(limits.windowMaxRows(), limits.windowMaxBytes());
  }

  private void process(List<WorkItem> items) {
    List<ApplyRow> rows = new ArrayList<>();
    for (WorkItem item : items) {
      if (item instanceof ApplyRow row) {
        rows.add(row);
      } else {
        if (item.endsWindow()) {
          flush(rows);
        }
        carryOut(item);
      }
    }
    flush(rows);
    items.forEach(
        item -> item.finishes().ifPresent(p -> finishedOffsets.put(p.partition(), p.offset() + 1)));
  }

  private void flush(List<ApplyRow> rows) {
    if (!rows.isEmpty()) {
      tools.writer().write(rows);
      rows.clear();
    }
  }

  private void carryOut(WorkItem item) {
    if (item instanceof ApplySchemaChange schemaChange) {
      tools.schemaApplier().apply(schemaChange.change());
    } else if (item instanceof ApplyTruncate truncate) {
      tools.writer().truncate(truncate.writer().plan());
    } else if (item instanceof LookUpTable lookUp) {
      lookUp(lookUp);
    }
  }

  private void lookUp(LookUpTable lookUp) {
    try {
      TableState state =
          tools
              .retrier()
              .run(
                  "Looking up table " + lookUp.table().quoted(),
                  () -> tools.resolver().resolve(lookUp.table()));
      tools.catalog().answer(lookUp, state);
    } catch (SQLException e) {
      throw new ConnectException(
          "Looking up table "
              + lookUp.table().quoted()
              + " was refused: "
              + SqlFailure.of(e).description());
    }
  }

  @Override
  public void close() {
    queue.close();
    tools.retrier().stop();
    try {
      thread.join(limits.releaseTimeoutMs());
      if (thread.isAlive()) {
        tools.session().abort();
        thread.join(TimeUnit.SECONDS.toMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tools.session().abort();
    }
  }
}
