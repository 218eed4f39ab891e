package io.obconnect.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** An engine that somebody else runs: the stack asks it, and refuses to start or end it. */
record ExternalLifecycle(String name, List<Integer> ports, Await.Probe probe) implements Lifecycle {
  @Override
  public void start() {
    throw refused("start");
  }

  @Override
  public void stop() {
    throw refused("stop");
  }

  @Override
  public void kill() {
    throw refused("kill");
  }

  @Override
  public boolean isRunning() {
    return Await.passes(probe, Duration.ZERO, () -> false).isEmpty();
  }

  @Override
  public Path folder() {
    throw refused("use the folder of");
  }

  @Override
  public Path logFile() {
    throw refused("read the log of");
  }

  @Override
  public void close() {
    // Nothing of it is ours.
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  private LocalStackException refused(String action) {
    return new LocalStackException(
        "cannot " + action + " " + name + ": it is an external engine, not run by this stack");
  }
}
