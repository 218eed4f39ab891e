package io.obconnect.stack;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One engine of the stack: a process of this machine, or an external one that the stack only talks
 * to. It may be used from several threads; one call runs at a time.
 */
public abstract sealed class Engine implements AutoCloseable
    permits SqlEngine, KafkaBroker, ConnectWorker {
  private final Lifecycle lifecycle;

  Engine(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /** The name of this instance, unique in its stack, for example {@code mysql-1}. */
  public final String name() {
    return lifecycle.name();
  }

  /**
   * Starts the process and returns when it answers; does nothing when it is running. A start after
   * {@link #stop()} or {@link #kill()} keeps data, ports and passwords.
   *
   * @throws LocalStackException when the engine does not answer in time or dies; the message
   *     carries the end of its log. Also when the engine is external.
   */
  public final void start() {
    lifecycle.start();
  }

  /**
   * Ends the process as its manual says (with SIGKILL when it does not obey in time) and keeps its
   * data.
   *
   * @throws LocalStackException when the engine is external
   */
  public final void stop() {
    lifecycle.stop();
  }

  /**
   * Ends the process and its children with SIGKILL, as a crash would, and keeps its data.
   *
   * @throws LocalStackException when the engine is external
   */
  public final void kill() {
    lifecycle.kill();
  }

  /** Whether the process lives; for an external engine, whether it answers. */
  public final boolean isRunning() {
    return lifecycle.isRunning();
  }

  /** The process; empty when it does not run, or was started by somebody else. */
  public final OptionalLong pid() {
    return lifecycle.pid();
  }

  /**
   * The file with everything the process wrote to its standard output and error.
   *
   * @throws LocalStackException when the engine is external
   */
  public final Path logFile() {
    return lifecycle.logFile();
  }

  /** Stops the process and deletes its folder, unless the stack keeps data. Never fails twice. */
  @Override
  public final void close() {
    lifecycle.close();
  }
}
