package io.obconnect.source;

import io.obconnect.model.TableId;
import io.obconnect.source.CopyPlan.TableCopy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * How far a task has come with its slices. What is kept of a slice is Connect's source offset: the
 * number of its chunks that are finished, which are always its first ones. One thread only.
 */
final class CopyProgress {
  private static final String RUN = "run";
  private static final String CHUNKS = "chunks";
  private static final String ROWS = "rows";
  private static final String PLANNED_CHUNKS = "planned_chunks";
  private static final String ESTIMATED_ROWS = "estimated_rows";

  private final String server;
  private final IntPredicate slices;
  private final Function<Map<String, String>, Map<String, Object>> stored;
  private final Map<TableId, Run> runs = new HashMap<>();

  /**
   * Progress of a task.
   *
   * @param server the connector's topic.prefix, which its offsets begin with
   * @param slices those of the task
   * @param stored the offset of a source partition, null where there is none
   */
  CopyProgress(
      String server,
      IntPredicate slices,
      Function<Map<String, String>, Map<String, Object>> stored) {
    this.server = Objects.requireNonNull(server, "server");
    this.slices = Objects.requireNonNull(slices, "slices");
    this.stored = Objects.requireNonNull(stored, "stored");
  }

  private static final class Slice {
    private long chunks;
    private long rows;

    /** How many of its chunks were met in the plan. */
    private long met;
  }

  private static final class Run {
    private final long number;
    private final Map<Integer, Slice> slices = new HashMap<>();
    private int examined;

    Run(long number) {
      this.number = number;
    }
  }

  /** The next chunk to copy; empty when the plan has none for this task. */
  Optional<Chunk> next(CopyPlan plan) {
    for (TableCopy copy : plan.copies()) {
      Run run = runs.get(copy.run().table());
      if (run == null || run.number != copy.run().run()) {
        run = new Run(copy.run().run());
        runs.put(copy.run().table(), run);
      }
      while (run.examined < copy.chunks().size()) {
        Chunk chunk = copy.chunks().get(run.examined++);
        if (slices.test(chunk.slice())) {
          Slice slice = slice(run, chunk);
          if (slice.met++ >= slice.chunks) {
            return Optional.of(chunk);
          }
        }
      }
    }
    return Optional.empty();
  }

  private Slice slice(Run run, Chunk chunk) {
    return run.slices.computeIfAbsent(chunk.slice(), number -> load(run.number, chunk));
  }

  private Slice load(long run, Chunk chunk) {
    Slice slice = new Slice();
    Map<String, Object> offset = stored.apply(partition(chunk));
    if (offset != null && number(offset, RUN) == run) {
      slice.chunks = number(offset, CHUNKS);
      slice.rows = number(offset, ROWS);
    }
    return slice;
  }

  private static long number(Map<String, Object> offset, String name) {
    return offset.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /**
   * The source partition of a chunk's slice. Connect finds offsets by the bytes of the partition's
   * JSON, and reads partitions into a {@link HashMap} itself: only in that one's order of keys does
   * it find what it stored, in any worker and in its REST interface.
   */
  Map<String, String> partition(Chunk chunk) {
    Map<String, String> partition = new HashMap<>();
    partition.put("server", server);
    partition.put("slice", Integer.toString(chunk.slice()));
    partition.put("table", chunk.table().toString());
    return partition;
  }

  /** The source offset while a chunk is copied. */
  Map<String, Object> offset(Chunk chunk, TableCopy copy) {
    return offset(runs.get(chunk.table()).slices.get(chunk.slice()), copy);
  }

  /** The source offset when a chunk is finished. */
  Map<String, Object> finished(Chunk chunk, TableCopy copy, long rows) {
    Slice slice = runs.get(chunk.table()).slices.get(chunk.slice());
    slice.chunks++;
    slice.rows += rows;
    return offset(slice, copy);
  }

  private static Map<String, Object> offset(Slice slice, TableCopy copy) {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put(RUN, copy.run().run());
    offset.put(CHUNKS, slice.chunks);
    offset.put(ROWS, slice.rows);
    offset.put(PLANNED_CHUNKS, (long) copy.chunks().size());
    offset.put(ESTIMATED_ROWS, copy.run().estimatedRows());
    return offset;
  }
}
