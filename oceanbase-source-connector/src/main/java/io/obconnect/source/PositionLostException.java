package io.obconnect.source;

import org.apache.kafka.connect.errors.ConnectException;

/** The log no longer has what follows a position; the message says which, and what there is. */
final class PositionLostException extends ConnectException {
  private static final long serialVersionUID = 1L;

  PositionLostException(String message) {
    super(message);
  }
}
