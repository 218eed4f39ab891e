package io.obconnect.source;

import io.obconnect.model.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a full copy as its log tells it. Whoever reads the log comes to the same plan,
 * whatever a replaced planner wrote between the lines of its successor: of each run the first line
 * counts, and a chunk counts if it begins where the one before it ended. One thread only.
 */
final class CopyPlan {
  private final Map<TableId, TableCopy> copies = new LinkedHashMap<>();

  private final Set<TableId> streamed = new HashSet<>();

  /** Also those that a reset has voided: their numbers are not given again. */
  private final Map<TableId, Long> lastRuns = new HashMap<>();

  /** The latest run of a table, and its chunks so far. */
  record TableCopy(PlanEntry.Run run, List<Chunk> chunks) {
    /** Whether the last range is planned. */
    boolean isPlanned() {
      return !chunks.isEmpty() && chunks.get(chunks.size() - 1).isLast();
    }

    /** Where the next chunk begins. */
    List<String> plannedTo() {
      return chunks.isEmpty() ? List.of() : chunks.get(chunks.size() - 1).to();
    }
  }

  /** Takes the next line. */
  void accept(PlanEntry entry) {
    if (entry instanceof PlanEntry.Run run) {
      if (run.run() > lastRuns.getOrDefault(run.table(), 0L)) {
        lastRuns.put(run.table(), run.run());
        copies.put(run.table(), new TableCopy(run, new ArrayList<>()));
      }
    } else if (entry instanceof PlanEntry.Part part) {
      accept(part.chunk());
    } else if (entry instanceof PlanEntry.Streamed table) {
      streamed.add(table.table());
    } else if (entry instanceof PlanEntry.Reset) {
      copies.clear();
      streamed.clear();
    }
  }

  private void accept(Chunk chunk) {
    TableCopy copy = copies.get(chunk.table());
    if (copy != null
        && copy.run().run() == chunk.run()
        && !copy.isPlanned()
        && copy.chunks().size() == chunk.number()
        && copy.plannedTo().equals(chunk.after())) {
      copy.chunks().add(chunk);
    }
  }

  /** The tables' copies, in the order of their runs. */
  Collection<TableCopy> copies() {
    return List.copyOf(copies.values());
  }

  /** A table's copy. */
  Optional<TableCopy> copy(TableId table) {
    return Optional.ofNullable(copies.get(table));
  }

  /** The tables that are copied or need no copy. */
  Set<TableId> tables() {
    Set<TableId> tables = new HashSet<>(streamed);
    tables.addAll(copies.keySet());
    return tables;
  }

  /** The number that a new run of a table gets. */
  long nextRun(TableId table) {
    return lastRuns.getOrDefault(table, 0L) + 1;
  }

  /**
   * Where streaming has to begin when Connect knows no offset: it writes offsets late, and what was
   * copied before a crash must not be older than the stream.
   */
  Optional<Map<String, Object>> start() {
    return copies.values().stream().findFirst().map(copy -> copy.run().start());
  }
}
