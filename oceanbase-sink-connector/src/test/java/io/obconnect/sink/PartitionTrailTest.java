package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PartitionTrailTest {
  private final PartitionTrail trail = new PartitionTrail(0);

  private static SourcePosition at(long timestampMs) {
    return new SourcePosition("gtid:" + timestampMs, timestampMs);
  }

  private static Map<String, Object> block(String snapshot, long timestampMs) {
    return Map.of("snapshot", snapshot, "ts_ms", timestampMs, "gtid", "gtid:" + timestampMs);
  }

  private SourcePosition finished(long offset) {
    trail.finished(OptionalLong.of(offset));
    return trail.position();
  }

  @Test
  void changeCountsWhenItAndAllBeforeItAreApplied() {
    trail.seen(0, block("false", 50), 0);
    assertEquals(Optional.of(at(50)), trail.step());
    trail.seen(1, block("false", 60), 0);
    trail.seen(2, block("false", 70), 0);
    assertEquals(Optional.of(at(70)), trail.step());
    assertEquals(SourcePosition.UNKNOWN, finished(0));
    assertEquals(at(50), finished(2));
    assertEquals(at(70), finished(3));
    assertEquals(Optional.empty(), trail.step());
  }

  /** The stream begins where the snapshot began, long before its last row was read. */
  @Test
  void rowOfASnapshotSaysNothing() {
    trail.seen(0, block("last", 50), 0);
    assertEquals(Optional.of(SourcePosition.UNKNOWN), trail.step());
    assertEquals(SourcePosition.UNKNOWN, finished(1));
  }

  /** Without GTIDs the time is that of a statement's beginning; transactions may overtake it. */
  @Test
  void clockThatGoesBackDoesNotTakeThePositionBack() {
    trail.seen(0, at(70), 0);
    trail.step();
    trail.seen(1, at(60), 0);
    trail.step();
    assertEquals(at(70), finished(2));
  }

  /** As a source sends one that marks all partitions. */
  @Test
  void recordThatIsNothingButAPositionMovesItsPartition() {
    trail.seen(0, at(70), 0);
    trail.step();
    assertEquals(at(70), finished(1));
  }

  @Test
  void partitionThatGoesBackStandsWhereItStood() {
    trail.seen(8, at(80), 0);
    trail.step();
    trail.seen(9, at(90), 0);
    trail.step();
    assertEquals(at(80), finished(9));
    trail.seen(5, at(50), 0);
    trail.step();
    assertEquals(at(80), finished(6), "applied before, and again");
    trail.seen(9, at(90), 0);
    trail.step();
    assertEquals(at(80), finished(9));
    assertEquals(at(90), finished(10));
  }

  @Test
  void partitionIsQuietOnlyWhenAllIsAppliedAndNothingHeldItBack() {
    assertTrue(trail.isQuiet(10, 10));
    trail.seen(0, at(70), 20);
    assertFalse(trail.isQuiet(100, 10), "just seen");
    trail.step();
    assertFalse(trail.isQuiet(100, 10), "not applied");
    finished(1);
    assertTrue(trail.isQuiet(100, 10));
    trail.held(95);
    assertFalse(trail.isQuiet(100, 10));
    assertTrue(trail.isQuiet(105, 10));
  }

  /** Law: whatever is read and finished when, all records before the position are finished. */
  @Property(tries = 300)
  void nothingBeforeThePositionIsLeft(@ForAll long seed) {
    Random random = new Random(seed);
    PartitionTrail any = new PartitionTrail(0);
    long read = 0;
    long done = 0;
    for (int i = 0; i < 2_000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> done += random.nextInt((int) (read - done) + 1);
        case 1 -> any.step();
        default -> any.seen(read, at(++read), 0);
      }
      any.finished(OptionalLong.of(done));
      assertTrue(any.position().timestampMs() <= done);
    }
    any.step();
    any.finished(OptionalLong.of(read));
    assertEquals(read, any.position().timestampMs());
  }
}
