package io.obconnect.stack;

/** An engine or a tool of the stack failed; the message says which, where and what to do. */
public final class LocalStackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalStackException(String message) {
    super(message);
  }

  LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}
