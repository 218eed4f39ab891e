package io.obconnect.source;

import org.apache.kafka.connect.errors.ConnectException;

/** The preflight found what keeps a connector from starting. */
final class PreflightException extends ConnectException {
  private static final long serialVersionUID = 1L;

  PreflightException(PreflightReport report) {
    super(
        "the preflight keeps the connector from starting ("
            + PreflightOptions.SKIP
            + " leaves out a check by its id):\n"
            + report.describeErrors());
  }
}
