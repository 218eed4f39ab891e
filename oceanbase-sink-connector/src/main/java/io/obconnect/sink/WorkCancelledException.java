package io.obconnect.sink;

import org.apache.kafka.connect.errors.ConnectException;

/** Work was given up between two attempts and may be started again from its beginning. */
final class WorkCancelledException extends ConnectException {
  private static final long serialVersionUID = 1L;

  WorkCancelledException(String message) {
    super(message);
  }
}
