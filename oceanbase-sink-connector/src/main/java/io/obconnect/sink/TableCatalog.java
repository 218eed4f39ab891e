package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of each source table. Written by the lane, read by the task; thread-safe. */
final class TableCatalog {
  private final Map<TableId, TableState> states = new ConcurrentHashMap<>();

  /** The last known state; empty when the table was never looked up. */
  Optional<TableState> state(TableId table) {
    return Optional.ofNullable(states.get(table));
  }

  void put(TableId table, TableState state) {
    states.put(table, state);
  }
}
