package io.obconnect.sink;

/**
 * What the records of the topics are. Said by the user, because a tombstone does not tell: among
 * envelopes it only follows a delete, among flat rows it is the delete.
 */
enum RecordFormat {
  /** Debezium's change envelopes. */
  DEBEZIUM,
  /** Rows, as Debezium's ExtractNewRecordState leaves them. */
  FLAT
}
