package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplySchemaChange;
import io.obconnect.sink.LaneRouting.Origin;
import io.obconnect.sink.SourceChange.CopiedRows;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.SourceMarker;
import io.obconnect.sink.SourceChange.TableTruncate;
import io.obconnect.sink.SourceTransactions.Admission;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where a record goes: to its lane, to the control lane, to the dead letters, or back to
 * Kafka until its table is ready for it. Used by the task's thread only.
 */
final class RecordRouter implements SourceTransactions.Routing {
  private static final Logger LOG = LoggerFactory.getLogger(RecordRouter.class);

  private final ChangeReader reader;
  private final Selection selection;
  private final Desks desks;
  private final TableCatalog catalog;
  private final PartitionGate gate;
  private final PartitionOwner owner;
  private final TableWaits waits;
  private final DdlPolicy truncation;
  private final boolean keepsRecords;
  private final LongSupplier nanoTime;
  private final Map<TableId, Boolean> selected = new HashMap<>();
  private final Map<TableId, Route> routes = new HashMap<>();

  /**
   * Those who take what is routed, and those who are told of it.
   *
   * @param lanes take rows
   * @param control takes what is no row
   * @param barriers take schema changes that stand between rows
   * @param markers take what is to be done when all partitions have come to it
   * @param indexes are told of rows
   * @param watermarks are told of all records
   * @param intake is told how much was taken
   * @param plans is told of tables that are ready
   * @param reports take records that cannot be applied
   */
  record Desks(
      LaneGroup lanes,
      ControlLane control,
      SchemaBarriers barriers,
      MarkerBarriers markers,
      LateIndexes indexes,
      Watermarks watermarks,
      IntakeLimit intake,
      PlanLog plans,
      RejectedReports reports) {}

  /** The way of a source table's rows. */
  private record Route(RowSelector rows, LaneRouting lanes) {
    private TableRouter table() {
      return lanes.table();
    }
  }

  /**
   * A router.
   *
   * @param catalog what is known of the tables
   * @param waits ask for tables again
   * @param truncation what is done when a table is truncated
   * @param keepsRecords whether there is a dead-letter queue, which takes records as they came
   * @param nanoTime when the task began to take records last
   */
  RecordRouter(
      ChangeReader reader,
      Selection selection,
      Desks desks,
      TableCatalog catalog,
      PartitionGate gate,
      PartitionOwner owner,
      TableWaits waits,
      DdlPolicy truncation,
      boolean keepsRecords,
      LongSupplier nanoTime) {
    this.reader = Objects.requireNonNull(reader, "reader");
    this.selection = Objects.requireNonNull(selection, "selection");
    this.desks = Objects.requireNonNull(desks, "desks");
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.gate = Objects.requireNonNull(gate, "gate");
    this.owner = Objects.requireNonNull(owner, "owner");
    this.waits = Objects.requireNonNull(waits, "waits");
    this.truncation = Objects.requireNonNull(truncation, "truncation");
    this.keepsRecords = keepsRecords;
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  @Override
  public void route(
      SinkRecord record,
      TopicPosition position,
      PartitionProgress progress,
      Optional<SourceChange> read) {
    SourceChange change;
    try {
      change = read.orElseGet(() -> read(record, position));
    } catch (DataException e) {
      reject(progress, record, reader.tableOf(record), Rejection.UNREADABLE_RECORD, e);
      progress.read(position.offset());
      return;
    }
    try {
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
      } else if (change instanceof SourceMarker mark && mark.marker().barrier().isPresent()) {
        routeMarker(position, progress, mark);
      } else if (change instanceof CopiedRows rows && isSelected(rows.block().table())) {
        routeBlock(position, progress, rows.block());
      } else {
        progress.read(position.offset());
      }
    } catch (DataException e) {
      reject(progress, record, tableOf(change), Rejection.UNFIT_CHANGE, e);
      progress.read(position.offset());
    }
  }

