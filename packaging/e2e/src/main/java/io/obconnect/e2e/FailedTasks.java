package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectRestException;
import java.util.List;

/** Looks for failed connectors and tasks. */
final class FailedTasks {
  private static final int NOT_FOUND = 404;
  private static final String FAILED = "FAILED";

  private FailedTasks() {}

  /**
   * Asks Connect for the states of connectors; one that has no state yet is fine.
   *
   * @throws FailedTaskException when one of them or of their tasks has failed
   */
  static void refuse(ConnectRest rest, List<String> connectors) {
    for (String name : connectors) {
      JsonNode status = status(rest, name);
      refuse(name, status.path("connector"));
      status.path("tasks").forEach(task -> refuse(name, task));
    }
  }

  /** What Connect knows about a connector; nothing when it has not started it yet. */
  static JsonNode status(ConnectRest rest, String connector) {
    try {
      return rest.status(connector);
    } catch (ConnectRestException e) {
      // Connect accepts a connector before it has started it.
      if (e.status() == NOT_FOUND) {
        return MissingNode.getInstance();
      }
      throw e;
    }
  }

  private static void refuse(String connector, JsonNode part) {
    if (part.path("state").asText().equals(FAILED)) {
      throw new FailedTaskException(connector, part.path("trace").asText());
    }
  }
}
