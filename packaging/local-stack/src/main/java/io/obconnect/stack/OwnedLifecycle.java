package io.obconnect.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An engine in a child process, with a folder of its own. */
final class OwnedLifecycle implements Lifecycle {
  private static final int MAX_START_ATTEMPTS = 3;
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

  private final String name;
  private final Path folder;
  private final Path log;
  private final Recipe recipe;
  private final ProcessSpawner spawner;
  private final boolean keepData;
  private Process process;
  private List<Integer> ports = List.of();
  private boolean hasStarted;
  private boolean closed;

  OwnedLifecycle(
      String name, Path folder, Recipe recipe, ProcessSpawner spawner, boolean keepData) {
    this.name = name;
    this.folder = folder;
    this.log = folder.resolve(name + ".log");
    this.recipe = recipe;
    this.spawner = spawner;
    this.keepData = keepData;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (closed) {
      throw new LocalStackException(name + " is closed: ask the stack for a new one");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        startOnce();
        return;
      } catch (LocalStackException e) {
        // A port is ours only from the moment the engine listens on it.
        if (attempt == MAX_START_ATTEMPTS || ports.stream().noneMatch(PortFinder::isTaken)) {
          throw e;
        }
      }
    }
  }

  @Override
  public synchronized void stop() {
    if (process != null) {
      spawner.stop(process, recipe.stopSignal(), STOP_DEADLINE);
    }
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      spawner.kill(process);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Path logFile() {
    return log;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stop();
    if (!keepData) {
      FileTree.delete(folder);
    }
  }

  @Override
  public synchronized List<Integer> ports() {
    if (ports.isEmpty()) {
      throw new LocalStackException(name + " has no port yet: start it first");
    }
    return ports;
  }

  @Override
  public synchronized OptionalLong pid() {
    return isRunning() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
  }

  private void startOnce() {
    FileTree.createFolder(folder);
    if (!hasStarted) {
      ports = PortFinder.free(recipe.portCount());
      recipe.prepare(ports);
    }
    boolean firstStart = !hasStarted;
    process = spawner.start(recipe.command(ports, firstStart), recipe.environment(), folder, log);
    Optional<Exception> failure =
        Await.passes(
            () -> recipe.probe(ports, firstStart), recipe.startDeadline(), process::isAlive);
    // Without a living process, it was another listener on the same port that answered.
    if (failure.isPresent() || !process.isAlive()) {
      throw startFailure(failure.orElse(null));
    }
    hasStarted = true;
  }

  private LocalStackException startFailure(Exception cause) {
    String how =
        process.isAlive()
            ? "did not answer within " + recipe.startDeadline().toSeconds() + " s"
            : "ended with exit code " + process.exitValue() + " while starting";
    spawner.kill(process);
    StringBuilder message = new StringBuilder();
    message.append("%s %s (ports %s)".formatted(name, how, ports));
    for (Path each : recipe.logs(log)) {
      message.append("%nlog: %s%n%s".formatted(each, LogTail.of(each)));
    }
    return new LocalStackException(message.toString(), cause);
  }
}
