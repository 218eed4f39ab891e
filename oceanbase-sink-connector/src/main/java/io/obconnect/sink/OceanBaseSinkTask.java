package io.obconnect.sink;

import io.obconnect.model.PluginVersion;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** The shell that Connect creates and starts; the work is in {@code RunningTask}. */
public final class OceanBaseSinkTask extends SinkTask {
  private RunningTask started;

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public void start(Map<String, String> properties) {
    OceanBaseSinkConfig config = new OceanBaseSinkConfig(properties);
    started =
        config.dryRun()
            ? new DryRunTask(config, context)
            : new StartedSinkTask(config, context, new TableCatalog());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    started.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    started.put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    return started.finishedOffsets(currentOffsets.keySet());
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    started.release(partitions);
  }

  @Override
  public void stop() {
    if (started != null) {
      started.close();
      started = null;
    }
  }
}
