package io.obconnect.sink;

import java.sql.SQLException;
import java.util.List;

/**
 * Runs statements in the destination as one transaction. An UPDATE has to find a row, and so has a
 * DELETE of a row without a key: the others leave what they should whatever was there before.
 */
interface TransactionRunner {

  /**
   * Commits the statements and the marks together, or nothing.
   *
   * @throws FencedException when another task has taken over a partition of the marks
   * @throws MarksMovedException when some of it had been committed before
   * @throws org.apache.kafka.connect.errors.DataException when a statement does not find the row
   *     that it has to find
   */
  void transaction(List<SlotMark> marks, List<String> statements) throws SQLException;

  /**
   * Runs the statements and takes them back.
   *
   * @throws org.apache.kafka.connect.errors.DataException when a statement does not find the row
   *     that it has to find
   */
  void trial(List<String> statements) throws SQLException;

  /** The longest statement in bytes that the destination takes. */
  long maxStatementBytes() throws SQLException;
}
