package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.WorkItem.ApplyRow;
import io.obconnect.sink.WorkItem.LookUpTable;
import io.obconnect.sink.WorkItem.PassBy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LaneQueueTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);
  private static final int ALL = 1_000;
  private static final long WAIT_MS = 30_000;

  private final LaneQueue queue = new LaneQueue();

  private static WorkItem item(TopicPartition partition, long offset, long bytes) {
    return new ApplyRow(
        Changes.writer(),
        Changes.upsert(offset, 0),
        Changes.tombstone(offset),
        new TopicPosition(partition, offset),
        bytes);
  }

  private static WorkItem item(TopicPartition partition, long offset) {
    return item(partition, offset, 10);
  }

  @Test
  void itemsLeaveInOrderWithinTheBounds() throws InterruptedException {
    List<WorkItem> items = List.of(item(P0, 0), item(P1, 1), item(P0, 2), item(P0, 3));
    items.forEach(queue::offer);
    assertEquals(items.subList(0, 2), queue.take(2, 1_000));
    queue.finish();
    assertEquals(items.subList(2, 3), queue.take(ALL, 5), "a window is full once it has the bytes");
    queue.finish();
    assertEquals(items.subList(3, 4), queue.take(ALL, 1), "one item at least");
  }

  @Test
  void waitingBytesFollowTheItems() throws InterruptedException {
    queue.offer(item(P0, 0, 100));
    queue.offer(item(P1, 1, 30));
    assertEquals(130, queue.waitingBytes());
    List<WorkItem> taken = queue.take(1, ALL);
    assertEquals(30, queue.waitingBytes());
    queue.putBack(taken);
    assertEquals(130, queue.waitingBytes());
    queue.discard(List.of(P0));
    assertEquals(30, queue.waitingBytes());
    queue.close();
    assertEquals(0, queue.waitingBytes());
  }

  @Test
  void discardTakesOnePartitionsItemsOnly() throws InterruptedException {
    WorkItem lookUp = new LookUpTable(Changes.TABLE, 0);
    WorkItem other = item(P1, 1);
    queue.offer(item(P0, 0));
    queue.offer(lookUp);
    queue.offer(other);
    queue.offer(new PassBy(new TopicPosition(P0, 2)));
    queue.discard(List.of(P0));
    assertEquals(List.of(lookUp, other), queue.take(ALL, ALL));
  }

  @Test
  void itemsPutBackComeFirstWithoutThoseReleasedInFlight() throws InterruptedException {
    WorkItem kept = item(P1, 1);
    WorkItem later = item(P1, 3);
    queue.offer(item(P0, 0));
    queue.offer(kept);
    queue.offer(item(P0, 2));
    List<WorkItem> taken = queue.take(ALL, ALL);
    queue.offer(later);
    queue.discard(List.of(P0));
    queue.putBack(taken);
    assertEquals(List.of(kept, later), queue.take(ALL, ALL));
  }

  @Test
  void partitionThatCameBackIsNotDiscardedAgain() throws InterruptedException {
    queue.discard(List.of(P0));
    WorkItem again = item(P0, 5);
    queue.offer(again);
    List<WorkItem> taken = queue.take(ALL, ALL);
    queue.putBack(taken);
    assertEquals(List.of(again), queue.take(ALL, ALL));
  }

  @Test
  void closedQueueEndsTheWaitingConsumer() throws Exception {
    CompletableFuture<List<WorkItem>> consumer = new CompletableFuture<>();
    Thread thread = inThread(() -> consumer.complete(queue.take(1, 1)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    queue.close();
    assertEquals(List.of(), consumer.get());
    queue.offer(item(P0, 0));
    assertEquals(List.of(), queue.take(1, 1), "closed for good");
  }

  @Test
  void nothingInFlightIsNotWaitedFor() throws InterruptedException {
    assertTrue(queue.awaitFinished(0));
    queue.offer(item(P0, 0));
    assertTrue(queue.awaitFinished(0));
    List<WorkItem> taken = queue.take(1, 1);
    assertFalse(queue.awaitFinished(1));
    queue.putBack(taken);
    assertTrue(queue.awaitFinished(0));
  }

  /** A lane under load takes its next window at once; who waits must not wait for that one too. */
  @Test
  void nextFlightIsNotWaitedFor() throws Exception {
    for (int round = 0; round < 20; round++) {
      queue.offer(item(P0, 0));
      queue.offer(item(P0, 1));
      queue.take(1, 1);
      CompletableFuture<Boolean> waiter = new CompletableFuture<>();
      Thread thread = inThread(() -> waiter.complete(queue.awaitFinished(WAIT_MS)));
      Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      queue.finish();
      queue.take(1, 1);
      assertTrue(waiter.get());
      assertTrue(queue.isBusy());
      queue.finish();
      assertFalse(queue.isBusy());
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
}