  /** I2 for blocks: not before the table's definition. */
  private void routeBlock(TopicPosition position, PartitionProgress progress, CopyBlock block) {
    TableId table = block.table();
    Optional<String> obstacle = selection.obstacleToBlocks(table);
    if (obstacle.isPresent()) {
      refuse(position, table, obstacle.get());
      return;
    }
    TableState state = catalog.state(table).orElse(null);
    TablePlan plan;
    if (state instanceof TableState.Copying copying) {
      plan = copying.plan();
    } else if (state instanceof TableState.Ready ready) {
      plan = ready.plan();
    } else {
      gate.holdBlock(position, table);
      return;
    }
    desks.intake().taken(desks.lanes().offer(progress, position, plan.table(), block));
    desks.indexes().delivered(block);
    progress.read(position.offset());
  }

  private static Optional<TableId> tableOf(SourceChange change) {
    if (change instanceof RowChange row) {
      return Optional.of(row.table());
    }
    return change instanceof TableTruncate truncate
        ? Optional.of(truncate.table())
        : Optional.empty();
  }

  private SourceChange read(SinkRecord record, TopicPosition position) {
    SourceChange change = reader.read(record);
    seen(position, change);
    return change;
  }

  @Override
  public void seen(TopicPosition position, SourceChange change) {
    desks.watermarks().seen(position, change, nanoTime.getAsLong());
  }

  /** What a snapshot creates is in order with its rows, because they wait for their tables. */
  private void routeSchemaChange(
      PartitionProgress progress, TopicPosition position, SchemaChange change) {
    if (change.snapshot()) {
      desks
          .control()
          .offer(new ApplySchemaChange(progress, position.offset(), change, Map.of(), () -> {}));
      progress.read(position.offset());
    } else {
      desks.barriers().begin(progress, position, change);
    }
  }

  /** Whether a change comes again from before a schema change, or too early for one. */
  private boolean isOutOfTurn(
      PartitionProgress progress, TopicPosition position, TableId table, Object source) {
    if (isApplied(table, source)) {
      progress.read(position.offset());
      return true;
    }
    return desks.barriers().holdsBack(progress, position, table, source);
  }

  private boolean isApplied(TableId table, Object source) {
    Optional<LogPosition> applied = catalog.appliedRows(table);
    return applied.isPresent() && LogPosition.of(source).isWithin(applied.get());
  }

  private void routeRow(
      SinkRecord record, TopicPosition position, PartitionProgress progress, RowChange row) {
    wayOf(record, position, progress, row)
        .ifPresent(
            admission -> {
              deliver(admission, new Origin(progress, record, position, LaneWork.NO_TRANSACTION));
              progress.read(position.offset());
            });
  }

  /**
   * Finds the way of a row.
   *
   * @param position where its partition goes on when it has to wait
   * @return empty when it has to
   */
  private Optional<Admission> wayOf(
      SinkRecord record, TopicPosition position, PartitionProgress progress, RowChange row) {
    if (progress.claim().isMarked() && progress.isRejecting()) {
      // A mark that passed a rejected record would hide it from the next owner (I7).
      owner.pauseUntilQuiet(progress, position);
      return Optional.empty();
    }
    Optional<Route> route = routeOf(row.table());
    if (route.isEmpty()) {
      // I2: nothing of a table is applied before its definition is.
      gate.hold(position, row.table(), Optional.empty(), DataDefinition.of(record, row));
      return Optional.empty();
    }
    Optional<RowChange> change;
    try {
      change = route.get().rows().select(row);
    } catch (IllegalArgumentException e) {
      refuse(position, row.table(), "table " + row.table().quoted() + ": " + e.getMessage());
      return Optional.empty();
    }
    Optional<String> unknown =
        change.flatMap(route.get().table()::unknownColumn).map(DestinationColumn::fold);
    if (unknown.isPresent()) {
      gate.hold(position, row.table(), unknown, DataDefinition.of(record, row));
      return Optional.empty();
    }
    return Optional.of(new Admission(row, route.get().lanes(), change));
  }

  @Override
  public Optional<Admission> admit(
      SinkRecord record, TopicPosition head, PartitionProgress progress, RowChange row) {
    if (desks.barriers().holdsBack(progress, head, row.table(), row.source())) {
      return Optional.empty();
    }
    Optional<Admission> admission = wayOf(record, head, progress, row);
    admission.ifPresent(Admission::requireKey);
    return admission;
  }

