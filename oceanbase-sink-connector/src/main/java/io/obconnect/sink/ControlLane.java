package io.obconnect.sink;

import io.obconnect.model.DdlKind;
import io.obconnect.model.SqlFailure;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplySchemaChange;
import io.obconnect.sink.ControlWork.ApplyTruncate;
import io.obconnect.sink.ControlWork.ClaimPartitions;
import io.obconnect.sink.ControlWork.CreateIndexes;
import io.obconnect.sink.ControlWork.DefineTable;
import io.obconnect.sink.ControlWork.DescribeTable;
import io.obconnect.sink.ControlWork.ExamineDestination;
import io.obconnect.sink.ControlWork.ExamineSchemaChange;
import io.obconnect.sink.ControlWork.ForgetMarks;
import io.obconnect.sink.ControlWork.JoinWatermarks;
import io.obconnect.sink.ControlWork.LookUpTable;
import io.obconnect.sink.ControlWork.MeetAtMarker;
import io.obconnect.sink.ControlWork.MoveWatermarks;
import io.obconnect.sink.ControlWork.RecallTables;
import io.obconnect.sink.ControlWork.SealPartition;
import io.obconnect.sink.MarkerLedger.Meeting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one connection for everything that is not a row: claims, look-ups, schema
 * changes, truncations, in the order in which they were asked for. What has to wait for rows is
 * asked for only when those are applied.
 */
