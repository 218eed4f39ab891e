package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.DdlKind;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.DescribeTable;
import io.obconnect.sink.ControlWork.ExamineDestination;
import io.obconnect.sink.ControlWork.LookUpTable;
import io.obconnect.sink.ControlWork.RecallTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A running task: routes records to its lanes and never waits for the database. Used by Connect's
 * task thread only.
 */
final class StartedSinkTask implements RunningTask {
  /** How often Connect calls the task while something is held back or under way. */
  private static final long CALL_AGAIN_MS = 100;

  /** The same while a partition waits for the task itself. */
  private static final long CALL_AGAIN_SOON_MS = 10;

  private static final long MARK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SinkTaskContext context;
  private final SinkLimits limits;
  private final TableCatalog catalog;
  private final TaskInbox inbox = new TaskInbox();
  private final SinkMetrics metrics;
  private final RejectionDesk desk;
  private final ControlLane control;
  private final LaneGroup lanes;
  private final PartitionGate gate;
  private final IntakeLimit intake;
  private final PlanLog planLog;
  private final PartitionOwner owner;
  private final TableWaits waits;
  private final SchemaBarriers barriers;
  private final MarkerBarriers markers;
  private final Watermarks watermarks;
  private final LateIndexes indexes;
  private final RejectedReports reports;
  private final RecordRouter router;
  private final Optional<SourceTransactions> transactions;
  private long nowNanos;
  private long lastMarksNanos = System.nanoTime();

  /**
   * Starts the lanes; they connect when they have something to do.
   *
   * @param catalog what is known of the tables beforehand
   */
  StartedSinkTask(OceanBaseSinkConfig config, SinkTaskContext context, TableCatalog catalog) {
    this.context = Objects.requireNonNull(context, "context");
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.limits = config.limits();
    this.metrics =
        new SinkMetrics(
            MetricBoards.of(context, config.connectorName(), config.taskNumber()),
            System::currentTimeMillis);
    this.desk = new RejectionDesk(metrics);
    Destination destination = new Destination(config, metrics);
    this.gate = new PartitionGate(context, System::nanoTime);
    this.reports = new RejectedReports(context, metrics);
    Consumer<TableRefusedException> refusals = refusal -> inbox.send(() -> tableRefused(refusal));
    Consumer<FencedException> fences = fenced -> inbox.send(() -> ownerOf(fenced));
    TransactionProgress progress = new TransactionProgress();
    boolean whole = config.transactionMode() == TransactionMode.SOURCE;
    this.control =
        new ControlLane(
            config.connectorName() + "-control",
            destination.controlTools(catalog, progress::committed),
            inbox,
            refusals,
            fences);
    this.lanes =
        new LaneGroup(
            limits.lanes(),
            (number, surroundings) -> destination.lane(number, desk::settle, surroundings),
            whole ? StartedSinkTask::endLane : refusals,
            whole ? StartedSinkTask::endLane : fences,
            this::copied,
            metrics);
    this.intake = new IntakeLimit(config, lanes, control);
    this.planLog = new PlanLog(config);
    this.waits =
        new TableWaits(
            config.schemaWaitTimeout(),
            config.tableErrorPolicy(),
            System::nanoTime,
            config.schemaFromData(),
            control::offer);
    this.owner =
        new PartitionOwner(
            context, gate, control::offer, limits.lanes(), config.exactlyOnce(), metrics);
    this.barriers =
        new SchemaBarriers(
            gate, owner, control::offer, config.narrowingWait(), this::holdsBefore, metrics);
    this.markers =
        new MarkerBarriers(gate, owner, control::offer, config.markersWaitTimeout(), metrics);
    this.watermarks =
        new Watermarks(
            gate, owner, control::offer, config.watermarkIdle(), metrics, System.nanoTime());
    this.indexes =
        new LateIndexes(config.schemaPolicies().indexesAfterCopy(), control::offer, this::nowNanos);
    ChangeReader reader = config.changeReader();
    Selection selection = config.selection();
    this.router =
        new RecordRouter(
            reader,
            selection,
            new RecordRouter.Desks(
                lanes, control, barriers, markers, indexes, watermarks, intake, planLog, reports),
            catalog,
            gate,
            owner,
            waits,
            config.schemaPolicies().of(DdlKind.TRUNCATE_TABLE),
            context.errantRecordReporter() != null,
            this::nowNanos);
    this.transactions =
        whole
            ? Optional.of(
                new SourceTransactions(
                    new ArrivalReader(reader, router::isSelected),
                    new TransactionAssembler(
                        limits.bufferMaxRows(),
                        limits.bufferMaxBytes(),
                        selection::includesCollection,
                        progress::delivered),
                    progress,
                    gate,
                    owner,
                    lanes,
                    router,
                    config.transactionWaitTimeout(),
                    System::nanoTime))
            : Optional.empty();
    control.start();
  }

  /** The lane takes nothing more: what follows must not be applied before what was given up. */
  private static void endLane(ConnectException reason) {
    throw new ConnectException(
        reason.getMessage()
            + "; with "
            + WriteOptions.TRANSACTION_MODE
            + "=source nothing goes on without it: mend it, then restart the task",
        reason);
  }

  private long nowNanos() {
    return nowNanos;
  }

