package io.obconnect.e2e;

import java.util.Arrays;

/** The keys of the rows that a table has at some moment of a workload. */
final class LiveKeys {
  private static final int FIRST_CAPACITY = 1_024;

  private long[] keys = new long[FIRST_CAPACITY];
  private int size;

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size++] = key;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return keys[checked(index)];
  }

  /** Takes a key away; the last one moves to its place. */
  long remove(int index) {
    long removed = keys[checked(index)];
    keys[index] = keys[--size];
    return removed;
  }

  private int checked(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("key " + index + " of " + size);
    }
    return index;
  }
}
