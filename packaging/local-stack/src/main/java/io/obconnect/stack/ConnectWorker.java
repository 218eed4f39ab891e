package io.obconnect.stack;

import java.net.URI;
import java.util.function.Supplier;

/**
 * A distributed Kafka Connect worker with every plugin of the stack's plugin path. All workers of a
 * stack form one group; the REST interface of each answers for the whole group.
 */
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

  /** How statuses name this worker: {@code host:port}, the same after every restart. */
  public String id() {
    return uri().getHost() + ":" + uri().getPort();
  }

  /** A client of the REST interface. */
  public ConnectRest rest() {
    return new ConnectRest(uri());
  }
}
