package io.obconnect.model;

/** What becomes of a schema change of one {@link DdlKind}. */
public enum DdlPolicy {
  /** It is carried over. */
  APPLY,
  /** It is passed by without a word. */
  IGNORE,
  /** It is not carried over, and the log and the ledger say so. */
  LOG,
  /** The table waits for somebody to act. */
  FAIL
}
