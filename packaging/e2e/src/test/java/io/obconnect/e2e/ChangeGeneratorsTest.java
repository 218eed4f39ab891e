package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeGeneratorsTest {
  private static final long CHANGES = 4_000;
  private static final int EMAIL = 2;
  private static final int PHONE = 3;

  static Stream<Workload> workloads() {
    return Workloads.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyRunMakesTheSameChanges(Workload workload) {
    List<String> first = workload.changes(CHANGES).map(RowChange::sql).toList();
    List<String> second = workload.changes(CHANGES).map(RowChange::sql).toList();

    assertEquals(first, second);
    assertEquals(CHANGES + workload.tables().size(), first.size());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyChangeIsPossibleAfterThoseBeforeIt(Workload workload) {
    Map<BenchTable, Map<Long, List<String>>> tables = new HashMap<>();
    for (BenchTable table : workload.tables()) {
      Map<Long, List<String>> rows = new HashMap<>();
      LongStream.rangeClosed(1, workload.initialRows(CHANGES))
          .forEach(key -> rows.put(key, table.row(key, key)));
      tables.put(table, rows);
    }

    workload
        .changes(CHANGES)
        .forEachOrdered(
            change -> {
              Map<Long, List<String>> rows = tables.get(change.table());
              if (change instanceof RowChange.Insert insert) {
                assertNull(rows.put(insert.key(), insert.row()));
              } else if (change instanceof RowChange.Delete delete) {
                assertNotNull(rows.remove(delete.key()));
              } else if (change instanceof RowChange.Update update) {
                assertNotNull(rows.remove(update.oldKey()));
                assertNull(rows.put(update.key(), update.row()));
              }
            });

    tables.values().forEach(rows -> assertNotNull(rows.get(Workload.LAST_KEY)));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void theLastRowOfATableComesAfterAllItsOtherChanges(Workload workload) {
    Map<BenchTable, RowChange> last = new HashMap<>();

    workload.changes(CHANGES).forEachOrdered(change -> last.put(change.table(), change));

    last.values()
        .forEach(
            change ->
                assertEquals(
                    Workload.LAST_KEY,
                    change instanceof RowChange.Insert insert ? insert.key() : 0));
  }

  @Test
  void noTwoRowsHoldOneUniqueValueAtAnyTimeAndValuesMoveOften() {
    Map<Long, List<String>> rows = new HashMap<>();
    BenchTable table = Workloads.UNIQUE_KEYS.tables().get(0);
    LongStream.rangeClosed(1, Workloads.UNIQUE_KEYS.initialRows(CHANGES))
        .forEach(key -> rows.put(key, table.row(key, key)));
    Map<String, Long> lastHolders = new HashMap<>();
    long[] moves = {0};

    Workloads.UNIQUE_KEYS
        .changes(CHANGES)
        .forEachOrdered(
            change -> {
              if (change instanceof RowChange.Delete delete) {
                rows.remove(delete.key());
                return;
              }
              long key =
                  change instanceof RowChange.Insert insert
                      ? insert.key()
                      : ((RowChange.Update) change).key();
              List<String> row =
                  change instanceof RowChange.Insert insert
                      ? insert.row()
                      : ((RowChange.Update) change).row();
              rows.put(key, row);
              Long holder = lastHolders.put(row.get(EMAIL), key);
              if (holder != null && holder != key) {
                moves[0]++;
                assertEquals(
                    Math.floorMod(holder, UniqueValueChanges.CLASSES),
                    Math.floorMod(key, UniqueValueChanges.CLASSES));
              }
              assertDistinct(rows, EMAIL);
              assertDistinct(rows, PHONE);
            });

    assertTrue(moves[0] > CHANGES / 20, () -> moves[0] + " moves");
  }

  private static void assertDistinct(Map<Long, List<String>> rows, int column) {
    Set<String> values = new HashSet<>();
    rows.values().forEach(row -> assertTrue(values.add(row.get(column)), () -> "twice: " + column));
  }
}
