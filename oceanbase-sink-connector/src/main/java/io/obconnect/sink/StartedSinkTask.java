package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplySchemaChange;
import io.obconnect.sink.ControlWork.CreateIndexes;
import io.obconnect.sink.ControlWork.ExamineDestination;
import io.obconnect.sink.LaneRouting.Origin;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.TableTruncate;
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
import org.apache.kafka.connect.errors.DataException;
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
  private final ChangeReader reader;
  private final TaskInbox inbox = new TaskInbox();
  private final SinkMetrics metrics;
  private final RejectionDesk desk;
  private final Selection selection;
  private final Map<TableId, Boolean> selected = new HashMap<>();
  private final Map<TableId, Route> routes = new HashMap<>();
  private final ControlLane control;
  private final LaneGroup lanes;
  private final PartitionGate gate;
  private final IntakeLimit intake;
  private final PlanLog planLog;
  private final PartitionOwner owner;
  private final TableWaits waits;
  private final SchemaBarriers barriers;
  private final Watermarks watermarks;
  private final boolean indexesAfterCopy;
  private final CopyEnds copyEnds = new CopyEnds();
  private final RejectedReports reports;
  private long nowNanos;
  private long lastMarksNanos = System.nanoTime();

  /** The way of a source table's rows. */
  private record Route(RowSelector rows, LaneRouting lanes) {
    private TableRouter router() {
      return lanes.table();
    }
  }

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
    this.selection = config.selection();
    this.indexesAfterCopy = config.schemaPolicies().indexesAfterCopy();
    this.reader = config.changeReader();
    Destination destination = new Destination(config, metrics);
    this.gate = new PartitionGate(context, System::nanoTime);
    this.reports = new RejectedReports(context, metrics);
    Consumer<TableRefusedException> refusals = refusal -> inbox.send(() -> tableRefused(refusal));
    Consumer<FencedException> fences = fenced -> inbox.send(() -> ownerOf(fenced));
    this.control =
        new ControlLane(
            config.connectorName() + "-control",
            destination.controlTools(catalog),
            inbox,
            refusals,
            fences);
    this.lanes =
        new LaneGroup(
            limits.lanes(),
            (number, surroundings) -> destination.lane(number, desk::settle, surroundings),
            refusals,
            fences,
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
        new SchemaBarriers(gate, owner, control::offer, config.narrowingWait(), metrics);
    this.watermarks =
        new Watermarks(
            gate, owner, control::offer, config.watermarkIdle(), metrics, System.nanoTime());
    control.start();
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
    for (SinkRecord record : records) {
      TopicPosition position = TopicPosition.of(record);
      if (!gate.leaves(position)) {
        owner.progress(position).ifPresent(progress -> route(record, position, progress));
      }
    }
    examineDestination();
    Optional<HoldReason> pause = intake.review();
    gate.setFull(pause.isPresent());
    waits.review(gate, catalog, control::offer);
    owner.review(System.nanoTime());
    barriers.review(nowNanos);
    createIndexesOfTheRest();
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
                planLog.examined(facts);
                intake.memoryFound(facts.memstore());
                metrics.destinationMemory(facts.memstore().orElse(Double.NaN));
              }));
    }
  }

  private void askToBeCalledAgain() {
    if (owner.isWaiting()) {
      context.timeout(CALL_AGAIN_SOON_MS);
    } else if (gate.isHolding() || lanes.waitingRows() > 0 || control.size() > 0) {
      // Also for what a lane is about to reject, and for its failure: neither waits for a record.
      context.timeout(CALL_AGAIN_MS);
    } else if (watermarks.isWaiting()) {
      context.timeout(Watermarks.INTERVAL.toMillis());
    }
  }

  private void moveIdleMarks() {
    long now = System.nanoTime();
    if (now - lastMarksNanos >= MARK_INTERVAL_NANOS) {
      lastMarksNanos = now;
      owner.progresses().forEach(lanes::moveIdleMarks);
    }
  }

  private void route(SinkRecord record, TopicPosition position, PartitionProgress progress) {
    try {
      SourceChange change = reader.read(record);
      watermarks.seen(position, change, nowNanos);
      if (change instanceof RowChange row && isSelected(row.table())) {
        if (!isOutOfTurn(progress, position, row.table(), row.source())) {
          routeRow(record, position, progress, row);
        }
      } else if (change instanceof TableTruncate truncate && isSelected(truncate.table())) {
        if (!isOutOfTurn(progress, position, truncate.table(), truncate.source())) {
          routeTruncate(position, progress, truncate.table());
        }
      } else if (change instanceof SchemaChange schemaChange) {
        routeSchemaChange(progress, position, schemaChange);
      } else {
        progress.read(position.offset());
      }
    } catch (DataException e) {
      reports.reject(progress, RejectedRecord.of(record, e.getMessage()));
      progress.read(position.offset());
    }
  }

  /** What a snapshot creates is in order with its rows, because they wait for their tables. */
  private void routeSchemaChange(
      PartitionProgress progress, TopicPosition position, SchemaChange change) {
    if (change.snapshot()) {
      control.offer(new ApplySchemaChange(progress, position.offset(), change, Map.of(), () -> {}));
      progress.read(position.offset());
    } else {
      barriers.begin(progress, position, change);
    }
  }

  /** Whether a change comes again from before a schema change, or too early for one. */
  private boolean isOutOfTurn(
      PartitionProgress progress, TopicPosition position, TableId table, Object source) {
    Optional<LogPosition> applied = catalog.appliedRows(table);
    if (applied.isPresent() && LogPosition.of(source).isWithin(applied.get())) {
      progress.read(position.offset());
      return true;
    }
    return barriers.holdsBack(progress, position, table, source);
  }

  private void routeRow(
      SinkRecord record, TopicPosition position, PartitionProgress progress, RowChange row) {
    if (progress.claim().isMarked() && progress.isRejecting()) {
      // A mark that passed a rejected record would hide it from the next owner (I7).
      owner.pauseUntilQuiet(progress, position);
      return;
    }
    Optional<Route> route = routeOf(row.table());
    if (route.isEmpty()) {
      // I2: nothing of a table is applied before its definition is.
      gate.hold(position, row.table(), Optional.empty(), DataDefinition.of(record, row));
      return;
    }
    Optional<RowChange> change;
    try {
      change = route.get().rows().select(row);
    } catch (IllegalArgumentException e) {
      refuse(position, row.table(), "table " + row.table().quoted() + ": " + e.getMessage());
      return;
    }
    Optional<String> unknown =
        change.flatMap(route.get().router()::unknownColumn).map(DestinationColumn::fold);
    if (unknown.isPresent()) {
      gate.hold(position, row.table(), unknown, DataDefinition.of(record, row));
      return;
    }
    change.ifPresent(
        c -> intake.taken(route.get().lanes().route(c, new Origin(progress, record, position))));
    barriers.seen(position.partition(), row.table(), row.source(), nowNanos);
    createIndexesAtTheEnd(progress, position, row);
    progress.read(position.offset());
  }

  /** The record counts as applied when that is done, so that a crash does not forget it. */
  private void createIndexesAtTheEnd(
      PartitionProgress progress, TopicPosition position, RowChange row) {
    if (indexesAfterCopy && copyEnds.isOverWith(row.table(), row.source(), nowNanos)) {
      control.offer(
          new CreateIndexes(Optional.of(progress), position.offset(), Optional.of(row.table())));
    }
  }

  private void createIndexesOfTheRest() {
    if (indexesAfterCopy && copyEnds.isRestOver(nowNanos)) {
      control.offer(new CreateIndexes(Optional.empty(), -1, Optional.empty()));
    }
  }

  private boolean isSelected(TableId table) {
    return selected.computeIfAbsent(table, selection::includes);
  }

  /** The partition waits for its table, which is asked for again with growing pauses. */
  private void refuse(TopicPosition position, TableId table, String reason) {
    waits.refused(table);
    catalog.put(table, new TableState.Failed(reason, false));
    gate.hold(position, table, Optional.empty());
  }

  private void routeTruncate(TopicPosition position, PartitionProgress progress, TableId table) {
    Optional<Route> route = routeOf(table);
    if (route.isEmpty()) {
      gate.hold(position, table, Optional.empty());
      return;
    }
    TablePlan plan = route.get().router().plan();
    if (selection.mayMerge(plan.table())) {
      throw new DataException(
          "table "
              + table.quoted()
              + " was truncated, but its destination "
              + plan.table().quoted()
              + " may hold rows of other tables; delete its rows there by hand");
    }
    owner.truncateWhenQuiet(progress, position, table, plan);
  }

  @SuppressWarnings("ReferenceEquality") // the catalog replaces a plan only by one that differs
  private Optional<Route> routeOf(TableId table) {
    if (catalog.state(table).orElse(null) instanceof TableState.Ready ready) {
      TablePlan plan = ready.plan();
      Route route = routes.get(table);
      if (route == null || route.router().plan() != plan) {
        route =
            new Route(
                new RowSelector(selection, table, plan), lanes.routing(new TableRouter(plan)));
        routes.put(table, route);
        planLog.ready(plan);
      }
      return Optional.of(route);
    }
    return Optional.empty();
  }

  /** The partition goes back to the first change that was not applied, and waits for its table. */
  private void tableRefused(TableRefusedException refusal) {
    TableId table = refusal.table();
    lanes.dropWithdrawn();
    copyEnds.forget();
    owner.rewindWhenQuiet(
        refusal.progress(),
        offset -> {
          TopicPartition partition = refusal.progress().claim().partition();
          refuse(new TopicPosition(partition, offset), table, refusal.getMessage());
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
    long deadlineNanos = System.nanoTime() + limits.releaseTimeout().toNanos();
    owner.withdraw(partitions);
    desk.close();
    lanes.release(deadlineNanos);
    control.release(deadlineNanos);
    desk.open();
    owner.closed(partitions);
    barriers.closed(partitions);
    watermarks.closed(partitions);
    copyEnds.forget();
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
