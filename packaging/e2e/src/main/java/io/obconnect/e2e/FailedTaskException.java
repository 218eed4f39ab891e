package io.obconnect.e2e;

/** A connector or one of its tasks has failed; the message carries the trace. */
final class FailedTaskException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String connector;
  private final String summary;

  FailedTaskException(String connector, String trace) {
    super("a task of " + connector + " failed: " + trace);
    this.connector = connector;
    this.summary = "a task of " + connector + " failed";
  }

  String connector() {
    return connector;
  }

  /** The message without the trace, which may hold what the database said about the data. */
  String summary() {
    return summary;
  }
}
