package io.obconnect.stack;

/** Kafka Connect answered a REST request with an error status. */
public final class ConnectRestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ConnectRestException(String request, int status, String connectMessage) {
    super(request + " was answered with HTTP status " + status + ": " + connectMessage);
    this.status = status;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }
}
