package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Connectors that do the work of a contender. One thread only. */
final class PostedConnectors implements RunningCopy {
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  /** What is removed from Kafka after the connectors have ended. */
  @FunctionalInterface
  interface Traces {
    void remove(KafkaCleaner cleaner);
  }

  private final LocalStack stack;
  private final ConnectRest rest;
  private final Traces traces;
  private final List<String> names = new ArrayList<>();
  private long lastCheckNanos = System.nanoTime();

  private PostedConnectors(LocalStack stack, Traces traces) {
    this.stack = stack;
    this.rest = stack.connect().rest();
    this.traces = Objects.requireNonNull(traces, "traces");
  }

  /** Posts connectors one after the other. */
  static PostedConnectors post(
      LocalStack stack, List<ConnectorTemplate> connectors, Traces traces) {
    PostedConnectors posted = new PostedConnectors(stack, traces);
    try {
      for (ConnectorTemplate connector : connectors) {
        posted.rest.postConnector(connector.document());
        posted.names.add(connector.name());
      }
      return posted;
    } catch (RuntimeException e) {
      posted.close();
      throw e;
    }
  }

  /**
   * Waits until every connector's tasks have started.
   *
   * @throws IllegalStateException when one fails or takes too long
   */
  void awaitRunning() throws Exception {
    for (String name : names) {
      Deadline.await(
          "the start of " + name,
          START_TIMEOUT,
          Deadline.SHORT_PAUSE,
          () -> {
            FailedTasks.refuse(rest, List.of(name));
            return isRunning(name);
          });
    }
  }

  private boolean isRunning(String name) {
    JsonNode tasks = FailedTasks.status(rest, name).path("tasks");
    if (tasks.isEmpty()) {
      return false;
    }
    for (JsonNode task : tasks) {
      if (!task.path("state").asText().equals("RUNNING")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void check() {
    if (System.nanoTime() - lastCheckNanos >= CHECK_INTERVAL.toNanos()) {
      lastCheckNanos = System.nanoTime();
      FailedTasks.refuse(rest, names);
    }
  }

  @Override
  public void finish() {
    FailedTasks.refuse(rest, names);
  }

  @Override
  public void close() {
    names.forEach(rest::deleteConnector);
    try (KafkaCleaner cleaner = new KafkaCleaner(stack.kafka().bootstrapServers())) {
      cleaner.awaitEnd(names);
      traces.remove(cleaner);
    }
  }
}
