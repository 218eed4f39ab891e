package io.obconnect.model;

/**
 * A row filter cannot be used: its text is not understood, it names what rows do not have, or it
 * compares what has no order. The message says what, where and what to do; it quotes the filter,
 * never a row.
 */
public final class RowFilterException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  RowFilterException(String message) {
    super(message);
  }

  RowFilterException(String message, Throwable cause) {
    super(message, cause);
  }
}
