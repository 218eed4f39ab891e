package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private static PartitionProgress marked(Long... marks) {
    return new PartitionProgress(new PartitionClaim(Changes.PARTITION, 1, List.of(marks)));
  }

  private static PartitionProgress unmarked() {
    return new PartitionProgress(PartitionClaim.unmarked(Changes.PARTITION, 2));
  }

  private static void route(PartitionProgress progress, int slot, long offset) {
    progress.routed(slot, offset);
    progress.read(offset);
  }

  /** Connect would commit another offset, the one last sought to. */
  @Test
  void unfinishedPartitionStandsAtItsFirstRecord() {
    PartitionProgress progress = unmarked();
    assertEquals(OptionalLong.empty(), progress.finishedOffset());
    route(progress, 0, 40);
    route(progress, 1, 41);
    assertEquals(OptionalLong.of(40), progress.finishedOffset());
    progress.finished(0, 40);
    assertEquals(OptionalLong.of(41), progress.finishedOffset());
    progress.finished(1, 41);
    assertEquals(OptionalLong.of(42), progress.finishedOffset());
  }

  /** A slot that was idle for long must not pull the partition back to its last change. */
  @Test
  void slotThatWasIdleDoesNotHoldThePartitionBack() {
    PartitionProgress progress = unmarked();
    route(progress, 0, 10);
    progress.finished(0, 10);
    route(progress, 1, 5_000);
    progress.finished(1, 5_000);
    route(progress, 0, 9_000);
    assertEquals(OptionalLong.of(9_000), progress.finishedOffset());
  }

  @Test
  void whatASlotHasAppliedBeforeIsKnown() {
    PartitionProgress progress = marked(20L, 30L);
    assertTrue(progress.isApplied(0, 19));
    assertFalse(progress.isApplied(0, 20));
    assertTrue(progress.isApplied(1, 29));
    assertEquals(OptionalLong.of(20), progress.finishedOffset());
  }

  @Test
  void idleSlotIsMovedOnceAndOnlyAsFarAsEverythingIsDone() {
    PartitionProgress progress = marked(20L, 20L);
    route(progress, 0, 25);
    progress.read(26);
    assertEquals(OptionalLong.empty(), progress.idleMark(0), "busy");
    assertEquals(OptionalLong.of(25), progress.idleMark(1));
    assertEquals(OptionalLong.empty(), progress.idleMark(1), "moved already");
    progress.finished(0, 25);
    assertEquals(OptionalLong.of(27), progress.idleMark(0));
  }

  @Test
  void rewoundPartitionRemembersWhatItsSlotsHaveDone() {
    PartitionProgress progress = marked(0L, 0L);
    route(progress, 0, 1);
    route(progress, 1, 2);
    route(progress, 0, 3);
    route(progress, 1, 4);
    progress.finished(0, 1);
    progress.withdraw();
    progress.dropped(0);
    progress.dropped(1);
    assertFalse(progress.isQuiet());
    progress.finished(1, 2);
    assertTrue(progress.isQuiet());
    assertEquals(2, progress.rewind(), "where slot 1 was known to stand when its work was dropped");
    assertFalse(progress.isWithdrawn());
    assertTrue(progress.isApplied(1, 2));
    assertFalse(progress.isApplied(0, 3));
  }

  /** The task goes on reading until it learns that a table was refused. */
  @Test
  void changeRoutedAfterADropDoesNotHideTheDroppedOne() {
    PartitionProgress progress = marked(0L, 0L);
    route(progress, 0, 1);
    progress.withdraw();
    progress.dropped(0);
    route(progress, 0, 2);
    progress.dropped(0);
    assertEquals(1, progress.rewind());
    assertFalse(progress.isApplied(0, 1));
  }

  @Test
  void rewindRaisesNoMark() {
    PartitionProgress progress = marked(0L, 0L);
    route(progress, 1, 1);
    progress.withdraw();
    progress.dropped(1);
    progress.rewind();
    assertEquals(0, progress.storedMark(0));
    route(progress, 0, 2);
    progress.finished(0, 2);
    assertEquals(3, progress.storedMark(0));
  }

  @Test
  void markThatStandsFurtherOnSaysWhatIsApplied() {
    PartitionProgress progress = marked(0L, 0L);
    route(progress, 0, 1);
    route(progress, 0, 2);
    progress.stored(0, 2);
    assertTrue(progress.isApplied(0, 1));
    assertFalse(progress.isApplied(0, 2));
    assertEquals(2, progress.storedMark(0));
    progress.finished(0, 1);
    assertEquals(2, progress.storedMark(0));
  }
}
