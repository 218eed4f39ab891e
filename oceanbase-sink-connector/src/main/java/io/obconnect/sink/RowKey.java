package io.obconnect.sink;

import java.util.Objects;

/**
 * The values that a row is found by.
 *
 * @param sql as an SQL tuple; empty for a table without key
 * @param hash equal for all keys that the destination may call equal, and the same in every run
 */
record RowKey(String sql, int hash) {
  RowKey {
    Objects.requireNonNull(sql, "sql");
  }

  /**
   * Hashes a text; neighbouring numbers go to different lanes. Source: the finalizer of MurmurHash3
   * over {@link String#hashCode()}, whose values the Java specification fixes.
   */
  static int hash(String text) {
    int h = text.hashCode();
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    return h ^ h >>> 16;
  }
}
