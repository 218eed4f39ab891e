package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.LaneWork.Dependency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds out which earlier changes a change has to wait for because they hold, or free, a value of a
 * unique key that it frees, or takes. Used by the task's thread only.
 *
 * <p>Of each value the last change that touched it is remembered; that one has waited for those
 * before it. Source: the conflict detector of TiCDC's MySQL sink, with the lanes fixed by the row's
 * key instead of by the dependencies, so that a lane's mark says what is applied.
 */
final class ConflictDetector {
  private static final int FORGET_ABOVE = 10_000;
  private static final long NONE = -1;

  private record Touch(int lane, long sequence) {}

  /** Of one table, the last work in each lane, and the last one that everything waits for. */
  private static final class TableTouches {
    private final long[] lastByLane;
    private Touch barrier;

    TableTouches(int lanes) {
      lastByLane = new long[lanes];
      Arrays.fill(lastByLane, NONE);
    }
  }

  private final int lanes;
  private final Predicate<Dependency> settled;
  private final Map<Long, Touch> touches = new HashMap<>();
  private final Map<TableId, TableTouches> tables = new HashMap<>();
  private int forgetAbove = FORGET_ABOVE;

  /**
   * A detector for a number of lanes.
   *
   * @param settled whether a lane has committed that work
   */
  ConflictDetector(int lanes, Predicate<Dependency> settled) {
    this.lanes = lanes;
    this.settled = settled;
  }

  /** What a change in this lane has to wait for. */
  List<Dependency> dependencies(TableId table, ConflictKeys keys, int lane) {
    TableTouches touched = tables.computeIfAbsent(table, t -> new TableTouches(lanes));
    List<Dependency> found = new ArrayList<>();
    if (keys.unknown()) {
      for (int other = 0; other < lanes; other++) {
        add(found, lane, other, touched.lastByLane[other]);
      }
    }
    if (touched.barrier != null) {
      add(found, lane, touched.barrier.lane(), touched.barrier.sequence());
    }
    for (long hash : keys.hashes()) {
      Touch touch = touches.get(hash);
      if (touch != null) {
        add(found, lane, touch.lane(), touch.sequence());
      }
    }
    return found;
  }

  private void add(List<Dependency> found, int lane, int other, long sequence) {
    // Within a lane the order is kept anyway.
    if (other != lane && sequence != NONE) {
      Dependency dependency = new Dependency(other, sequence);
      if (!found.contains(dependency) && !settled.test(dependency)) {
        found.add(dependency);
      }
    }
  }

  /** Remembers a change that was given to a lane. */
  void touched(TableId table, ConflictKeys keys, int lane, long sequence) {
    TableTouches touched = tables.get(table);
    Touch touch = new Touch(lane, sequence);
    touched.lastByLane[lane] = sequence;
    if (keys.unknown()) {
      touched.barrier = touch;
    }
    for (long hash : keys.hashes()) {
      touches.put(hash, touch);
    }
    if (touches.size() > forgetAbove) {
      touches.values().removeIf(t -> settled.test(new Dependency(t.lane(), t.sequence())));
      // Whatever is left is under way; the work under way is bounded by the task's buffer.
      forgetAbove = Math.max(FORGET_ABOVE, 2 * touches.size());
    }
  }
}
