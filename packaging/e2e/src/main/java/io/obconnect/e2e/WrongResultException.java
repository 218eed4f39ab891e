package io.obconnect.e2e;

/** A contender has ended and the destination is not equal to the source. */
final class WrongResultException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  WrongResultException(String message) {
    super(message);
  }
}
