package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplySchemaChange;
import io.obconnect.sink.LaneRouting.Origin;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A running task: routes records to its lanes and never waits for the database. Used by Connect's
 * task thread only.
 */
final class StartedSinkTask implements AutoCloseable {
  /** How often Connect calls the task while something is held back or under way. */
  private static final long CALL_AGAIN_MS = 100;

  /** The same while a partition waits for the task itself. */
  private static final long CALL_AGAIN_SOON_MS = 10;

  private static final long MARK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SinkTaskContext context;
  private final SinkLimits limits;
  private final TableCatalog catalog;
  private final ChangeReader reader = new ChangeReader();
  private final TaskInbox inbox = new TaskInbox();
  private final RejectionDesk desk = new RejectionDesk();
  private final Map<TableId, TableRouter> routers = new HashMap<>();
  private final ControlLane control;
  private final LaneGroup lanes;
  private final PartitionGate gate;
  private final PartitionOwner owner;
  private final TableWaits waits;
  private final SchemaBarriers barriers;
  private final RejectedReports reports;
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
    Destination destination = new Destination(config);
    this.gate = new PartitionGate(context, System::nanoTime);
    this.reports = new RejectedReports(context);
    this.control =
        new ControlLane(
            config.connectorName() + "-control",
            destination.controlTools(catalog),
            inbox,
            limits.releaseTimeout());
    this.lanes =
        new LaneGroup(
            limits.lanes(),
            (number, surroundings) -> destination.lane(number, desk::settle, surroundings),
            refusal -> inbox.send(() -> tableRefused(refusal)),
            fenced -> inbox.send(() -> ownerOf(fenced)));
    this.waits =
        new TableWaits(config.schemaWaitTimeout(), config.tableErrorPolicy(), System::nanoTime);
    this.owner = new PartitionOwner(context, gate, control, limits.lanes(), config.exactlyOnce());
    this.barriers = new SchemaBarriers(gate, owner, control, config.narrowingWait());
    control.start();
  }

  private void ownerOf(FencedException fenced) {
    owner.fenced(fenced, System.nanoTime());
  }

  void open(Collection<TopicPartition> partitions) {
    gate.opened(partitions);
    owner.open(partitions);
  }

  void put(Collection<SinkRecord> records) {
    throwLaneFailure();
    inbox.deliver();
    desk.report(context.errantRecordReporter());
    reports.review();
    nowNanos = System.nanoTime();
    for (SinkRecord record : records) {
      TopicPosition position = TopicPosition.of(record);
      if (!gate.holds(position.partition())) {
        owner.progress(position).ifPresent(progress -> route(record, position, progress));
      }
    }
    gate.setFull(isFull());
    waits.review(gate, catalog, control::offer);
    owner.review(System.nanoTime());
    barriers.review(nowNanos);
    moveIdleMarks();
    lanes.wake();
    askToBeCalledAgain();
  }

  private boolean isFull() {
    // Once full, half has to drain, so that the consumer is not paused and resumed all the time.
    int part = gate.isFull() ? 2 : 1;
    return lanes.waitingRows() + control.size() > limits.bufferMaxRows() / part
        || lanes.waitingBytes() > limits.bufferMaxBytes() / part;
  }

  private void askToBeCalledAgain() {
    if (owner.isWaiting()) {
      context.timeout(CALL_AGAIN_SOON_MS);
    } else if (gate.isHolding() || lanes.waitingRows() > 0 || control.size() > 0) {
      // Also for what a lane is about to reject, and for its failure: neither waits for a record.
      context.timeout(CALL_AGAIN_MS);
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
      if (change instanceof RowChange row) {
        if (!isOutOfTurn(progress, position, row.table(), row.source())) {
          routeRow(record, position, progress, row);
        }
      } else if (change instanceof TableTruncate truncate) {
        if (!isOutOfTurn(progress, position, truncate.table(), truncate.source())) {
          routeTruncate(position, progress, truncate.table());
        }
      } else if (change instanceof SchemaChange schemaChange) {
        routeSchemaChange(progress, position, schemaChange);
      } else if (change instanceof NoChange) {
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
      PartitionProgress progress, TopicPosition position, TableId table, Struct source) {
    Optional<LogPosition> applied = catalog.appliedRows(table);
    if (applied.isPresent() && LogPosition.of(source).isWithin(applied.get())) {
      progress.read(position.offset());
      return true;
    }
    return barriers.holdsBack(progress, position, table, source);
  }

  private void routeRow(
      SinkRecord record, TopicPosition position, PartitionProgress progress, RowChange row) {
    Optional<TableRouter> router = router(row.table());
    if (router.isEmpty()) {
      // I2: nothing of a table is applied before its definition is.
      gate.hold(position, row.table(), Optional.empty());
      return;
    }
    Optional<String> unknown = router.get().unknownColumn(row);
    if (unknown.isPresent()) {
      gate.hold(position, row.table(), unknown.map(DestinationColumn::fold));
      return;
    }
    lanes.offer(router.get(), row, new Origin(progress, record, position));
    barriers.seen(position.partition(), row.table(), row.source(), nowNanos);
    progress.read(position.offset());
  }

  private void routeTruncate(TopicPosition position, PartitionProgress progress, TableId table) {
    Optional<TableRouter> router = router(table);
    if (router.isEmpty()) {
      gate.hold(position, table, Optional.empty());
    } else {
      owner.truncateWhenQuiet(progress, position, router.get().plan());
    }
  }

  @SuppressWarnings("ReferenceEquality") // the catalog replaces a plan only by one that differs
  private Optional<TableRouter> router(TableId table) {
    if (catalog.state(table).orElse(null) instanceof TableState.Ready ready) {
      TableRouter router = routers.get(table);
      if (router == null || router.plan() != ready.plan()) {
        router = new TableRouter(ready.plan());
        routers.put(table, router);
      }
      return Optional.of(router);
    }
    return Optional.empty();
  }

  /** The partition goes back to the first change that was not applied, and waits for its table. */
  private void tableRefused(TableRefusedException refusal) {
    TableId table = refusal.work().change().table();
    lanes.dropWithdrawn();
    owner.rewindWhenQuiet(
        refusal.work().progress(),
        offset -> {
          waits.refused(table);
          catalog.put(table, new TableState.Failed(refusal.getMessage(), false));
          TopicPartition partition = refusal.work().position().partition();
          gate.hold(new TopicPosition(partition, offset), table, Optional.empty());
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
  Map<TopicPartition, OffsetAndMetadata> finishedOffsets(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      owner
          .finishedOffset(partition)
          .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
    }
    return offsets;
  }

  /** Gives partitions up: nothing of them is written after this returns. */
  void release(Collection<TopicPartition> partitions) {
    owner.withdraw(partitions);
    desk.cancel();
    lanes.release(limits.releaseTimeout());
    control.release();
    owner.closed(partitions);
    barriers.closed(partitions);
    gate.closed(partitions);
  }

  @Override
  public void close() {
    desk.cancel();
    control.shutDown();
    lanes.close();
    control.close();
  }
}
