package io.obconnect.stack;

/** A Kafka broker without authentication; an own one is a single node on the loopback interface. */
public final class KafkaBroker extends Engine {
  private final String host;

  KafkaBroker(Lifecycle lifecycle, String host) {
    super(lifecycle);
    this.host = host;
  }

  /** The value of {@code bootstrap.servers}; the same after every restart. */
  public String bootstrapServers() {
    return host + ":" + lifecycle().ports().get(0);
  }
}
