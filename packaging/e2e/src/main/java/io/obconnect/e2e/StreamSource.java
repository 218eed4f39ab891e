package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.stack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A source that captures the changes of a workload from a place in the binary log on: where it
 * stood when it was created. One topic of one partition for each table. One thread only.
 */
final class StreamSource implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CAPTURE_TIMEOUT = Duration.ofMinutes(5);
  private static final long SLOWEST_CHANGES_PER_SECOND = 500;

  private final LocalStack stack;
  private final String connector;
  private final List<String> topics;
  private final PostedConnectors posted;

  private StreamSource(
      LocalStack stack, String connector, List<String> topics, PostedConnectors posted) {
    this.stack = Objects.requireNonNull(stack, "stack");
    this.connector = Objects.requireNonNull(connector, "connector");
    this.topics = List.copyOf(topics);
    this.posted = Objects.requireNonNull(posted, "posted");
  }

  /** The topics of a workload's tables, in their order. */
  static List<String> topics(String topicPrefix, Workload workload) {
    return workload.tables().stream().map(table -> topicPrefix + "." + table.id()).toList();
  }

  /**
   * Creates the topics and the connector, and waits until what is changed from now on is captured.
   *
   * @param template of the connector, with that prefix of its topics; it copies no rows
   * @param traces what is removed from Kafka at the end
   */
  static StreamSource create(
      LocalStack stack,
      ConnectorTemplate template,
      String topicPrefix,
      Workload workload,
      PostedConnectors.Traces traces)
      throws Exception {
    List<String> topics = topics(topicPrefix, workload);
    try (TopicAdmin admin = new TopicAdmin(stack.kafka().bootstrapServers())) {
      admin.createDatedByBroker(topics);
    }
    ConnectorTemplate connector = template.with(Map.of("snapshot.mode", "no_data"));
    StreamSource source =
        new StreamSource(
            stack,
            connector.name(),
            topics,
            PostedConnectors.post(stack, List.of(connector), traces));
    try {
      source.awaitPosition();
      return source;
    } catch (Exception e) {
      source.close();
      throw e;
    }
  }

  /** Ends when the snapshot, which reads no rows, is over. */
  private void awaitPosition() throws Exception {
    posted.awaitRunning();
    Deadline.await(
        "the source's position in the binary log",
        START_TIMEOUT,
        () -> {
          posted.check();
          JsonNode offsets =
              stack.connect().rest().get("/connectors/" + connector + "/offsets").path("offsets");
          return !offsets.isEmpty() && !offsets.path(0).path("offset").has("snapshot");
        });
  }

  /** Ends the task; the log is read on from where it stands by {@link #resume()}. */
  void stop() {
    stack.connect().rest().stopConnector(connector);
  }

  /** Lets Connect start the task, and returns at once. */
  void resume() {
    stack.connect().rest().resumeConnector(connector);
  }

  List<String> topics() {
    return topics;
  }

  RunningCopy running() {
    return posted;
  }

  /** Waits until the topics have everything up to the last row of each table. */
  void awaitCapture(Screen screen, long records) throws Exception {
    try (CaptureWatch watch =
        new CaptureWatch(stack.kafka().bootstrapServers(), topics, Workload.LAST_KEY)) {
      Deadline.await(
          "the capture of " + records + " records",
          CAPTURE_TIMEOUT.plusSeconds(records / SLOWEST_CHANGES_PER_SECOND),
          () -> {
            posted.check();
            long captured = watch.records();
            screen.progress(
                "Topics",
                Math.min(1, (double) captured / records),
                "about " + Screen.number(captured) + " records");
            return watch.isComplete();
          });
    }
  }

  @Override
  public void close() {
    posted.close();
  }
}
