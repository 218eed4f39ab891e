package io.obconnect.source;

import io.obconnect.model.TableId;
import java.util.Map;
import java.util.Objects;

/** What the plan of a full copy says, line by line. */
sealed interface PlanEntry {

  /**
   * A table is copied, after its definition has reached Kafka.
   *
   * @param run its number, from 1
   * @param start the source offset from which the table's changes are streamed; what is read later
   *     is at least as new
   * @param estimatedRows how many rows the source thinks it has
   */
  record Run(TableId table, long run, Map<String, Object> start, long estimatedRows)
      implements PlanEntry {
    public Run {
      Objects.requireNonNull(table, "table");
      start = Map.copyOf(start);
    }
  }

  /** A part of a table is copied. */
  record Part(Chunk chunk) implements PlanEntry {
    public Part {
      Objects.requireNonNull(chunk, "chunk");
    }
  }

  /** A table needs no copy: all of its rows are in the stream, which has its creation. */
  record Streamed(TableId table) implements PlanEntry {
    public Streamed {
      Objects.requireNonNull(table, "table");
    }
  }

  /** The connector's offsets were removed: everything before is void. */
  record Reset() implements PlanEntry {}
}
