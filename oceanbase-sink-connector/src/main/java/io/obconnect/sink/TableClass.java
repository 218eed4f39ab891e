package io.obconnect.sink;

/** How the changes of a table depend on each other in the destination. */
enum TableClass {
  /** Rows are told apart by one key only: changes of different keys never meet. */
  KEYED,
  /**
   * Rows can also collide by a further unique key. ON DUPLICATE KEY UPDATE and REPLACE would then
   * touch another row than the change's own, so such tables are written by DELETE and plain INSERT,
   * and changes that share a value of a unique key wait for each other. So are merged tables, whose
   * new rows must not take the place of others.
   */
  CONFLICTING,
  /** No key: every row is matched by all its columns, one change after the other. */
  KEYLESS
}
