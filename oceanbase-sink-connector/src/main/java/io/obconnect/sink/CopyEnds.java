package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows from the rows when the source's full copy of a table is over: its last row says so, and a
 * change that streams does. Where several partitions hold a table's rows, others of them may still
 * come. Used by the task's thread only.
 */
final class CopyEnds {

  /** How long no row of the copy may come before tables without any row count as copied. */
  static final Duration QUIET = Duration.ofSeconds(30);

  private final Set<TableId> over = new HashSet<>();
  private boolean sourceIsOver;
  private boolean restIsOver;
  private long lastCopiedNanos;

  /** Takes a row; returns whether its table's copy is over, once. */
  boolean isOverWith(TableId table, Object source, long nowNanos) {
    return switch (marker(source)) {
      case "incremental" -> false;
      case "last" -> {
        copied(table, nowNanos);
        sourceIsOver = true;
        yield over.add(table);
      }
      case "last_in_data_collection" -> {
        copied(table, nowNanos);
        yield over.add(table);
      }
      case "true", "first", "first_in_data_collection" -> {
        copied(table, nowNanos);
        yield false;
      }
      default -> {
        sourceIsOver = true;
        yield over.add(table);
      }
    };
  }

  private void copied(TableId table, long nowNanos) {
    over.remove(table);
    copied(nowNanos);
  }

  /** Takes a block, of whatever table. */
  void copied(long nowNanos) {
    lastCopiedNanos = nowNanos;
    restIsOver = false;
  }

  /** Whether the copy of all other tables counts as over, once. */
  boolean isRestOver(long nowNanos) {
    boolean isOver = sourceIsOver && !restIsOver && nowNanos - lastCopiedNanos >= QUIET.toNanos();
    restIsOver |= isOver;
    return isOver;
  }

  /** Forgets what was said: it may not have been heard. */
  void forget() {
    over.clear();
    restIsOver = false;
  }

  private static String marker(Object source) {
    Object marker = source == null ? null : RecordParts.get(source, "snapshot");
    return marker == null ? "" : marker.toString();
  }
}
