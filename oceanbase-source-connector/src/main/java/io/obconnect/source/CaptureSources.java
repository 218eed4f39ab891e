package io.obconnect.source;

import io.debezium.connector.mysql.MySqlChangeEventSourceFactory;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlSnapshotChangeEventSourceMetrics;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;

/** Debezium's snapshots with this project's stream. */
final class CaptureSources extends MySqlChangeEventSourceFactory {
  private final CaptureParts parts;

  CaptureSources(CaptureParts parts) {
    super(
        parts.config(),
        parts.connections(),
        parts.errorHandler(),
        parts.dispatcher(),
        parts.clock(),
        parts.schema(),
        parts.taskContext(),
        parts.metrics(),
        parts.queue(),
        parts.snapshotters(),
        parts.client());
    this.parts = parts;
  }

  @Override
  public SnapshotChangeEventSource<MySqlPartition, MySqlOffsetContext> getSnapshotChangeEventSource(
      SnapshotProgressListener<MySqlPartition> listener,
      NotificationService<MySqlPartition, MySqlOffsetContext> notifications) {
    return parts.start().isEmpty()
        ? super.getSnapshotChangeEventSource(listener, notifications)
        : new StartedSnapshot(
            parts,
            parts.start().get(),
            (MySqlSnapshotChangeEventSourceMetrics) listener,
            notifications);
  }

  @Override
  public StreamingChangeEventSource<MySqlPartition, MySqlOffsetContext>
      getStreamingChangeEventSource() {
    // As the overridden method does; what is buffered belongs to a snapshot.
    parts.queue().disableBuffering();
    return new CaptureStream(parts, parts.client());
  }
}
