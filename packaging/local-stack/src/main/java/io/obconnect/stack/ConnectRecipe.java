package io.obconnect.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A distributed Kafka Connect worker. */
final class ConnectRecipe implements Recipe {
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  private final Path folder;
  private final String group;
  private final KafkaHome home;
  private final Supplier<String> bootstrapServers;
  private final Supplier<Path> pluginPath;

  ConnectRecipe(
      Path folder,
      String group,
      KafkaHome home,
      Supplier<String> bootstrapServers,
      Supplier<Path> pluginPath) {
    this.folder = folder;
    this.group = group;
    this.home = home;
    this.bootstrapServers = bootstrapServers;
    this.pluginPath = pluginPath;
  }

  @Override
  public void prepare(List<Integer> ports) {
    KafkaHome.writeLogging(folder);
    FileTree.writeText(configuration(), properties(ports.get(0)));
  }

  @Override
  public List<String> command(List<Integer> ports, boolean firstStart) {
    return home.command(
        "-Xmx1g",
        folder,
        "org.apache.kafka.connect.cli.ConnectDistributed",
        configuration().toString());
  }

  @Override
  public void probe(List<Integer> ports, boolean firstStart) {
    probe(uri(ports.get(0)));
  }

  /** The list of connectors is answered only by a worker that has joined its group. */
  static void probe(URI uri) {
    ConnectRest rest = new ConnectRest(uri);
    rest.get("/");
    rest.get("/connectors");
  }

  @Override
  public Duration startDeadline() {
    return START_DEADLINE;
  }

  static URI uri(int port) {
    return URI.create("http://" + SqlEndpoint.LOOPBACK + ":" + port);
  }

  private Path configuration() {
    return folder.resolve("worker.properties");
  }

  /**
   * The group's timeouts are the broker's lower limits, so that a killed worker's successor need
   * not wait long for it; what it did is shared out at once, not kept for its return. Offsets are
   * flushed every second for tests to see them.
   */
  private String properties(int port) {
    return """
        bootstrap.servers=%1$s
        group.id=%2$s
        config.storage.topic=%2$s-configs
        offset.storage.topic=%2$s-offsets
        status.storage.topic=%2$s-status
        config.storage.replication.factor=1
        offset.storage.replication.factor=1
        offset.storage.partitions=5
        status.storage.replication.factor=1
        status.storage.partitions=1
        key.converter=org.apache.kafka.connect.json.JsonConverter
        key.converter.schemas.enable=true
        value.converter=org.apache.kafka.connect.json.JsonConverter
        value.converter.schemas.enable=true
        listeners=%3$s
        rest.advertised.host.name=127.0.0.1
        plugin.path=%4$s
        plugin.discovery=service_load
        exactly.once.source.support=enabled
        connector.client.config.override.policy=All
        offset.flush.interval.ms=1000
        scheduled.rebalance.max.delay.ms=0
        session.timeout.ms=6000
        heartbeat.interval.ms=1000
        rebalance.timeout.ms=30000
        """
        .formatted(bootstrapServers.get(), group, uri(port), pluginPath.get());
  }
}
