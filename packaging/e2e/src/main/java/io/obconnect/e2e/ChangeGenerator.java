package io.obconnect.e2e;

/**
 * Makes a workload's changes one after the other, each possible after those before it. Two
 * generators that were made alike make the same changes.
 */
@FunctionalInterface
interface ChangeGenerator {
  /**
   * The next change.
   *
   * @param number of the change, counted from 1; what a written row contains follows from it
   */
  RowChange next(long number);
}