  @Override
  public void reject(
      PartitionProgress progress, SinkRecord record, RowChange row, DataException reason) {
    reject(progress, record, Optional.of(row.table()), Rejection.UNFIT_CHANGE, reason);
  }

  private void reject(
      PartitionProgress progress,
      SinkRecord record,
      Optional<TableId> table,
      String code,
      DataException reason) {
    Optional<TablePlan> plan = table.flatMap(this::planOf);
    Rejection why = new Rejection(table, plan, code, "", reason.getMessage());
    desks.reports().reject(progress, new RejectedRecord(TopicPosition.of(record), record, why));
  }

  private Optional<TablePlan> planOf(TableId table) {
    return catalog
        .state(table)
        .filter(TableState.Ready.class::isInstance)
        .map(state -> ((TableState.Ready) state).plan());
  }

  @Override
  public boolean isApplied(RowChange row) {
    return isApplied(row.table(), row.source());
  }

  @Override
  public void deliver(Admission admission, Origin origin) {
    RowChange row = admission.row();
    Origin kept = keepsRecords ? origin : origin.withoutRecord();
    admission
        .change()
        .ifPresent(change -> desks.intake().taken(admission.lanes().route(change, kept)));
    desks
        .barriers()
        .seen(origin.position().partition(), row.table(), row.source(), nanoTime.getAsLong());
    desks.indexes().delivered(origin.progress(), origin.position(), row);
  }

  /** Whether the configuration wants a table. */
  boolean isSelected(TableId table) {
    return selected.computeIfAbsent(table, selection::includes);
  }

  /** The partition waits for its table, which is asked for again with growing pauses. */
  void refuse(TopicPosition position, TableId table, String reason) {
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
    if (truncation != DdlPolicy.APPLY) {
      passTruncationBy(position, progress, table);
      return;
    }
    TablePlan plan = route.get().table().plan();
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

  /**
   * A marker that is passed by leaves what is to be done to the record of the truncation, which
   * follows in one of the partitions.
   */
  private void routeMarker(TopicPosition position, PartitionProgress progress, SourceMarker mark) {
    TableId table = mark.marker().barrier().orElseThrow().table();
    if (!isSelected(table) || truncation != DdlPolicy.APPLY) {
      progress.read(position.offset());
      return;
    }
    if (desks.barriers().holdsBack(progress, position, table, mark.source())) {
      return;
    }
    Optional<Route> route = routeOf(table);
    if (route.isEmpty()) {
      gate.hold(position, table, Optional.empty());
      return;
    }
    TablePlan plan = route.get().table().plan();
    if (selection.mayMerge(plan.table()) || isApplied(table, mark.source())) {
      progress.read(position.offset());
    } else {
      desks.markers().begin(progress, position, mark.marker(), table, plan, nanoTime.getAsLong());
    }
  }

  private void passTruncationBy(TopicPosition position, PartitionProgress progress, TableId table) {
    String option = DdlOptions.name(DdlKind.TRUNCATE_TABLE) + "=" + OptionValues.of(truncation);
    if (truncation == DdlPolicy.FAIL) {
      refuse(position, table, "table " + table.quoted() + " was truncated; " + option);
      return;
    }
    if (truncation == DdlPolicy.LOG) {
      LOG.warn("Table {} was truncated, its rows stay; {}", table.quoted(), option);
    }
    progress.read(position.offset());
  }

  @SuppressWarnings("ReferenceEquality") // the catalog replaces a plan only by one that differs
  private Optional<Route> routeOf(TableId table) {
    if (catalog.state(table).orElse(null) instanceof TableState.Ready ready) {
      TablePlan plan = ready.plan();
      Route route = routes.get(table);
      if (route == null || route.table().plan() != plan) {
        route =
            new Route(
                new RowSelector(selection, table, plan),
                desks.lanes().routing(new TableRouter(plan)));
        routes.put(table, route);
        desks.plans().ready(plan);
      }
      return Optional.of(route);
    }
    return Optional.empty();
  }
}
