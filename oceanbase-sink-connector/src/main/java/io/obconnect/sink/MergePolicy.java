package io.obconnect.sink;

/** What happens when several source tables have the same destination table. */
enum MergePolicy {
  /** The first one has it; the others cannot be used. */
  REFUSE,
  /** Their rows are merged; a new row whose key another row has stops its table. */
  DISTINCT_KEYS,
  /** Their rows are merged; of rows with the same key the one that comes last stays. */
  LAST_WINS
}
