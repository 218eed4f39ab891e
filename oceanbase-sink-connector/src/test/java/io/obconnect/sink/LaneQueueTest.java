package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LaneQueueTest {
  private static final int ALL = 1_000;
  private static final long WAIT_MS = 30_000;

  private final PartitionProgress p0 = progress(0);
  private final PartitionProgress p1 = progress(1);
  private final LaneQueue queue = new LaneQueue(0);

  private static PartitionProgress progress(int partition) {
    return new PartitionProgress(PartitionClaim.unmarked(new TopicPartition("t", partition), 1));
  }

  private LaneWork offer(PartitionProgress progress, long offset) {
    LaneWork work = Changes.work(progress, Changes.plan(), Changes.upsert(offset, 0), offset);
    queue.offer(work);
    return work;
  }

  @Test
  void workLeavesInOrderWithinTheBounds() throws InterruptedException {
    List<LaneWork> works = List.of(offer(p0, 0), offer(p1, 1), offer(p0, 2), offer(p0, 3));
    assertEquals(works.subList(0, 2), queue.take(2, 1_000));
    queue.settle(2);
    assertEquals(works.subList(2, 3), queue.take(ALL, 5), "a window is full once it has the bytes");
    queue.settle(1);
    assertEquals(works.subList(3, 4), queue.take(ALL, 1), "one at least");
  }

  @Test
  void whatIsInFlightStillTakesMemory() throws InterruptedException {
    long size = offer(p0, 0).sizeBytes();
    offer(p1, 1);
    queue.take(1, ALL);
    assertEquals(2 * size, queue.waitingBytes());
    assertEquals(2, queue.size());
    queue.settle(1);
    assertEquals(size, queue.waitingBytes());
    p1.withdraw();
    queue.dropWithdrawn();
    assertEquals(0, queue.waitingBytes());
  }

  @Test
  void workPutBackComesFirstWithoutThatOfWithdrawnPartitions() throws InterruptedException {
    offer(p0, 0);
    LaneWork kept = offer(p1, 1);
    offer(p0, 2);
    queue.take(ALL, ALL);
    LaneWork later = offer(p1, 3);
    p0.withdraw();
    queue.putBack();
    queue.dropWithdrawn();
    assertTrue(p0.isQuiet());
    assertFalse(p1.isQuiet());
    assertEquals(List.of(kept, later), queue.take(ALL, ALL));
  }

  @Test
  void workIsSettledInOrderOrWhenItWasDropped() throws InterruptedException {
    offer(p0, 0);
    offer(p1, 1);
    offer(p1, 2);
    assertFalse(queue.isSettled(0));
    queue.take(2, ALL);
    queue.settle(1);
    assertTrue(queue.isSettled(0));
    assertFalse(queue.isSettled(1));
    queue.settle(1);
    assertTrue(queue.isSettled(1));
    assertFalse(queue.isSettled(2));
    p1.withdraw();
    queue.dropWithdrawn();
    assertTrue(queue.isSettled(2));
  }

  @Test
  void anotherLaneWaitsForTheCommit() throws Exception {
    offer(p0, 0);
    CompletableFuture<Boolean> waiter = new CompletableFuture<>();
    Thread thread = inThread(() -> waiter.complete(queue.awaitSettled(0)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    queue.take(1, 1);
    assertFalse(waiter.isDone());
    queue.settle(1);
    assertTrue(waiter.get());
  }

  @Test
  void laneWhoseWorkIsDroppedWhileItLingersWaitsForMore() throws Exception {
    LaneQueue lingering = new LaneQueue(300);
    lingering.offer(Changes.work(p0, Changes.plan(), Changes.upsert(0, 0), 0));
    lingering.take(ALL, ALL);
    lingering.settle(1);
    lingering.offer(Changes.work(p0, Changes.plan(), Changes.upsert(1, 0), 1));
    CompletableFuture<List<LaneWork>> consumer = new CompletableFuture<>();
    Thread thread = inThread(() -> consumer.complete(lingering.take(ALL, ALL)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    p0.withdraw();
    lingering.dropWithdrawn();
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING || consumer.isDone());

    LaneWork later = Changes.work(p1, Changes.plan(), Changes.upsert(2, 0), 2);
    lingering.offer(later);
    lingering.wake();
    assertEquals(List.of(later), consumer.get());
  }

  @Test
  void closedQueueEndsWhoeverWaits() throws Exception {
    CompletableFuture<List<LaneWork>> consumer = new CompletableFuture<>();
    Thread thread = inThread(() -> consumer.complete(queue.take(1, 1)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    queue.close();
    assertEquals(List.of(), consumer.get());
    offer(p0, 0);
    assertEquals(List.of(), queue.take(1, 1), "closed for good");
    assertFalse(queue.awaitSettled(0));
  }

  /** A lane that waits for it would write what must come after it. */
  @Test
  void workLeftInAClosedQueueIsNotTakenForDone() throws InterruptedException {
    offer(p0, 0);
    offer(p0, 1);
    queue.take(1, 1);
    queue.close();
    assertFalse(queue.awaitSettled(0));
    queue.settle(1);
    assertTrue(queue.isSettled(0));
    assertFalse(queue.isSettled(1));
    assertFalse(queue.awaitSettled(1));
  }

  @Test
  void nothingInFlightIsNotWaitedFor() throws InterruptedException {
    assertTrue(queue.awaitLanding(0));
    offer(p0, 0);
    assertTrue(queue.awaitLanding(0));
    queue.take(1, 1);
    assertFalse(queue.awaitLanding(1));
    queue.putBack();
    assertTrue(queue.awaitLanding(0));
  }

  /** A lane under load takes its next window at once; who waits must not wait for that one too. */
  @Test
  void nextFlightIsNotWaitedFor() throws Exception {
    for (int round = 0; round < 20; round++) {
      offer(p0, 0);
      offer(p0, 1);
      queue.take(1, 1);
      CompletableFuture<Boolean> waiter = new CompletableFuture<>();
      Thread thread = inThread(() -> waiter.complete(queue.awaitLanding(WAIT_MS)));
      Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      queue.settle(1);
      queue.take(1, 1);
      assertTrue(waiter.get());
      queue.settle(1);
    }
  }

  @FunctionalInterface
  private interface Blocking {
    void run() throws InterruptedException;
  }

  private static Thread inThread(Blocking action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private LaneWork offer(PartitionProgress progress, long offset, long transaction) {
    LaneWork work =
        Changes.work(progress, Changes.plan(), Changes.upsert(offset, 0), offset, transaction);
    queue.offer(work);
    return work;
  }

  @Test
  void sourceTransactionIsNotCut() throws InterruptedException {
    List<LaneWork> first = List.of(offer(p0, 0, 1), offer(p1, 0, 1), offer(p0, 1, 1));
    List<LaneWork> second = List.of(offer(p1, 1, 2), offer(p0, 2, 2));
    assertEquals(first, queue.take(1, 1));
    assertEquals(second, queue.take(1, ALL));
  }

  @Test
  void sourceTransactionIsTakenWhenAllOfItWasOffered() throws InterruptedException {
    LaneWork before = offer(p0, 0);
    queue.begin();
    List<LaneWork> transaction = List.of(offer(p0, 1, 1), offer(p1, 0, 1));
    assertEquals(List.of(before), queue.take(ALL, ALL));
    queue.complete();
    assertEquals(transaction, queue.take(ALL, ALL));
  }

  /** The next one must not be applied before it. */
  @Test
  void sourceTransactionThatLosesAPartIsDroppedWithAllThatFollow() throws InterruptedException {
    List<LaneWork> whole = List.of(offer(p1, 0, 1), offer(p1, 1, 1));
    offer(p1, 2, 2);
    offer(p0, 0, 2);
    offer(p1, 3, 3);
    LaneWork unbound = offer(p1, 4);
    p0.withdraw();
    queue.dropWithdrawn();
    assertEquals(whole, queue.take(2, ALL));
    queue.settle(2);
    assertEquals(List.of(unbound), queue.take(ALL, ALL));
    assertTrue(p0.isQuiet());
  }
}
