package io.obconnect.sink;

import java.util.List;

/**
 * The values of unique keys that a change frees or takes.
 *
 * @param hashes one for each value; different values may share one, equal ones always do
 * @param unknown whether the change may free values that nobody knows, because the source does not
 *     say what the row held before
 */
record ConflictKeys(List<Long> hashes, boolean unknown) {
  ConflictKeys {
    hashes = List.copyOf(hashes);
  }
}
