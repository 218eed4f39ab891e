package io.obconnect.source;

import org.apache.kafka.connect.errors.ConnectException;

/** One of several servers lacks what was read from another one; it may be about to get it. */
final class ServerBehindException extends ConnectException {
  private static final long serialVersionUID = 1L;

  ServerBehindException(String message) {
    super(message);
  }
}