  private boolean holdsBefore(TableId table, LogPosition position) {
    return transactions.map(t -> t.holdsBefore(table, position)).orElse(false);
  }

  private void ownerOf(FencedException fenced) {
    metrics.fenced();
    owner.fenced(fenced, System.nanoTime());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    gate.opened(partitions);
    owner.open(partitions);
    watermarks.opened(partitions, System.nanoTime());
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    throwLaneFailure();
    inbox.deliver();
    desk.report(context.errantRecordReporter());
    reports.review();
    nowNanos = System.nanoTime();
    transactions.ifPresent(SourceTransactions::leaveHeld);
    for (SinkRecord record : records) {
      TopicPosition position = TopicPosition.of(record);
      if (!gate.leaves(position)) {
        owner.progress(position).ifPresent(progress -> take(record, position, progress));
      }
    }
    transactions.ifPresent(SourceTransactions::review);
    examineDestination();
    Optional<HoldReason> pause = intake.review();
    gate.setFull(pause.isPresent());
    waits.review(gate, catalog, control::offer);
    owner.review(System.nanoTime());
    barriers.review(nowNanos);
    markers.review(nowNanos);
    indexes.review();
    moveIdleMarks();
    watermarks.review(nowNanos);
    lanes.wake();
    metrics.held(HeldPartitions.count(gate, catalog, context.assignment(), pause));
    askToBeCalledAgain();
  }

  private void examineDestination() {
    if (intake.asksForMemory()) {
      control.offer(
          new ExamineDestination(
              facts -> {
                if (planLog.examined(facts)) {
                  control.offer(new RecallTables(this::describe));
                }
                intake.memoryFound(facts.memstore());
                metrics.destinationMemory(facts.memstore().orElse(Double.NaN));
              }));
    }
  }

  private void describe(List<TableId> tables) {
    tables.forEach(table -> control.offer(new DescribeTable(table, planLog::ready)));
  }

  /** The end of a chunk may be that of its table's copy; from a lane's thread. */
  private void copied(CopyBlock block) {
    if (block.end() != CopyBlock.End.NONE) {
      control.offer(new LookUpTable(block.table(), System.nanoTime()));
    }
  }

  private void askToBeCalledAgain() {
    if (owner.isWaiting()) {
      context.timeout(CALL_AGAIN_SOON_MS);
    } else if (gate.isHolding() || isGathering() || lanes.waitingRows() > 0 || control.size() > 0) {
      // Also for what a lane is about to reject, and for its failure: neither waits for a record.
      context.timeout(CALL_AGAIN_MS);
    } else if (watermarks.isWaiting()) {
      context.timeout(Watermarks.INTERVAL.toMillis());
    }
  }

  private boolean isGathering() {
    return transactions.map(SourceTransactions::isWaiting).orElse(false);
  }

  private void moveIdleMarks() {
    long now = System.nanoTime();
    if (now - lastMarksNanos >= MARK_INTERVAL_NANOS) {
      lastMarksNanos = now;
      owner.progresses().forEach(lanes::moveIdleMarks);
    }
  }

  private void take(SinkRecord record, TopicPosition position, PartitionProgress progress) {
    transactions.ifPresentOrElse(
        t -> t.take(record, position),
        () -> router.route(record, position, progress, Optional.empty()));
  }

  /** The partition goes back to the first change that was not applied, and waits for its table. */
  private void tableRefused(TableRefusedException refusal) {
    TableId table = refusal.table();
    lanes.dropWithdrawn();
    indexes.forget();
    owner.rewindWhenQuiet(
        refusal.progress(),
        offset -> {
          TopicPartition partition = refusal.progress().claim().partition();
          router.refuse(new TopicPosition(partition, offset), table, refusal.getMessage());
        });
  }

  private void throwLaneFailure() {
    Stream.of(control.failure(), lanes.failure())
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            failure -> {
              throw new ConnectException(failure.getMessage(), failure.getCause());
            });
  }

  /** I4: only what the destination has committed. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> finishedOffsets(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      owner
          .finishedOffset(partition)
          .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
    }
    return offsets;
  }

  /** Gives partitions up: nothing of them is written after this returns. */
  @Override
  public void release(Collection<TopicPartition> partitions) {
    transactions.ifPresentOrElse(
        t -> t.release(() -> giveUp(partitions)), () -> giveUp(partitions));
  }

  private void giveUp(Collection<TopicPartition> partitions) {
    long deadlineNanos = System.nanoTime() + limits.releaseTimeout().toNanos();
    owner.withdraw(partitions);
    desk.close();
    lanes.release(deadlineNanos);
    control.release(deadlineNanos);
    desk.open();
    owner.closed(partitions);
    barriers.closed(partitions);
    markers.closed(partitions);
    watermarks.closed(partitions);
    indexes.forget();
    gate.closed(partitions);
    metrics.closed(partitions);
  }

  @Override
  public void close() {
    desk.close();
    control.shutDown();
    lanes.shutDown();
    List<LaneThread> threads = new ArrayList<>(lanes.threads());
    threads.add(control.thread());
    LaneThread.join(
        threads,
        () -> {
          lanes.abort();
          control.abort();
        });
    metrics.close();
  }
}
