package io.obconnect.e2e;

import java.sql.Connection;

/** One way to copy the benchmark's table from MySQL to OceanBase. */
interface Contender {
  /** As in the report. */
  String name();

  /** Sets up, before the clock runs, what the contender wants to find in the empty destination. */
  void prepare(Connection destination) throws Exception;

  /**
   * Begins to copy and returns while that goes on.
   *
   * @param run different for every run of every contender: a word of letters, digits and '_'
   */
  RunningCopy start(String run) throws Exception;
}
