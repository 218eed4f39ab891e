package io.obconnect.sink;

import io.obconnect.sink.LaneWork.RowWork;
import java.io.Serial;
import org.apache.kafka.connect.errors.ConnectException;

/** A table is not as its plan says, or may not be written to; its rows are not to blame. */
final class TableRefusedException extends ConnectException {
  @Serial private static final long serialVersionUID = 1;

  private final transient RowWork work;

  TableRefusedException(RowWork work, String message) {
    super(message);
    this.work = work;
  }

  /** The change that could not be written. */
  RowWork work() {
    return work;
  }
}
