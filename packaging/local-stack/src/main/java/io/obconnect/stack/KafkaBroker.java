package io.obconnect.stack;

import java.nio.file.Path;

/** One Kafka node without replication, listening on the loopback interface in plain text. */
public final class KafkaBroker implements Engine {
  private final Lifecycle lifecycle;

  KafkaBroker(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** The value of {@code bootstrap.servers}; the same after every restart. */
  public String bootstrapServers() {
    return SqlEndpoint.LOOPBACK + ":" + lifecycle.ports().get(0);
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
