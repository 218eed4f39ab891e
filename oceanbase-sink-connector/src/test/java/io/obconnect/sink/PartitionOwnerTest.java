package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.ControlWork.ApplyTruncate;
import io.obconnect.sink.ControlWork.ClaimPartitions;
import io.obconnect.sink.ControlWork.ForgetMarks;
import io.obconnect.sink.ControlWork.SealPartition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class PartitionOwnerTest {
  private static final int SLOTS = 2;
  private static final long NOW = Long.MAX_VALUE - 5;

  private final RecordingContext context = new RecordingContext(PARTITION);
  private final PartitionGate gate = new PartitionGate(context, () -> NOW);
  private final List<ControlWork> asked = new ArrayList<>();
  private PartitionOwner owner = owner(true);
  private long epoch;

  private PartitionOwner owner(boolean exactlyOnce) {
    return new PartitionOwner(
        context,
        gate,
        asked::add,
        SLOTS,
        exactlyOnce,
        new SinkMetrics(new RecordingBoard(), () -> 0));
  }

  private <T extends ControlWork> T take(Class<T> kind) {
    return kind.cast(asked.remove(0));
  }

  private PartitionClaim claimOf(Long... marks) {
    return new PartitionClaim(PARTITION, ++epoch, List.of(marks));
  }

  private void answer(ClaimPartitions work, Long... marks) {
    work.done().accept(marks.length == 0 ? List.of() : List.of(claimOf(marks)));
  }

  private PartitionProgress running(Long... marks) {
    owner.open(List.of(PARTITION));
    answer(take(ClaimPartitions.class), marks);
    return owner.progress(Changes.position(marks[0])).orElseThrow();
  }

  private void loseAndRegain() {
    owner.withdraw(List.of(PARTITION));
    owner.closed(List.of(PARTITION));
    gate.closed(List.of(PARTITION));
    gate.opened(List.of(PARTITION));
    owner.open(List.of(PARTITION));
  }

  @Test
  void partitionWaitsForItsClaimAndGoesOnAtItsLowestMark() {
    owner.open(List.of(PARTITION));
    assertTrue(gate.holds(PARTITION));
    assertTrue(owner.isWaiting());
    answer(take(ClaimPartitions.class), 30L, 20L);
    assertFalse(gate.holds(PARTITION));
    assertFalse(owner.isWaiting());
    assertEquals(20L, context.soughtTo.get(PARTITION));
    assertEquals(OptionalLong.of(20), owner.finishedOffset(PARTITION));
  }

  @Test
  void partitionWithoutMarksBeginsAtItsFirstRecord() {
    owner.open(List.of(PARTITION));
    answer(take(ClaimPartitions.class));
    assertEquals(OptionalLong.empty(), owner.finishedOffset(PARTITION));
    assertEquals(Optional.empty(), owner.progress(Changes.position(7)));
    assertTrue(gate.holds(PARTITION));
    ClaimPartitions work = take(ClaimPartitions.class);
    assertEquals(OptionalLong.of(7), work.startOffset());
    answer(work, 7L, 7L);
    assertTrue(owner.progress(Changes.position(7)).isPresent());
  }

  /** The marks may have moved between the two claims, and the epoch has. */
  @Test
  void partitionThatComesBackWaitsForItsLatestClaim() {
    owner.open(List.of(PARTITION));
    ClaimPartitions early = take(ClaimPartitions.class);
    loseAndRegain();
    ClaimPartitions late = take(ClaimPartitions.class);
    answer(early, 20L, 20L);
    assertTrue(gate.holds(PARTITION));
    assertEquals(OptionalLong.empty(), owner.finishedOffset(PARTITION));
    answer(late, 40L, 40L);
    assertFalse(gate.holds(PARTITION));
    assertEquals(OptionalLong.of(40), owner.finishedOffset(PARTITION));
  }

  @Test
  void claimForALostPartitionIsNotUsed() {
    owner.open(List.of(PARTITION));
    ClaimPartitions work = take(ClaimPartitions.class);
    owner.withdraw(List.of(PARTITION));
    assertFalse(work.wanted().test(PARTITION));
    owner.closed(List.of(PARTITION));
    answer(work, 20L, 20L);
    assertEquals(OptionalLong.empty(), owner.finishedOffset(PARTITION));
  }

  @Test
  void topicThatBeginsAnewIsRefusedWithAdvice() {
    running(20L, 20L);
    ConnectException failure =
        assertThrows(ConnectException.class, () -> owner.progress(Changes.position(3)));
    assertTrue(failure.getMessage().contains("offset 3"), failure.getMessage());
    assertTrue(failure.getMessage().contains("PATCH /connectors/"), failure.getMessage());
  }

  /** Its records would pass for applied ones. */
  @Test
  void topicThatBeginsAnewUnderARunningTaskIsRefused() {
    PartitionProgress progress = running(0L, 0L);
    progress.read(5);
    assertThrows(ConnectException.class, () -> owner.progress(Changes.position(0)));
    assertTrue(owner.progress(Changes.position(6)).isPresent());
  }

  @Test
  void truncateWaitsUntilEverythingBeforeIsDone() {
    PartitionProgress progress = running(0L, 0L);
    progress.routed(0, 0);
    progress.read(0);
    owner.truncateWhenQuiet(progress, Changes.position(1), Changes.TABLE, Changes.plan());
    owner.review(NOW);
    assertEquals(List.of(), asked);
    progress.finished(0, 0);
    owner.review(NOW);
    ApplyTruncate work = take(ApplyTruncate.class);
    assertEquals(1, work.offset());
    work.done().accept(claimOf(2L, 2L));
    assertFalse(gate.holds(PARTITION));
    assertEquals(OptionalLong.of(2), owner.finishedOffset(PARTITION));
  }

  /** The truncate is met again on the way back. */
  @Test
  void refusalBeforeATruncateGoesFirst() {
    PartitionProgress progress = running(0L, 0L);
    progress.routed(0, 0);
    progress.read(0);
    owner.truncateWhenQuiet(progress, Changes.position(1), Changes.TABLE, Changes.plan());
    progress.withdraw();
    progress.dropped(0);
    List<Long> rewound = new ArrayList<>();
    owner.rewindWhenQuiet(progress, rewound::add);
    owner.review(NOW);
    assertEquals(List.of(0L), rewound);
    assertEquals(List.of(), asked);
    assertFalse(gate.holds(PARTITION));
    assertFalse(progress.isWithdrawn());
  }

  @Test
  void refusalOfAFormerAssignmentIsPassedBy() {
    PartitionProgress former = running(0L, 0L);
    loseAndRegain();
    answer(take(ClaimPartitions.class), 5L, 5L);
    owner.rewindWhenQuiet(former, offset -> assertEquals("nothing", offset));
    owner.review(NOW);
    assertFalse(gate.holds(PARTITION));
  }

  @Test
  void unevenPartitionIsDividedAnewWhenItsSlotsAreLevel() {
    PartitionProgress progress = running(10L, 12L, 10L);
    owner.review(NOW);
    assertEquals(List.of(), asked);
    progress.read(11);
    owner.review(NOW);
    owner.review(NOW);
    SealPartition work = take(SealPartition.class);
    assertEquals(12, work.next());
    assertEquals(SLOTS, work.slots());
    work.done().accept(claimOf(12L, 12L));
    assertFalse(gate.holds(PARTITION));
    owner.review(NOW);
    assertEquals(List.of(), asked);
  }

  @Test
  void partitionWhoseChangesKeepWaitingForOtherLanesGetsOneSlot() {
    PartitionProgress progress = running(10L, 10L);
    for (int i = 0; i < ConflictShare.SAMPLE; i++) {
      progress.conflicts().add(true);
    }
    progress.read(11);
    progress.routed(0, 11);
    owner.review(NOW);
    assertTrue(gate.holds(PARTITION));
    assertEquals(List.of(), asked);
    progress.finished(0, 11);
    owner.review(NOW);
    SealPartition work = take(SealPartition.class);
    assertEquals(1, work.slots());
    work.done().accept(claimOf(12L));
    assertFalse(gate.holds(PARTITION));
    owner.review(NOW);
    assertEquals(List.of(), asked);
  }

  @Test
  void partitionsOfOneSlotAreSpreadOverTheLanes() {
    Set<Integer> lanes = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      lanes.add(
          new PartitionProgress(PartitionClaim.unmarked(new TopicPartition("t" + i, 0), 1))
              .laneOf(0, 4));
    }
    assertEquals(Set.of(0, 1, 2, 3), lanes);
  }

  @Test
  void fencedPartitionIsBlockedAndFailsTheTaskUnlessConnectTakesItAway() {
    PartitionProgress progress = running(0L, 0L);
    owner.fenced(new FencedException(progress.claim()), NOW);
    assertTrue(gate.holds(PARTITION));
    owner.review(NOW + TimeUnit.SECONDS.toNanos(29));
    assertThrows(FencedException.class, () -> owner.review(NOW + TimeUnit.SECONDS.toNanos(31)));
    loseAndRegain();
    owner.review(NOW + TimeUnit.SECONDS.toNanos(31));
  }

  /** The news may come after the partition has come back. */
  @Test
  void fenceOfAFormerClaimDoesNotConcernTheLaterOne() {
    PartitionProgress former = running(0L, 0L);
    loseAndRegain();
    answer(take(ClaimPartitions.class), 5L, 5L);
    owner.fenced(new FencedException(former.claim()), NOW);
    assertFalse(gate.holds(PARTITION));
    owner.review(NOW + TimeUnit.SECONDS.toNanos(31));
  }

  @Test
  void recordAfterARejectedOneWaitsForTheReport() {
    PartitionProgress progress = running(0L, 0L);
    progress.routed(progress.rejectionSlot(), 0);
    progress.read(0);
    owner.pauseUntilQuiet(progress, Changes.position(1));
    owner.review(NOW);
    assertTrue(gate.holds(PARTITION));
    assertEquals(1L, context.soughtTo.get(PARTITION));
    progress.finished(progress.rejectionSlot(), 0);
    owner.review(NOW);
    assertFalse(gate.holds(PARTITION));
  }

  /** Another task may keep marks again by the time that they are forgotten here. */
  @Test
  void marksAreForgottenOnlyWhileThePartitionIsOwn() {
    owner = owner(false);
    owner.open(List.of(PARTITION));
    assertFalse(gate.holds(PARTITION));
    ForgetMarks work = take(ForgetMarks.class);
    assertTrue(work.wanted().test(PARTITION));
    owner.withdraw(List.of(PARTITION));
    assertFalse(work.wanted().test(PARTITION));
  }
}
