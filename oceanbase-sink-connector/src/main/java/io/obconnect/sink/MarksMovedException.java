package io.obconnect.sink;

import java.io.Serial;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Marks stand further on than this task knew: a transaction whose end was unknown had committed.
 * The progress of their partitions has been told; the work starts anew without what is applied.
 */
final class MarksMovedException extends ConnectException {
  @Serial private static final long serialVersionUID = 1;

  MarksMovedException() {
    super("a transaction whose end was unknown had been committed");
  }
}
