package io.obconnect.sink;

import java.sql.SQLException;
import java.util.List;

/** What a window needs of the destination. */
interface TransactionRunner {

  /** Runs statements in one transaction; after a failure the session has to be recovered. */
  void transaction(List<String> statements) throws SQLException;

  /** The longest statement that the destination takes, in bytes. */
  long maxStatementBytes() throws SQLException;
}
