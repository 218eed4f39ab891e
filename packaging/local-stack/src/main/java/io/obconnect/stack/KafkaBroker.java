package io.obconnect.stack;

import java.nio.file.Path;

/** A Kafka broker without authentication; an own one is a single node on the loopback interface. */
public final class KafkaBroker implements Engine {
  private final Lifecycle lifecycle;
  private final String host;

  KafkaBroker(Lifecycle lifecycle, String host) {
    this.lifecycle = lifecycle;
    this.host = host;
  }

  /** The value of {@code bootstrap.servers}; the same after every restart. */
  public String bootstrapServers() {
    return host + ":" + lifecycle.ports().get(0);
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
