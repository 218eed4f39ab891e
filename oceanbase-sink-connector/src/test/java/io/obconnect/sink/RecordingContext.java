package io.obconnect.sink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.IllegalWorkerStateException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Connect's side of a task: remembers what it is asked, and refuses what a worker refuses. */
final class RecordingContext implements SinkTaskContext {
  final Set<TopicPartition> assigned = new HashSet<>();
  final Set<TopicPartition> paused = new HashSet<>();
  final Map<TopicPartition, Long> soughtTo = new HashMap<>();
  final List<Long> timeoutsMs = new ArrayList<>();
  private ErrantRecordReporter reporter;

  RecordingContext(TopicPartition... partitions) {
    assigned.addAll(Arrays.asList(partitions));
  }

  void reportTo(ErrantRecordReporter newReporter) {
    reporter = newReporter;
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    offsets.forEach(this::offset);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    requireAssigned(partition);
    soughtTo.put(partition, offset);
  }

  @Override
  public void timeout(long timeoutMs) {
    timeoutsMs.add(timeoutMs);
  }

  @Override
  public Set<TopicPartition> assignment() {
    return Set.copyOf(assigned);
  }

  @Override
  public void pause(TopicPartition... partitions) {
    requireAssigned(partitions);
    paused.addAll(Arrays.asList(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    requireAssigned(partitions);
    Arrays.asList(partitions).forEach(paused::remove);
  }

  private void requireAssigned(TopicPartition... partitions) {
    if (!assigned.containsAll(Arrays.asList(partitions))) {
      throw new IllegalWorkerStateException("not assigned: " + Arrays.toString(partitions));
    }
  }

  @Override
  public void requestCommit() {
    throw new UnsupportedOperationException("the sink does not ask for commits");
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return reporter;
  }

  @Override
  public PluginMetrics pluginMetrics() {
    throw new NoSuchMethodError("as on workers before 4.1");
  }
}
