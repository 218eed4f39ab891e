package io.obconnect.sink;

/** What happens when a table cannot be used in the destination. */
enum TableErrorPolicy {
  /** Its partitions wait, in Kafka, until somebody mends the table; all other tables go on. */
  PAUSE,
  /** The task fails. */
  FAIL
}
