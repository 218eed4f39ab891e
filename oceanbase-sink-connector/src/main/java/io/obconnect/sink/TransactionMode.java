package io.obconnect.sink;

/** What becomes visible together in the destination. */
enum TransactionMode {
  /** Whatever a lane has at hand; each row passes through all its states in order. */
  ROW,
  /** All changes of a source's transaction, transaction by transaction as they were committed. */
  SOURCE
}
