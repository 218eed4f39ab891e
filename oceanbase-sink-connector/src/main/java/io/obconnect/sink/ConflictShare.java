package io.obconnect.sink;

/**
 * Tells whether so many changes of a partition wait for other lanes, because rows pass unique
 * values to each other, that lanes cost more than they gain: each wait ends a transaction. One
 * thread only.
 */
final class ConflictShare {
  static final int SAMPLE = 2_000;

  /** Of a sample. With one in a hundred a transaction ends after about a hundred changes. */
  static final int MANY = SAMPLE / 100;

  private int changes;
  private int waiting;
  private boolean high;

  /** Counts a change. */
  void add(boolean waits) {
    changes++;
    waiting += waits ? 1 : 0;
    if (changes == SAMPLE) {
      high = waiting >= MANY;
      changes = 0;
      waiting = 0;
    }
  }

  /** Whether it was so in the last whole sample. */
  boolean isHigh() {
    return high;
  }
}
