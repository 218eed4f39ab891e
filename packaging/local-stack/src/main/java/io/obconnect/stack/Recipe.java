package io.obconnect.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How one kind of engine is prepared, started and asked whether it answers. */
interface Recipe {
  /** How many ports the engine listens on. */
  default int portCount() {
    return 1;
  }

  /** Lays out the engine's folder from nothing; called again when a port turned out to be taken. */
  void prepare(List<Integer> ports);

  /** The command, in a first start or in one on existing data. */
  List<String> command(List<Integer> ports, boolean firstStart);

  default Map<String, String> environment() {
    return Map.of();
  }

  /**
   * Passes once the engine answers.
   *
   * @throws Exception while it does not
   */
  void probe(List<Integer> ports, boolean firstStart) throws Exception;

  /** The logs that explain a failed start, given the one of standard output. */
  default List<Path> logs(Path log) {
    return List.of(log);
  }

  /** What ends the engine in good order, whoever is connected. */
  default StopSignal stopSignal() {
    return StopSignal.TERM;
  }

  /** How long a start may take. */
  Duration startDeadline();
}
