package io.obconnect.sink;

/** What happens when a table that is to be created exists in the destination. */
enum ExistingTablePolicy {
  /** It is used if the rows fit, and else its table waits. */
  USE_IF_COMPATIBLE,
  /** Its table waits, unless this connector has created it or written to it. */
  FAIL,
  /** It is dropped and created anew, unless a connector has created it or written to it. */
  RECREATE
}
