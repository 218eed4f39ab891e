package io.obconnect.sink;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** What a task does between start and stop. Used by Connect's task thread only. */
sealed interface RunningTask extends AutoCloseable permits StartedSinkTask, DryRunTask {

  void open(Collection<TopicPartition> partitions);

  void put(Collection<SinkRecord> records);

  /** What may be committed. */
  Map<TopicPartition, OffsetAndMetadata> finishedOffsets(Collection<TopicPartition> partitions);

  /** Gives partitions up: nothing of them is written after this returns. */
  void release(Collection<TopicPartition> partitions);

  @Override
  void close();
}
