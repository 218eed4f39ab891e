package io.obconnect.source;

import org.apache.kafka.connect.errors.ConnectException;

/** Where the log should be, nobody answers questions about it. */
final class NoBinlogServiceException extends ConnectException {
  private static final long serialVersionUID = 1L;

  NoBinlogServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
