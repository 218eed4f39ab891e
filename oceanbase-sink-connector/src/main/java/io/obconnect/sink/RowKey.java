package io.obconnect.sink;

import io.obconnect.model.TableId;
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
   * Hashes a key; neighbouring numbers go to different lanes, and so does a key of several tables.
   * Source: the finalizer of MurmurHash3 over {@link String#hashCode()}, whose values the Java
   * specification fixes.
   *
   * @param tableHash of the table's name, see {@link #tableHash}
   * @param key as text; equal for all keys that the destination may call equal
   */
  static int hash(int tableHash, String key) {
    int h = 31 * tableHash + key.hashCode();
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    return h ^ h >>> 16;
  }

  /** The table's part in the hashes of its keys. */
  static int tableHash(TableId table) {
    return table.quoted().hashCode();
  }
}
