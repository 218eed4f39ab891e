package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionGateTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);
  private static final TableId A = new TableId("d", "a");

  private final RecordingContext context = new RecordingContext(P0, P1);
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final PartitionGate gate = new PartitionGate(context, now::get);

  @Test
  void heldPartitionIsPausedAndSoughtBack() {
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    assertTrue(gate.holds(P0));
    assertFalse(gate.holds(P1));
    assertEquals(Set.of(P0), context.paused);
    assertEquals(Map.of(P0, 42L), context.soughtTo);
    assertTrue(gate.isHolding());
    gate.letGo(P0);
    assertEquals(Set.of(), context.paused);
    assertFalse(gate.isHolding());
  }

  @Test
  void fullMemoryPausesAllAndSparesTheHeldOnesAfterwards() {
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    gate.setFull(true);
    assertEquals(Set.of(P0, P1), context.paused);
    gate.setFull(false);
    assertEquals(Set.of(P0), context.paused);
  }

  @Test
  void partitionLetGoWhileMemoryIsFullStaysPaused() {
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    gate.setFull(true);
    gate.letGo(P0);
    assertEquals(Set.of(P0, P1), context.paused);
    gate.setFull(false);
    assertEquals(Set.of(), context.paused);
  }

  /** Connect pauses again what an earlier assignment had paused. */
  @Test
  void partitionThatComesBackStartsOpen() {
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    gate.closed(List.of(P0));
    assertFalse(gate.holds(P0));
    gate.opened(List.of(P0));
    assertEquals(Set.of(), context.paused);
  }

  @Test
  void newPartitionIsPausedWhileMemoryIsFull() {
    gate.setFull(true);
    TopicPartition added = new TopicPartition("t", 2);
    context.assigned.add(added);
    gate.opened(List.of(added));
    assertEquals(Set.of(P0, P1, added), context.paused);
  }

  /** Connect refuses to pause or resume what is not assigned. */
  @Test
  void revokedPartitionIsNotTouched() {
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    gate.closed(List.of(P0));
    context.assigned.remove(P0);
    context.paused.remove(P0);
    gate.letGo(P0);
    gate.setFull(true);
    assertEquals(Set.of(P1), context.paused);
  }

  @Test
  void blockedPartitionIsPausedUntilItIsUnblocked() {
    gate.block(new TopicPosition(P0, 7));
    assertTrue(gate.holds(P0));
    assertEquals(Map.of(P0, 7L), context.soughtTo);
    gate.setFull(true);
    gate.setFull(false);
    assertEquals(Set.of(P0), context.paused);
    gate.unblock(P0);
    assertEquals(Set.of(), context.paused);
  }

  /** Connect takes a place that it seeks to for committed, and would never commit it. */
  @Test
  void partitionThatIsBlockedBehindItsLastRecordIsNotSought() {
    gate.block(P0);
    assertEquals(Map.of(), context.soughtTo);
    gate.unblock(P0);
    assertFalse(gate.leaves(new TopicPosition(P0, 8)));
    assertEquals(Map.of(), context.soughtTo);
  }

  @Test
  void firstRecordThatIsLeftIsWhereThePartitionGoesOn() {
    gate.block(P0);
    assertTrue(gate.leaves(new TopicPosition(P0, 8)));
    assertTrue(gate.leaves(new TopicPosition(P0, 9)));
    assertEquals(Map.of(P0, 8L), context.soughtTo);
    gate.unblock(P0);
    gate.block(P0);
    assertTrue(gate.leaves(new TopicPosition(P0, 12)));
    assertEquals(Map.of(P0, 12L), context.soughtTo);
  }

  /** What a refused table holds back is held twice for a moment. */
  @Test
  void partitionThatIsAlsoHeldStaysPausedWhenItIsUnblocked() {
    gate.block(P0);
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    gate.unblock(P0);
    assertEquals(Set.of(P0), context.paused);
  }

  /** The clock may overflow. */
  @Test
  void longestWaitCounts() {
    gate.hold(new TopicPosition(P1, 1), A, Optional.empty());
    long first = now.get();
    now.addAndGet(10);
    gate.hold(new TopicPosition(P0, 42), A, Optional.empty());
    assertEquals(Map.of(A, first), gate.waitingSinceNanos());
  }
}
