package io.obconnect.stack;

/**
 * Starts engines by other means than packages, containers for example. One that stands on the class
 * path, named in {@code META-INF/services}, is used wherever no engine is named explicitly.
 */
public interface ExternalEnginesProvider {

  /** Starts the engines; returns when they answer. */
  ExternalEngines start();
}
