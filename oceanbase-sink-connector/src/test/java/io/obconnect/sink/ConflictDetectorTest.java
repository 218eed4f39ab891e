package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.TableId;
import io.obconnect.sink.LaneWork.Dependency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConflictDetectorTest {
  private static final TableId A = new TableId("d", "a");
  private static final TableId B = new TableId("d", "b");

  private final Set<Dependency> settled = new HashSet<>();
  private final ConflictDetector detector = new ConflictDetector(3, settled::contains);
  private final long[] sequences = new long[3];

  private static ConflictKeys values(Long... hashes) {
    return new ConflictKeys(List.of(hashes), false);
  }

  private static ConflictKeys unknown(Long... hashes) {
    return new ConflictKeys(List.of(hashes), true);
  }

  private List<Dependency> offer(TableId table, ConflictKeys keys, int lane) {
    List<Dependency> found = detector.dependencies(table, keys, lane);
    detector.touched(table, keys, lane, sequences[lane]++);
    return found;
  }

  @Test
  void changesOfDifferentValuesDoNotWait() {
    assertEquals(List.of(), offer(A, values(1L), 0));
    assertEquals(List.of(), offer(A, values(2L), 1));
  }

  @Test
  void changeWaitsForTheLastOneThatTouchedItsValue() {
    offer(A, values(1L), 0);
    assertEquals(List.of(new Dependency(0, 0)), offer(A, values(1L), 1));
    assertEquals(List.of(new Dependency(1, 0)), offer(A, values(1L), 2));
  }

  @Test
  void orderWithinALaneNeedsNoWaiting() {
    offer(A, values(1L), 0);
    assertEquals(List.of(), offer(A, values(1L), 0));
  }

  @Test
  void whatIsCommittedIsNotWaitedFor() {
    offer(A, values(1L), 0);
    settled.add(new Dependency(0, 0));
    assertEquals(List.of(), offer(A, values(1L), 1));
  }

  @Test
  void oneChangeCanWaitForSeveral() {
    offer(A, values(1L), 0);
    offer(A, values(2L), 1);
    assertEquals(List.of(new Dependency(0, 0), new Dependency(1, 0)), offer(A, values(1L, 2L), 2));
  }

  @Test
  void changeThatMayFreeAnyValueWaitsForAllAndAllWaitForIt() {
    offer(A, values(1L), 0);
    offer(A, values(2L), 1);
    assertEquals(List.of(new Dependency(0, 0), new Dependency(1, 0)), offer(A, unknown(), 2));
    assertEquals(List.of(new Dependency(2, 0)), offer(A, values(3L), 0));
    assertEquals(List.of(new Dependency(2, 0)), offer(A, values(4L), 1));
  }

  @Test
  void otherTablesAreNotConcerned() {
    offer(A, unknown(), 0);
    assertEquals(List.of(), offer(B, values(1L), 1));
  }

  /** What is forgotten has been committed; the rest still counts. */
  @Test
  void manyValuesAreForgottenOnceCommitted() {
    offer(A, values(-1L), 0);
    for (long value = 0; value < 25_000; value++) {
      offer(A, values(value), 1);
      settled.add(new Dependency(1, value));
    }
    assertEquals(List.of(new Dependency(0, 0)), offer(A, values(-1L), 2));
    assertEquals(List.of(), offer(A, values(5L), 2));
  }
}
