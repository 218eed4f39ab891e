package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplySchemaChange;
import io.obconnect.sink.ControlWork.ApplyTruncate;
import io.obconnect.sink.ControlWork.ClaimPartitions;
import io.obconnect.sink.ControlWork.ExamineSchemaChange;
import io.obconnect.sink.ControlWork.ForgetMarks;
import io.obconnect.sink.ControlWork.LookUpTable;
import io.obconnect.sink.ControlWork.SealPartition;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one connection for everything that is not a row: claims, look-ups, schema
 * changes, truncations, in the order in which they were asked for. What has to wait for rows is
 * asked for only when those are applied.
 */
final class ControlLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLane.class);

  private final ControlTools tools;
  private final TaskInbox inbox;
  private final Duration releaseTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ControlWork> waiting = new ArrayDeque<>();
  private final LaneThread thread;
  private boolean inFlight;
  private boolean closed;

  /** Starts the lane; it connects when it has something to do. */
  ControlLane(String name, ControlTools tools, TaskInbox inbox, Duration releaseTimeout) {
    this.tools = Objects.requireNonNull(tools, "tools");
    this.inbox = Objects.requireNonNull(inbox, "inbox");
    this.releaseTimeout = Objects.requireNonNull(releaseTimeout, "releaseTimeout");
    this.thread = new LaneThread(name, this::run);
  }

  void start() {
    thread.start();
  }

  void offer(ControlWork work) {
    work.progress().ifPresent(progress -> progress.routed(progress.controlSlot(), work.offset()));
    lock.lock();
    try {
      waiting.add(work);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How much work waits or is being done. */
  int size() {
    lock.lock();
    try {
      return waiting.size() + (inFlight ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /** What ended the lane, if anything has. */
  Optional<ConnectException> failure() {
    return thread.failure();
  }

  private void run() throws InterruptedException {
    try {
      for (Optional<ControlWork> work = take(); work.isPresent(); work = take()) {
        carryOutOrDrop(work.get());
      }
    } finally {
      land();
      tools.session().close();
    }
  }

  private Optional<ControlWork> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      inFlight = !closed;
      return closed ? Optional.empty() : Optional.of(waiting.remove());
    } finally {
      lock.unlock();
    }
  }

  private void land() {
    lock.lock();
    try {
      inFlight = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void carryOutOrDrop(ControlWork work) {
    boolean done = false;
    try {
      if (!work.isWithdrawn()) {
        carryOut(work);
        done = true;
      }
    } catch (WorkCancelledException e) {
      LOG.debug("{}", e.getMessage());
      putBackUnlessWithdrawn(work);
      return;
    } catch (FencedException e) {
      LOG.info("{}; its work here is dropped", e.getMessage());
    }
    settle(work, done);
    land();
  }

  private static void settle(ControlWork work, boolean done) {
    work.progress()
        .ifPresent(
            progress -> {
              if (done) {
                progress.finished(progress.controlSlot(), work.offset());
              } else {
                progress.dropped(progress.controlSlot());
              }
            });
  }

  private void putBackUnlessWithdrawn(ControlWork work) {
    lock.lock();
    try {
      if (work.isWithdrawn()) {
        settle(work, false);
      } else {
        waiting.addFirst(work);
      }
    } finally {
      lock.unlock();
    }
    land();
  }

  private void carryOut(ControlWork work) {
    if (work instanceof LookUpTable lookUp) {
      tools.catalog().answer(lookUp, lookUp(lookUp.table()));
    } else if (work instanceof ApplySchemaChange change) {
      tools.schemaApplier().apply(change.change(), change.rows());
      inbox.send(change.done());
    } else if (work instanceof ExamineSchemaChange examine) {
      boolean narrowing = tools.schemaApplier().isNarrowing(examine.change());
      inbox.send(() -> examine.done().accept(narrowing));
    } else if (work instanceof ApplyTruncate truncate) {
      truncate(truncate);
    } else if (work instanceof SealPartition seal) {
      PartitionClaim sealed = seal(seal.sealed().claim(), seal.next(), seal.slots());
      inbox.send(() -> seal.done().accept(sealed));
    } else if (work instanceof ClaimPartitions claim) {
      List<PartitionClaim> claims = claim(claim);
      inbox.send(() -> claim.done().accept(claims));
    } else if (work instanceof ForgetMarks forget) {
      forget.partitions().forEach(this::forgetMarks);
    }
  }

  private TableState lookUp(TableId table) {
    String what = "Looking up table " + table.quoted();
    return call(what, () -> tools.resolver().resolve(table));
  }

  private void truncate(ApplyTruncate truncate) {
    TableId table = truncate.plan().table();
    call(
        "Truncating " + table.quoted(),
        () -> {
          try (Statement statement = tools.session().connection().createStatement()) {
            return statement.execute("TRUNCATE TABLE " + table.quoted());
          }
        });
    PartitionClaim sealed =
        seal(truncate.truncated().claim(), truncate.offset() + 1, truncate.slots());
    inbox.send(() -> truncate.done().accept(sealed));
  }

  private PartitionClaim seal(PartitionClaim claim, long offset, int slots) {
    if (!claim.isMarked()) {
      return PartitionClaim.unmarked(claim.partition(), slots);
    }
    return call(
        "Moving the marks of " + claim.partition(),
        () -> tools.offsets().seal(tools.session().connection(), claim, offset, slots));
  }

  private List<PartitionClaim> claim(ClaimPartitions work) {
    List<PartitionClaim> claims = new ArrayList<>();
    for (TopicPartition partition : work.partitions()) {
      if (!work.wanted().test(partition)) {
        continue;
      }
      call(
              "Claiming " + partition,
              () ->
                  tools
                      .offsets()
                      .claim(
                          tools.session().connection(),
                          partition,
                          work.slots(),
                          work.startOffset()))
          .ifPresent(claims::add);
    }
    return claims;
  }

  private void forgetMarks(TopicPartition partition) {
    call(
        "Forgetting the marks of " + partition,
        () -> {
          tools.offsets().delete(tools.session().connection(), partition);
          tools.session().connection().commit();
          return true;
        });
  }

  private <T> T call(String what, Retrier.Work<T> work) {
    try {
      return tools.retrier().run(what, work);
    } catch (SQLException e) {
      throw new ConnectException(
          what + " was refused: " + SqlFailure.of(e).description() + ", " + e.getMessage());
    }
  }

  /**
   * Waits for the work that is being done for withdrawn partitions; what waits is dropped when its
   * turn comes.
   */
  void release() {
    tools.retrier().cancel();
    lock.lock();
    try {
      long remainingNanos = releaseTimeout.toNanos();
      while (inFlight && remainingNanos > 0) {
        remainingNanos = changed.awaitNanos(remainingNanos);
      }
      if (inFlight) {
        LOG.warn("Work on revoked partitions took over {} ms", releaseTimeout.toMillis());
        tools.session().abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tools.session().abort();
    } finally {
      lock.unlock();
      tools.retrier().resume();
    }
  }

  /** Makes the lane end soon; {@link #close()} waits for it. */
  void shutDown() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    tools.retrier().stop();
  }

  @Override
  public void close() {
    shutDown();
    thread.join(tools.session()::abort);
  }
}
