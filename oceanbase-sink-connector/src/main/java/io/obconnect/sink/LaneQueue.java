package io.obconnect.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;

/**
 * The items between a task and its lane, first in first out. It does not block the producer: the
 * task reads {@link #waitingBytes()} and pauses its partitions. Thread-safe, for one consumer.
 */
final class LaneQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition finished = lock.newCondition();
  private final Deque<WorkItem> items = new ArrayDeque<>();
  private long waitingBytes;
  private final Set<TopicPartition> releasedInFlight = new HashSet<>();
  private boolean inFlight;
  private long flights;
  private boolean closed;

  void offer(WorkItem item) {
    lock.lock();
    try {
      items.add(item);
      waitingBytes += item.sizeBytes();
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  long waitingBytes() {
    lock.lock();
    try {
      return waitingBytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits, at most so much but at least one item, and counts it as in flight until
   * {@link #finish()}. Waits for an item; an empty list says that the queue was closed.
   */
  List<WorkItem> take(int maxItems, long maxBytes) throws InterruptedException {
    lock.lock();
    try {
      while (items.isEmpty() && !closed) {
        filled.await();
      }
      if (closed) {
        return List.of();
      }
      List<WorkItem> taken = new ArrayList<>();
      long bytes = 0;
      while (!items.isEmpty() && taken.size() < maxItems && bytes < maxBytes) {
        WorkItem item = items.remove();
        bytes += item.sizeBytes();
        taken.add(item);
      }
      waitingBytes -= bytes;
      inFlight = true;
      flights++;
      releasedInFlight.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  void finish() {
    lock.lock();
    try {
      inFlight = false;
      finished.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the flight without success: the items wait again, in front, but for those discarded
   * meanwhile.
   */
  void putBack(List<WorkItem> taken) {
    lock.lock();
    try {
      for (int i = taken.size() - 1; i >= 0; i--) {
        WorkItem item = taken.get(i);
        if (!belongsTo(item, releasedInFlight)) {
          items.addFirst(item);
          waitingBytes += item.sizeBytes();
        }
      }
    } finally {
      lock.unlock();
    }
    finish();
  }

  private static boolean belongsTo(WorkItem item, Collection<TopicPartition> partitions) {
    return item.finishes().map(p -> partitions.contains(p.partition())).orElse(false);
  }

  /** Forgets the waiting items of these partitions, and those in flight should they be put back. */
  void discard(Collection<TopicPartition> partitions) {
    lock.lock();
    try {
      releasedInFlight.addAll(partitions);
      items.removeIf(item -> belongsTo(item, partitions));
      waitingBytes = items.stream().mapToLong(WorkItem::sizeBytes).sum();
    } finally {
      lock.unlock();
    }
  }

  boolean isBusy() {
    lock.lock();
    try {
      return inFlight || !items.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until what is in flight now has finished; false when the time ran out first. What the
   * consumer takes afterwards is not waited for, so a busy queue does not delay this.
   */
  boolean awaitFinished(long timeoutMs) throws InterruptedException {
    lock.lock();
    try {
      long flight = flights;
      long remainingNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (inFlight && flight == flights && remainingNanos > 0) {
        remainingNanos = finished.awaitNanos(remainingNanos);
      }
      return !inFlight || flight != flights;
    } finally {
      lock.unlock();
    }
  }

  /** Drops all items and makes the consumer end. */
  void close() {
    lock.lock();
    try {
      closed = true;
      items.clear();
      waitingBytes = 0;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
