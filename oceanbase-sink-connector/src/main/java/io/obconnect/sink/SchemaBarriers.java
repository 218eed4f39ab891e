package io.obconnect.sink;

import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplySchemaChange;
import io.obconnect.sink.ControlWork.ExamineSchemaChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the schema changes of a stream in order with the rows of their tables, as far as that is
 * possible where both come in topics of their own.
 *
 * <pre>
 *   read --(examined: widening)-----------------------------------------> applied --> rows go on
 *   read --(examined: narrowing)--> waits until the rows before it are applied --> applied --> ..
 * </pre>
 *
 * <p>From the moment a change is read, rows of its tables that stand behind it in the source's log
 * wait for it. The first such row of a partition proves that all rows before the change have been
 * read there. Where none comes, time has to do: no row of the table within a given time.
 *
 * <p>A source that sends a mark of the change through the tables' own partitions needs no time: its
 * mark takes the part of that first row, {@link #holdsBack}.
 *
 * <p>Used by the task's thread only.
 */
final class SchemaBarriers {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaBarriers.class);

  /** The last row of a table that was routed from a partition. */
  private record Sighting(Object source, long nanos) {}

  private enum Phase {
    EXAMINED,
    WAITING,
    APPLIED
  }

  /** A change on its way. */
  private static final class Barrier {
    private final PartitionProgress progress;
    private final TopicPosition position;
    private final SchemaChange change;
    private final Set<TableId> tables;
    private final Set<String> databases;
    private final boolean creates;

    /** Partitions that have come to a row behind the change, with that row's offset. */
    private final Map<TopicPartition, Long> arrived = new HashMap<>();

    private final Set<TopicPartition> stopped = new HashSet<>();
    private Phase phase = Phase.EXAMINED;
    private long sinceNanos;

    Barrier(PartitionProgress progress, TopicPosition position, SchemaChange change) {
      this.progress = progress;
      this.position = position;
      this.change = change;
      List<DdlStatement> statements = new DdlParser().parse(change.ddl(), change.database());
      this.tables =
          statements.stream()
              .flatMap(statement -> statement.tables().stream())
              .collect(Collectors.toUnmodifiableSet());
      this.databases =
          statements.stream()
              .flatMap(statement -> statement.droppedDatabase().stream())
              .collect(Collectors.toUnmodifiableSet());
      this.creates = statements.stream().allMatch(DdlStatement::isCreation);
    }

    boolean concerns(TableId table) {
      return tables.contains(table) || databases.contains(table.database());
    }

    /** Not after a refused row has sent the partition back. */
    boolean hasArrived(PartitionProgress of) {
      Long offset = arrived.get(of.claim().partition());
      return offset != null && of.nextOffset().orElse(-1) == offset;
    }
  }

  private final PartitionGate gate;
  private final PartitionOwner owner;
  private final Consumer<ControlWork> control;
  private final Duration narrowingWait;
  private final SinkMetrics metrics;
  private final BiPredicate<TableId, LogPosition> pending;
  private final Map<TableId, Map<TopicPartition, Sighting>> sightings = new HashMap<>();
  private final Map<TopicPartition, Barrier> barriers = new HashMap<>();

  /**
   * Barriers for a task's partitions.
   *
   * @param narrowingWait how long no row of a table may come before its rows count as applied
   * @param pending whether the task itself still has a row of a table that may stand before a
   *     position
   */
  SchemaBarriers(
      PartitionGate gate,
      PartitionOwner owner,
      Consumer<ControlWork> control,
      Duration narrowingWait,
      BiPredicate<TableId, LogPosition> pending,
      SinkMetrics metrics) {
    this.gate = Objects.requireNonNull(gate, "gate");
    this.owner = Objects.requireNonNull(owner, "owner");
    this.control = Objects.requireNonNull(control, "control");
    this.narrowingWait = Objects.requireNonNull(narrowingWait, "narrowingWait");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.pending = Objects.requireNonNull(pending, "pending");
  }

  /**
   * Takes a change; its partition goes on when it is carried out. It need not wait for what only
   * creates: rows wait for their tables anyway, and to stop takes about half a second, as long as
   * the consumer's fetch of other partitions.
   */
  void begin(PartitionProgress progress, TopicPosition position, SchemaChange change) {
    Barrier barrier = new Barrier(progress, position, change);
    if (barrier.creates) {
      apply(barrier, Map.of());
      return;
    }
    TopicPartition partition = position.partition();
    gate.block(partition);
    barriers.put(partition, barrier);
    control.accept(
        new ExamineSchemaChange(progress, change, narrowing -> examined(barrier, narrowing)));
  }

  private boolean isCurrent(Barrier barrier) {
    return barriers.get(barrier.position.partition()) == barrier;
  }

  private void examined(Barrier barrier, boolean narrowing) {
    if (isCurrent(barrier) && !narrowing) {
      apply(barrier, Map.of());
    } else if (isCurrent(barrier)) {
      barrier.phase = Phase.WAITING;
      metrics.barrier(SinkMetric.Barrier.SCHEMA_CHANGE);
      barrier.sinceNanos = System.nanoTime();
      readHeldRowsAgain(barrier);
      LOG.info(
          "The schema change at {} waits for earlier rows of {}",
          barrier.change.position(),
          Stream.concat(
                  barrier.databases.stream().map(SqlText::identifier),
                  barrier.tables.stream().map(TableId::quoted))
              .collect(Collectors.joining(", ")));
    }
  }

  /** A row that was read before the change may be held for what only the change brings. */
  private void readHeldRowsAgain(Barrier barrier) {
    gate.holds().entrySet().stream()
        .filter(hold -> barrier.concerns(hold.getValue().table()))
        .forEach(hold -> gate.letGo(hold.getKey()));
  }

  /**
   * Stops a partition at a row, or a truncation, that has to wait for a schema change.
   *
   * @param source says where in the source's log it stands
   * @return whether it has to wait
   */
  boolean holdsBack(
      PartitionProgress progress, TopicPosition position, TableId table, Object source) {
    for (Barrier barrier : barriers.values()) {
      if (barrier.concerns(table) && LogPosition.of(source).isAfter(barrier.change.at())) {
        gate.block(position);
        progress.read(position.offset() - 1);
        barrier.arrived.put(position.partition(), position.offset());
        return true;
      }
    }
    return false;
  }

  /** Notes a row that goes its way. */
  void seen(TopicPartition partition, TableId table, Object source, long nowNanos) {
    sightings
        .computeIfAbsent(table, id -> new HashMap<>())
        .put(partition, new Sighting(source, nowNanos));
  }

  /** Carries changes out whose tables have become quiet; at the end of a batch of records. */
  void review(long nowNanos) {
    for (Barrier barrier : List.copyOf(barriers.values())) {
      if (barrier.phase != Phase.WAITING) {
        continue;
      }
      if (gate.isFull() || owner.isWaiting()) {
        // Nothing can be concluded from the absence of rows that were not asked for.
        barrier.sinceNanos = nowNanos;
      }
      if (isQuiet(barrier, nowNanos)) {
        stop(barrier);
        apply(barrier, appliedRows(barrier));
      }
    }
  }

  /** Of a database more tables than have been seen may be on their way: time has to do. */
  private boolean isQuiet(Barrier barrier, long nowNanos) {
    return (barrier.databases.isEmpty() || isOver(barrier.sinceNanos, nowNanos))
        && tables(barrier).allMatch(table -> isQuiet(barrier, table, nowNanos));
  }

  private Stream<TableId> tables(Barrier barrier) {
    return Stream.concat(
            barrier.tables.stream(), sightings.keySet().stream().filter(barrier::concerns))
        .distinct();
  }

  private boolean isQuiet(Barrier barrier, TableId table, long nowNanos) {
    if (pending.test(table, barrier.change.at())) {
      return false;
    }
    List<PartitionProgress> progresses = progresses(barrier, table);
    if (progresses.isEmpty()) {
      return isOver(barrier.sinceNanos, nowNanos);
    }
    return progresses.stream().allMatch(each -> isQuiet(barrier, table, each, nowNanos));
  }

  private boolean isQuiet(
      Barrier barrier, TableId table, PartitionProgress progress, long nowNanos) {
    TopicPartition partition = progress.claim().partition();
    if (!progress.isQuiet()) {
      return false;
    }
    if (barrier.hasArrived(progress)) {
      return true;
    }
    Sighting last = sightings.getOrDefault(table, Map.of()).get(partition);
    return !gate.holds(partition)
        && isOver(barrier.sinceNanos, nowNanos)
        && (last == null || isOver(last.nanos(), nowNanos));
  }

  private boolean isOver(long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos >= narrowingWait.toNanos();
  }

  private List<PartitionProgress> progresses(Barrier barrier, TableId table) {
    return Stream.concat(
            sightings.getOrDefault(table, Map.of()).keySet().stream(),
            barrier.arrived.keySet().stream())
        .distinct()
        .flatMap(partition -> owner.current(partition).stream())
        .toList();
  }

  /** What comes late after all must not be written while the table changes. */
  private void stop(Barrier barrier) {
    tables(barrier)
        .flatMap(table -> progresses(barrier, table).stream())
        .map(progress -> progress.claim().partition())
        .filter(partition -> !gate.holds(partition))
        .forEach(
            partition -> {
              gate.block(partition);
              barrier.stopped.add(partition);
            });
  }

  private Map<TableId, LogPosition> appliedRows(Barrier barrier) {
    Map<TableId, LogPosition> rows = new HashMap<>();
    tables(barrier)
        .forEach(
            table ->
                progresses(barrier, table).stream()
                    .flatMap(progress -> lastRow(barrier, table, progress).stream())
                    .reduce((one, other) -> one.isAfter(other) ? other : one)
                    .ifPresent(position -> rows.put(table, position)));
    return rows;
  }

  private Optional<LogPosition> lastRow(
      Barrier barrier, TableId table, PartitionProgress progress) {
    if (barrier.hasArrived(progress)) {
      return Optional.of(barrier.change.at());
    }
    TopicPartition partition = progress.claim().partition();
    return Optional.ofNullable(sightings.getOrDefault(table, Map.of()).get(partition))
        .map(sighting -> LogPosition.of(sighting.source()));
  }

  private void apply(Barrier barrier, Map<TableId, LogPosition> rows) {
    long offset = barrier.position.offset();
    barrier.phase = Phase.APPLIED;
    control.accept(
        new ApplySchemaChange(
            barrier.progress, offset, barrier.change, rows, () -> applied(barrier)));
    barrier.progress.read(offset);
  }

  private void applied(Barrier barrier) {
    if (isCurrent(barrier)) {
      barriers.remove(barrier.position.partition());
      gate.unblock(barrier.position.partition());
      letGo(barrier);
    }
  }

  /** A partition that a refused row sends back goes on after that. */
  private void letGo(Barrier barrier) {
    Stream.concat(barrier.arrived.keySet().stream(), barrier.stopped.stream())
        .filter(partition -> !owner.hasErrand(partition))
        .forEach(gate::unblock);
  }

  /** Forgets partitions that are no longer this task's. */
  void closed(Collection<TopicPartition> partitions) {
    sightings.values().forEach(byPartition -> byPartition.keySet().removeAll(partitions));
    for (Barrier barrier : barriers.values()) {
      barrier.arrived.keySet().removeAll(partitions);
      barrier.stopped.removeAll(partitions);
    }
    partitions.stream().map(barriers::remove).filter(Objects::nonNull).forEach(this::letGo);
  }
}
