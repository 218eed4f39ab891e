package io.obconnect.e2e;

import java.sql.Connection;

/** One way to bring a benchmark's rows or changes to OceanBase. */
interface Contender {
  /** As in the report. */
  String name();

  /**
   * Sets up, before the clock runs, what the contender wants to find in the destination besides
   * what the benchmark has put there.
   */
  default void prepare(Connection destination) throws Exception {}

  /**
   * Begins and returns while the work goes on.
   *
   * @param run different for every run of every contender: a word of letters, digits and '_'
   */
  RunningCopy start(String run) throws Exception;
}
