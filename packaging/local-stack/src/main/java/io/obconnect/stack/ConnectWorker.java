package io.obconnect.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A distributed Kafka Connect worker with every plugin of the stack's plugin path. */
public final class ConnectWorker implements Engine {
  private final Lifecycle lifecycle;
  private final Supplier<URI> uri;

  ConnectWorker(Lifecycle lifecycle, Supplier<URI> uri) {
    this.lifecycle = lifecycle;
    this.uri = uri;
  }

  /** The address of the REST interface; the same after every restart. */
  public URI uri() {
    return uri.get();
  }

  /** A client of the REST interface. */
  public ConnectRest rest() {
    return new ConnectRest(uri());
  }

  @Override
  public String name() {
    return lifecycle.name();
  }

  @Override
  public void start() {
    lifecycle.start();
  }

  @Override
  public void stop() {
    lifecycle.stop();
  }

  @Override
  public void kill() {
    lifecycle.kill();
  }

  @Override
  public boolean isRunning() {
    return lifecycle.isRunning();
  }

  @Override
  public Path logFile() {
    return lifecycle.logFile();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
