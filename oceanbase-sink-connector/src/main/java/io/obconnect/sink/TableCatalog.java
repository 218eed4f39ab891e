package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.LookUpTable;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of each source table. Written by the lane, read by the task; thread-safe. */
final class TableCatalog {
  private final Map<TableId, TableState> states = new ConcurrentHashMap<>();
  private final Map<TableId, Long> answeredNanos = new ConcurrentHashMap<>();
  private final Map<TableId, LogPosition> appliedRows = new ConcurrentHashMap<>();

  /** The last known state; empty when the table was never looked up. */
  Optional<TableState> state(TableId table) {
    return Optional.ofNullable(states.get(table));
  }

  /** Notes a state; one that is equal to the former leaves that one in use. */
  void put(TableId table, TableState state) {
    states.merge(table, state, (former, now) -> former.equals(now) ? former : now);
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
