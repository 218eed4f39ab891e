package io.obconnect.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The work between a task and one lane, first in first out. It does not block the producer: the
 * task reads {@link #waitingBytes()} and pauses its partitions. What the lane has taken is in
 * flight until it is settled. Thread-safe, for one producer and one consumer; any thread may wait.
 */
final class LaneQueue {
  private static final int WAKE_EVERY = 256;

  private record Entry(LaneWork work, long sequence) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition settled = lock.newCondition();
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Deque<Entry> inFlight = new ArrayDeque<>();
  private final long lingerNanos;
  private long offered;

  /** What was offered from here on is not complete yet. */
  private long incompleteFrom = Long.MAX_VALUE;

  private long waitingBytes;
  private long flights;
  private long lastLandingNanos;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param lingerMs how long a consumer that comes back at once waits for more work to come
   *     together
   */
  LaneQueue(long lingerMs) {
    this.lingerNanos = TimeUnit.MILLISECONDS.toNanos(lingerMs);
    this.lastLandingNanos = System.nanoTime() - lingerNanos;
  }

  /**
   * Adds work and returns its number, by which others may wait for it. The lane is woken now and
   * then, not for every single piece; {@link #wake()} follows the last one.
   */
  long offer(LaneWork work) {
    lock.lock();
    try {
      long sequence = offered++;
      waiting.add(new Entry(work, sequence));
      waitingBytes += work.sizeBytes();
      if (waiting.size() % WAKE_EVERY == 0) {
        filled.signal();
      }
      return sequence;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the lane from taking what is offered from now on, until {@link #complete}. */
  void begin() {
    lock.lock();
    try {
      incompleteFrom = offered;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #begin} began; {@link #wake()} follows. */
  void complete() {
    lock.lock();
    try {
      incompleteFrom = Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the lane have what was added. */
  void wake() {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Size of what waits and of what is in flight, in bytes, estimated. */
  long waitingBytes() {
    lock.lock();
    try {
      return waitingBytes;
    } finally {
      lock.unlock();
    }
  }

  /** How much work waits or is in flight. */
  int size() {
    lock.lock();
    try {
      return waiting.size() + inFlight.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits, at most so much but at least one, and counts it as in flight. A source
   * transaction is not cut, however large it is. Waits for work; an empty list says that the queue
   * was closed.
   */
  List<LaneWork> take(int maxRows, long maxBytes) throws InterruptedException {
    lock.lock();
    try {
      do {
        while (!hasComplete() && !closed) {
          filled.await();
        }
        linger(maxRows);
        // Lingering gives the lock up: what waited may have been dropped meanwhile.
      } while (!hasComplete() && !closed);
      if (closed) {
        return List.of();
      }
      List<LaneWork> taken = new ArrayList<>();
      long bytes = 0;
      long transaction = LaneWork.NO_TRANSACTION;
      while (hasComplete()
          && ((taken.size() < maxRows && bytes < maxBytes) || isNextOf(transaction))) {
        Entry entry = waiting.remove();
        bytes += entry.work().sizeBytes();
        transaction = entry.work().transaction();
        inFlight.add(entry);
        taken.add(entry.work());
      }
      flights++;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasComplete() {
    return !waiting.isEmpty() && waiting.peek().sequence() < incompleteFrom;
  }

  private boolean isNextOf(long transaction) {
    return transaction != LaneWork.NO_TRANSACTION
        && waiting.element().work().transaction() == transaction;
  }

  /** An idle lane starts at once; a busy one lets its next window fill. */
  private void linger(int maxRows) throws InterruptedException {
    long remaining = lastLandingNanos + lingerNanos - System.nanoTime();
    while (remaining > 0 && waiting.size() < maxRows && !closed) {
      remaining = filled.awaitNanos(remaining);
    }
  }

  /** Says that the first so many in flight are done. */
  void settle(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        waitingBytes -= inFlight.remove().work().sizeBytes();
      }
      if (inFlight.isEmpty()) {
        lastLandingNanos = System.nanoTime();
      }
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the flight: what is not settled waits again, in front. */
  void putBack() {
    lock.lock();
    try {
      while (!inFlight.isEmpty()) {
        waiting.addFirst(inFlight.removeLast());
      }
      flights++;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops the waiting work of partitions that were withdrawn. A source transaction that loses a
   * part is dropped as a whole, and all that follow it, so that none is applied before it.
   */
  void dropWithdrawn() {
    lock.lock();
    try {
      long firstBroken =
          waiting.stream()
              .map(Entry::work)
              .filter(work -> work.transaction() != LaneWork.NO_TRANSACTION)
              .filter(work -> work.progress().isWithdrawn())
              .mapToLong(LaneWork::transaction)
              .findFirst()
              .orElse(Long.MAX_VALUE);
      waiting.removeIf(
          entry -> {
            LaneWork work = entry.work();
            boolean gone = work.progress().isWithdrawn() || work.transaction() >= firstBroken;
            if (gone) {
              waitingBytes -= work.sizeBytes();
              work.dropped();
            }
            return gone;
          });
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether work of this number is done, or was dropped. */
  boolean isSettled(long sequence) {
    lock.lock();
    try {
      return sequence < firstUnsettled();
    } finally {
      lock.unlock();
    }
  }

  private long firstUnsettled() {
    if (!inFlight.isEmpty()) {
      return inFlight.peek().sequence();
    }
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().sequence();
  }

  /** Waits until work of this number is done or dropped; false when the queue was closed first. */
  boolean awaitSettled(long sequence) throws InterruptedException {
    lock.lock();
    try {
      while (sequence >= firstUnsettled() && !closed) {
        settled.await();
      }
      return sequence < firstUnsettled();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until what is in flight now has landed; false when the time ran out first. What the
   * consumer takes afterwards is not waited for, so a busy queue does not delay this.
   */
  boolean awaitLanding(long timeoutMs) throws InterruptedException {
    lock.lock();
    try {
      long flight = flights;
      long remainingNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (!inFlight.isEmpty() && flight == flights && remainingNanos > 0) {
        remainingNanos = settled.awaitNanos(remainingNanos);
      }
      return inFlight.isEmpty() || flight != flights;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes everybody who waits end. Work that is left stays unsettled: nobody must take it for done.
   */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
