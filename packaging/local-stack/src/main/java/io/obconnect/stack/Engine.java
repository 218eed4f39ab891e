package io.obconnect.stack;

import java.nio.file.Path;

/**
 * One engine of the stack: a process of this machine, or an external one that the stack only talks
 * to. Implementations may be used from several threads; one call runs at a time.
 */
public interface Engine extends AutoCloseable {

  /** The name of this instance, unique in its stack, for example {@code mysql-1}. */
  String name();

  /**
   * Starts the process and returns when it answers; does nothing when it is running. A start after
   * {@link #stop()} or {@link #kill()} keeps data, ports and passwords.
   *
   * @throws LocalStackException when the engine does not answer in time or dies; the message
   *     carries the end of its log. Also when the engine is external.
   */
  void start();

  /**
   * Ends the process with SIGTERM (with SIGKILL when it does not obey in time) and keeps its data.
   *
   * @throws LocalStackException when the engine is external
   */
  void stop();

  /**
   * Ends the process with SIGKILL, as a crash would, and keeps its data.
   *
   * @throws LocalStackException when the engine is external
   */
  void kill();

  /** Whether the process lives; for an external engine, whether it answers. */
  boolean isRunning();

  /**
   * The file with everything the process wrote to its standard output and error.
   *
   * @throws LocalStackException when the engine is external
   */
  Path logFile();

  /** Stops the process and deletes its folder, unless the stack keeps data. Never fails twice. */
  @Override
  void close();
}
