package io.obconnect.formats;

/**
 * A schema, a value or bytes that the compiled writers and readers do not know, right or wrong:
 * JsonConverter decides about it, and its answer, be it a result or an exception, is the answer.
 */
final class UnusualRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Without a stack trace: it never leaves the package. */
  UnusualRecordException() {
    super("left to JsonConverter", null, false, false);
  }
}
