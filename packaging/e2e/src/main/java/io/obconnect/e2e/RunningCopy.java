package io.obconnect.e2e;

import java.io.IOException;

/** A copy that has begun. */
interface RunningCopy extends AutoCloseable {
  /**
   * Called again and again while the copy runs; must be cheap.
   *
   * @throws Exception when the copy has failed
   */
  void check() throws Exception;

  /**
   * Called when all rows have arrived and the clock has stopped.
   *
   * @throws Exception when the copy does not end as it should
   */
  void finish() throws Exception;

  /** Ends the copy, wherever it is, and removes what it has left outside of the two databases. */
  @Override
  void close() throws IOException;
}
