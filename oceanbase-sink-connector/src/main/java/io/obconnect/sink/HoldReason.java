package io.obconnect.sink;

/** Why a partition is paused. */
enum HoldReason {
  /** Its next change belongs to a table whose definition has not come yet. */
  TABLE_UNKNOWN("Its next change belongs to a table whose definition has not come yet."),
  /** Its next change belongs to a table that cannot be used. */
  TABLE_UNUSABLE("Its next change belongs to a table that cannot be used; the log says why."),
  /** Its next change has a column that the destination's table lacks. */
  COLUMN_UNKNOWN("Its next change has a column that the destination's table lacks."),
  /** The task itself has something to do for it first. */
  BARRIER("The task takes it over, or waits until nothing of it is under way."),
  /** It has run ahead of the transaction that is being gathered. */
  AHEAD("It has run ahead of the transaction that is being gathered, see `transaction.mode`."),
  /** As much waits in memory as may. */
  BUFFER("As much waits in memory as `buffer.max.rows` and `buffer.max.bytes` allow."),
  /** The limits of the rate are reached. */
  THROTTLE("`throttle.rows.per.second` or `throttle.bytes.per.second` is reached."),
  /** The destination is short of memory. */
  DESTINATION_MEMORY("The destination's memstore is fuller than `memstore.guard.percent` allows.");

  private final String meaning;

  HoldReason(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }
}
