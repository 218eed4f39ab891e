package io.obconnect.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What starts and ends an engine. */
interface Lifecycle {
  String name();

  void start();

  void stop();

  void kill();

  boolean isRunning();

  Path folder();

  Path logFile();

  void close();

  /** The ports in the order of the recipe. */
  List<Integer> ports();

  /** The process id, empty when there is no process of ours. */
  OptionalLong pid();
}
