package io.obconnect.stack;

/** The log cannot be sent: a client gets error 1236 with this text. */
final class DumpRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DumpRefusedException(String message) {
    super(message);
  }
}
