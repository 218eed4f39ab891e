package io.obconnect.source;

import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.SnapshotRecord;
import io.debezium.data.Envelope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Where a capture that starts anew goes on: behind the last record that was handed to Connect. The
 * stored offset is older, by up to Connect's flush interval, and what lies in between would come
 * twice. Thread-safe.
 */
final class ResumePoint implements OffsetStorageReader {
  private final OffsetStorageReader stored;
  private final Optional<Map<String, Object>> start;
  private final Map<Map<String, ?>, Map<String, ?>> handedOver = new ConcurrentHashMap<>();
  private volatile boolean forgotten;

  /**
   * Goes on at the stored offset first.
   *
   * @param start where a capture begins that has no stored offset; empty where it chooses
   */
  ResumePoint(OffsetStorageReader stored, Optional<Map<String, Object>> start) {
    this.stored = Objects.requireNonNull(stored, "stored");
    this.start = Objects.requireNonNull(start, "start");
  }

  /** Lets the next capture begin as if there were no offset, whatever Connect has stored. */
  void forget() {
    forgotten = true;
    handedOver.clear();
  }

  /** Notes records of one source partition that Connect is about to get. */
  void handOver(List<SourceRecord> records) {
    for (int i = records.size() - 1; i >= 0; i--) {
      SourceRecord record = records.get(i);
      if (isStreaming(record.sourceOffset()) && !isSchemaChange(record)) {
        handedOver.put(record.sourcePartition(), record.sourceOffset());
        return;
      }
    }
    SourceRecord last = records.get(records.size() - 1);
    if (last.sourceOffset() != null && !isStreaming(offset(partition(last)))) {
      // The last schema change of a snapshot is what says that it is complete.
      handedOver.put(last.sourcePartition(), last.sourceOffset());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> partition(SourceRecord record) {
    return (Map<String, Object>) record.sourcePartition();
  }

  /** Whether an offset is that of a snapshot that is not complete. */
  static boolean isSnapshot(Map<String, ?> offset) {
    return offset != null && offset.containsKey(AbstractSourceInfo.SNAPSHOT_KEY);
  }

  /** Whether a record tells a change of the log, not of a snapshot. */
  static boolean isStreamed(SourceRecord record) {
    if (!(record.value() instanceof Struct value)
        || value.schema().field(Envelope.FieldName.SOURCE) == null) {
      return false;
    }
    SnapshotRecord snapshot = SnapshotRecord.fromSource(value.getStruct(Envelope.FieldName.SOURCE));
    return snapshot == null || snapshot == SnapshotRecord.FALSE;
  }

  private static boolean isStreaming(Map<String, ?> offset) {
    return offset != null && !offset.isEmpty() && !isSnapshot(offset);
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
    if (latest != null) {
      return (Map<String, Object>) latest;
    }
    if (forgotten) {
      return null;
    }
    Map<String, Object> last = stored.offset(partition);
    return isStreaming(last) ? last : start.orElse(last);
  }

  @Override
  public <T> Map<Map<String, T>, Map<String, Object>> offsets(
      Collection<Map<String, T>> partitions) {
    Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
    partitions.forEach(partition -> offsets.put(partition, offset(partition)));
    return offsets;
  }
}
