package io.obconnect.stack;

import java.util.List;
import java.util.Map;

/**
 * How a program is run.
 *
 * @param command the start of the command line; options may follow
 * @param environment what is set besides the caller's own variables
 */
public record ClientProgram(List<String> command, Map<String, String> environment) {
  /** Copies both. */
  public ClientProgram {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
