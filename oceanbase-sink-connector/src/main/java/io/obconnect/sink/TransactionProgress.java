package io.obconnect.sink;

/**
 * How far the source's transactions have come: delivered to the lane by the task's thread, and
 * committed there.
 */
final class TransactionProgress {
  private volatile TransactionPoint committed = TransactionPoint.NONE;
  private TransactionPoint delivered = TransactionPoint.NONE;

  /** Takes note of a commit; any thread may call this. */
  void committed(TransactionPoint point) {
    committed = point;
  }

  /** The last transaction that the lane has committed, or is going to; for the task's thread. */
  TransactionPoint delivered() {
    return delivered.equals(TransactionPoint.NONE) ? committed : delivered;
  }

  /** Takes note of a delivery; for the task's thread. */
  void delivered(TransactionPoint point) {
    delivered = point;
  }

  /** Says that the lane has dropped what it had not committed; for the task's thread. */
  void withdrawn() {
    delivered = TransactionPoint.NONE;
  }
}
