package io.obconnect.stack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One Kafka node, broker and controller at once. */
final class KafkaRecipe implements Recipe {
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);
  private static final Duration FORMAT_DEADLINE = Duration.ofMinutes(1);
  private static final int PROBE_TIMEOUT_MILLIS = 5_000;
  private static final short API_VERSIONS = 18;
  private static final int CORRELATION = 4711;

  private final Path folder;
  private final KafkaHome home;
  private final ProcessSpawner spawner;

  KafkaRecipe(Path folder, KafkaHome home, ProcessSpawner spawner) {
    this.folder = folder;
    this.home = home;
    this.spawner = spawner;
  }

  @Override
  public int portCount() {
    return 2;
  }

  @Override
  public void prepare(List<Integer> ports) {
    FileTree.delete(data());
    KafkaHome.writeLogging(folder);
    FileTree.writeText(configuration(), properties(ports));
    String id = Passwords.kafkaUuid();
    spawner.run(
        "kafka.tools.StorageTool format",
        home.command(
            "-Xmx256m",
            folder,
            "kafka.tools.StorageTool",
            "format",
            "-t",
            id,
            "-c",
            configuration().toString()),
        folder,
        folder.resolve("format.txt"),
        FORMAT_DEADLINE);
  }

  @Override
  public List<String> command(List<Integer> ports, boolean firstStart) {
    return home.command("-Xmx512m", folder, "kafka.Kafka", configuration().toString());
  }

  /** Asks for the broker's API versions: it accepts connections long before it answers. */
  @Override
  public void probe(List<Integer> ports, boolean firstStart) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(0)),
          PROBE_TIMEOUT_MILLIS);
      socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
      byte[] client = "local-stack".getBytes(StandardCharsets.US_ASCII);
      DataOutputStream request = new DataOutputStream(socket.getOutputStream());
      request.writeInt(2 + 2 + 4 + 2 + client.length);
      request.writeShort(API_VERSIONS);
      request.writeShort(0);
      request.writeInt(CORRELATION);
      request.writeShort(client.length);
      request.write(client);
      request.flush();
      DataInputStream response = new DataInputStream(socket.getInputStream());
      int length = response.readInt();
      int correlation = response.readInt();
      short error = response.readShort();
      if (correlation != CORRELATION || error != 0) {
        throw new IOException(
            "unexpected answer: %d bytes, correlation %d, error %d"
                .formatted(length, correlation, error));
      }
    }
  }

  @Override
  public Duration startDeadline() {
    return START_DEADLINE;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path configuration() {
    return folder.resolve("server.properties");
  }

  /** A killed broker may come back only when its old session has ended: 9 seconds by default. */
  private String properties(List<Integer> ports) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        num.partitions=1
        auto.create.topics.enable=true
        log.retention.ms=-1
        log.retention.bytes=-1
        log.cleaner.dedupe.buffer.size=16777216
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=5
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=5
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        broker.heartbeat.interval.ms=500
        broker.session.timeout.ms=4000
        """
        .formatted(ports.get(0), ports.get(1), data());
  }
}