final class ControlLane {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLane.class);

  private final ControlTools tools;
  private final TaskInbox inbox;
  private final Consumer<TableRefusedException> refusals;
  private final Consumer<FencedException> fences;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ControlWork> waiting = new ArrayDeque<>();
  private final LaneThread thread;
  private boolean inFlight;
  private long landings;
  private boolean closed;

  /**
   * A lane that does nothing before {@link #start()}; it connects when it has something to do.
   *
   * @param refusals takes tables that cannot be emptied, from the lane's thread
   * @param fences takes partitions that another task owns, from the lane's thread
   */
  ControlLane(
      String name,
      ControlTools tools,
      TaskInbox inbox,
      Consumer<TableRefusedException> refusals,
      Consumer<FencedException> fences) {
    this.tools = Objects.requireNonNull(tools, "tools");
    this.inbox = Objects.requireNonNull(inbox, "inbox");
    this.refusals = Objects.requireNonNull(refusals, "refusals");
    this.fences = Objects.requireNonNull(fences, "fences");
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
      landings++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void carryOutOrDrop(ControlWork work) {
    try {
      boolean wanted = !work.isWithdrawn();
      if (wanted) {
        carryOut(work);
      }
      settle(work, wanted);
    } catch (WorkCancelledException e) {
      LOG.debug("{}", e.getMessage());
      putBackUnlessWithdrawn(work);
    } catch (TableRefusedException e) {
      e.progress().withdraw();
      settle(work, false);
      refusals.accept(e);
    } catch (FencedException e) {
      settle(work, false);
      fences.accept(e);
    }
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
  }

  private void carryOut(ControlWork work) {
    if (work instanceof LookUpTable lookUp) {
      tools.catalog().answer(lookUp, lookUp(lookUp.table()));
    } else if (work instanceof RecallTables recall) {
      List<TableId> tables = call("Looking up the tables in use", tools.resolver()::inUse);
      inbox.send(() -> recall.done().accept(tables));
    } else if (work instanceof DescribeTable describe) {
      describe(describe);
    } else if (work instanceof ApplySchemaChange change) {
      applySchemaChange(change);
    } else if (work instanceof CreateIndexes indexes) {
      tools.indexesAfterCopy().create(indexes.table());
    } else if (work instanceof DefineTable define) {
      tools.recordDefiner().define(define.definition());
    } else if (work instanceof ExamineSchemaChange examine) {
      boolean narrowing = tools.schemaApplier().isNarrowing(examine.change());
      inbox.send(() -> examine.done().accept(narrowing));
    } else if (work instanceof ApplyTruncate truncate) {
      truncate(truncate);
    } else if (work instanceof MeetAtMarker meet) {
      Meeting meeting = meet(meet);
      inbox.send(() -> meet.done().accept(meeting));
    } else if (work instanceof SealPartition seal) {
      PartitionClaim sealed = seal(seal.sealed().claim(), seal.next(), seal.slots());
      inbox.send(() -> seal.done().accept(sealed));
    } else if (work instanceof ClaimPartitions claim) {
      List<PartitionClaim> claims = claim(claim);
      inbox.send(() -> claim.done().accept(claims));
    } else if (work instanceof ExamineDestination examine) {
      DestinationFacts facts = call("Looking at the destination", tools.examiner()::examine);
      inbox.send(() -> examine.done().accept(facts));
    } else if (work instanceof ForgetMarks forget) {
      forget.partitions().stream().filter(forget.wanted()).forEach(this::forgetMarks);
    } else if (work instanceof JoinWatermarks join) {
      WatermarkLedger.Reading reading =
          call(
              "Reading watermarks",
              () -> tools.watermarks().join(tools.session().connection(), join.partitions()));
      inbox.send(() -> join.done().accept(reading));
    } else if (work instanceof MoveWatermarks move) {
      SourcePosition newest =
          call(
              "Moving watermarks",
              () -> tools.watermarks().move(tools.session().connection(), move.positions()));
      inbox.send(() -> move.done().accept(newest));
    }
  }

  private TableState lookUp(TableId table) {
    String what = "Looking up table " + table.quoted();
    return call(what, () -> tools.resolver().resolve(table));
  }

  /** Nothing depends on the answer, so that a table that cannot be looked at stops nobody. */
  private void describe(DescribeTable describe) {
    TableId table = describe.table();
    try {
      TableState state =
          tools
              .retrier()
              .run("Looking at table " + table.quoted(), () -> tools.resolver().resolve(table));
      if (state instanceof TableState.Ready ready) {
        inbox.send(() -> describe.done().accept(ready.plan()));
      }
    } catch (SQLException e) {
      LOG.info("Table {} cannot be looked at: {}", table.quoted(), SqlFailure.of(e).description());
    }
  }

  /** DDL cannot be fenced, it commits by itself; to look just before is the next best. */
  private void applySchemaChange(ApplySchemaChange work) {
    PartitionClaim claim = work.changed().claim();
    if (claim.isMarked()) {
      call(
          "Looking at the marks of " + claim.partition(),
          () -> {
            tools.offsets().requireOwner(tools.session().connection(), claim);
            // What the change takes may be long; a successor must not wait for it.
            tools.session().connection().rollback();
            return true;
          });
    }
    tools.schemaApplier().apply(work.change(), work.rows());
    inbox.send(work.done());
  }

  private void truncate(ApplyTruncate truncate) {
    TableId table = truncate.plan().table();
    try {
      tools.retrier().run("Emptying " + table.quoted(), () -> empty(truncate));
    } catch (SQLException e) {
      throw refusedToEmpty(truncate.truncated(), truncate.table(), table, e);
    }
    PartitionClaim sealed =
        seal(truncate.truncated().claim(), truncate.offset() + 1, truncate.slots());
    inbox.send(() -> truncate.done().accept(sealed));
  }

  private static TableRefusedException refusedToEmpty(
      PartitionProgress truncated, TableId source, TableId table, SQLException reason) {
    return new TableRefusedException(
        truncated,
        source,
        "emptying "
            + table.quoted()
            + " was refused: "
            + SqlFailure.of(reason).description()
            + "; check the table and the user's privileges");
  }

  /** As schema changes are. */
  private boolean empty(ApplyTruncate truncate) throws SQLException {
    TableId table = truncate.plan().table();
    PartitionClaim claim = truncate.truncated().claim();
    Connection connection = tools.session().connection();
    if (claim.isMarked()) {
      tools.offsets().requireOwner(connection, claim);
      requireOnePartition(truncate, claim.partition().topic());
    }
    try (Statement statement = connection.createStatement()) {
      return statement.execute("TRUNCATE TABLE " + table.quoted());
    }
  }

  /** Rows of other partitions may stand on either side of the truncation: nothing tells which. */
  private void requireOnePartition(ApplyTruncate truncate, String topic) throws SQLException {
    Connection connection = tools.session().connection();
    int partitions = tools.offsets().partitions(connection, topic);
    if (partitions > 1) {
      connection.rollback();
      throw new TableRefusedException(
          truncate.truncated(),
          truncate.table(),
          "table "
              + truncate.table().quoted()
              + " was truncated, which has no order against its rows in the "
              + partitions
              + " partitions of topic "
              + topic
              + ": use topics with one partition, or set "
              + DdlOptions.name(DdlKind.TRUNCATE_TABLE)
              + "=ignore and delete the rows at the destination by hand");
    }
  }

  /** Whoever has partition 0 does what all have come for. */
  private Meeting meet(MeetAtMarker work) {
    Meeting meeting = call("Noting a marker of " + work.table().quoted(), () -> noteReached(work));
    if (meeting.passed()) {
      // Rows that the source repeats from before the truncation are applied no more.
      tools.catalog().putAppliedRows(work.table(), work.at());
    }
    if (meeting.passed()
        || !meeting.isComplete()
        || work.waiting().claim().partition().partition() != 0) {
      return meeting;
    }
    TableId table = work.plan().table();
    try {
      tools.retrier().run("Emptying " + table.quoted(), () -> emptyAndPass(work));
    } catch (SQLException e) {
      throw refusedToEmpty(work.waiting(), work.table(), table, e);
    }
    return new Meeting(true, List.of());
  }

  private Meeting noteReached(MeetAtMarker work) throws SQLException {
    Connection connection = tools.session().connection();
    PartitionClaim claim = work.waiting().claim();
    if (claim.isMarked()) {
      tools.offsets().requireOwner(connection, claim);
    }
    Meeting meeting =
        tools
            .markers()
            .reach(
                connection,
                work.id(),
                claim.partition(),
                work.marker().barrier().orElseThrow().partitions());
    connection.commit();
    return meeting;
  }

  /** Nothing behind the marker is applied before it may be passed, so that twice does no harm. */
  private boolean emptyAndPass(MeetAtMarker work) throws SQLException {
    Connection connection = tools.session().connection();
    PartitionClaim claim = work.waiting().claim();
    if (claim.isMarked()) {
      tools.offsets().requireOwner(connection, claim);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE TABLE " + work.plan().table().quoted());
    }
    tools.catalog().putAppliedRows(work.table(), work.at());
    tools
        .appliedRows()
        .note(connection, work.table(), tools.catalog().appliedRows(work.table()).orElseThrow());
    tools.markers().pass(connection, work.id(), work.marker().position());
    connection.commit();
    return true;
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
          tools.markers().leave(tools.session().connection(), partition);
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
   *
   * @param deadlineNanos until when, by {@link System#nanoTime()}; then the work is aborted
   */
  void release(long deadlineNanos) {
    tools.retrier().cancel();
    lock.lock();
    try {
      long landed = landings;
      while (inFlight && landed == landings && deadlineNanos - System.nanoTime() > 0) {
        if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
          break;
        }
      }
      if (inFlight && landed == landings) {
        LOG.warn("Work on revoked partitions did not end in time; aborting it");
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

  /** Makes the lane end soon; {@link #thread()} is to be waited for. */
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

  LaneThread thread() {
    return thread;
  }

  /** Breaks what the lane is doing in the destination. */
  void abort() {
    tools.session().abort();
  }
}
