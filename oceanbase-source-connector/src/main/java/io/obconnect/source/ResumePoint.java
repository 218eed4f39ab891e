package io.obconnect.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Where a capture that starts anew goes on: behind the last record that was handed to Connect. The
 * stored offset is older, by up to Connect's flush interval, and what lies in between would come
 * twice. Thread-safe.
 */
final class ResumePoint implements OffsetStorageReader {
  private final OffsetStorageReader stored;
  private final Map<Map<String, ?>, Map<String, ?>> handedOver = new ConcurrentHashMap<>();

  ResumePoint(OffsetStorageReader stored) {
    this.stored = Objects.requireNonNull(stored, "stored");
  }

  /** Notes records of one source partition that Connect is about to get. */
  void handOver(List<SourceRecord> records) {
    for (int i = records.size() - 1; i >= 0; i--) {
      SourceRecord record = records.get(i);
      if (record.sourceOffset() != null && !isSchemaChange(record)) {
        handedOver.put(record.sourcePartition(), record.sourceOffset());
        return;
      }
    }
  }

  /**
   * Its offset may lie behind further schema changes of the same statement; what comes twice is
   * told apart by its position.
   */
  private static boolean isSchemaChange(SourceRecord record) {
    return record.valueSchema() != null
        && record.valueSchema().name() != null
        && record.valueSchema().name().endsWith("SchemaChangeValue");
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Map<String, Object> offset(Map<String, T> partition) {
    Map<String, ?> latest = handedOver.get(partition);
    return latest == null ? stored.offset(partition) : (Map<String, Object>) latest;
  }

  @Override
  public <T> Map<Map<String, T>, Map<String, Object>> offsets(
      Collection<Map<String, T>> partitions) {
    Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
    partitions.forEach(partition -> offsets.put(partition, offset(partition)));
    return offsets;
  }
}
