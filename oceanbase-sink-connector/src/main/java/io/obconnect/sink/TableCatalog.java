package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.LookUpTable;
import io.obconnect.sink.TableState.Ready;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of each source table. Source tables that are merged into one share its plan, so
 * that their changes are written as those of one table. Written by the lane, read by the task;
 * thread-safe.
 */
final class TableCatalog {
  private final Map<TableId, TablePlan> plans = new HashMap<>();
  private final Map<TableId, TableState> states = new ConcurrentHashMap<>();
  private final Map<TableId, Long> answeredNanos = new ConcurrentHashMap<>();
  private final Map<TableId, LogPosition> appliedRows = new ConcurrentHashMap<>();

  /** The last known state; empty when the table was never looked up. */
  Optional<TableState> state(TableId table) {
    return Optional.ofNullable(states.get(table));
  }

  /** Notes a state; one that is equal to the former leaves that one in use. */
  synchronized void put(TableId table, TableState state) {
    TableState shared = state instanceof Ready ready ? new Ready(share(ready.plan())) : state;
    states.merge(table, shared, (former, now) -> former.equals(now) ? former : now);
  }

  /** The plan that all sources of a destination table get; a new one replaces theirs. */
  private TablePlan share(TablePlan plan) {
    TablePlan former = plans.get(plan.table());
    if (plan.equals(former)) {
      return former;
    }
    plans.put(plan.table(), plan);
    if (former != null) {
      states.replaceAll(
          (table, state) ->
              state instanceof Ready ready && ready.plan().table().equals(plan.table())
                  ? new Ready(plan)
                  : state);
    }
    return plan;
  }

  /** As {@link #put}, for a state that was asked for. */
  void answer(LookUpTable request, TableState state) {
    put(request.table(), state);
    answeredNanos.put(request.table(), request.askedNanos());
  }

  /** When the request was made that was answered last; empty when none was. */
  OptionalLong lastAnsweredNanos(TableId table) {
    Long nanos = answeredNanos.get(table);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /** Notes that all rows of a table up to a position had been applied before it was changed. */
  void putAppliedRows(TableId table, LogPosition position) {
    appliedRows.merge(table, position, LogPosition::max);
  }

  /** See {@link #putAppliedRows}; empty where no change has asked for it. */
  Optional<LogPosition> appliedRows(TableId table) {
    return Optional.ofNullable(appliedRows.get(table));
  }
}
