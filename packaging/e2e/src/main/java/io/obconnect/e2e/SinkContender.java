package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.util.List;
import java.util.Objects;

/** A sink connector that reads topics from their beginning. */
final class SinkContender implements Contender {
  private final String name;
  private final LocalStack stack;
  private final ConnectorTemplate sink;

  SinkContender(String name, LocalStack stack, ConnectorTemplate sink) {
    this.name = Objects.requireNonNull(name, "name");
    this.stack = Objects.requireNonNull(stack, "stack");
    this.sink = Objects.requireNonNull(sink, "sink");
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns as soon as the sink's task has started. */
  @Override
  public RunningCopy start(String run) throws Exception {
    PostedConnectors posted =
        PostedConnectors.post(stack, List.of(sink.named(run + "-sink")), cleaner -> {});
    try {
      posted.awaitRunning();
      return posted;
    } catch (Exception e) {
      posted.close();
      throw e;
    }
  }
}
