package io.obconnect.stack;

import java.net.URI;
import java.util.function.Supplier;

/** A distributed Kafka Connect worker with every plugin of the stack's plugin path. */
public final class ConnectWorker extends Engine {
  private final Supplier<URI> uri;

  ConnectWorker(Lifecycle lifecycle, Supplier<URI> uri) {
    super(lifecycle);
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
}
