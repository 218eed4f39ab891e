package io.obconnect.model;

/** A statement cannot be read; ends as {@link DdlStatement.Unparseable}. */
final class DdlSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DdlSyntaxException(String message) {
    super(message);
  }

  DdlSyntaxException(String message, Throwable cause) {
    super(message, cause);
  }
}
