package io.obconnect.sink;

import io.obconnect.sink.SourceChange.RowChange;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Estimates the memory of a change; only its order of magnitude matters. */
final class RecordSize {
  private static final int RECORD_BYTES = 200;
  private static final int FIELD_BYTES = 24;

  private RecordSize() {}

  static long of(RowChange change) {
    return RECORD_BYTES + of(change.before()) + of(change.after());
  }

  private static long of(Struct row) {
    if (row == null) {
      return 0;
    }
    long bytes = 0;
    for (Field field : row.schema().fields()) {
      bytes += FIELD_BYTES + of(row.getWithoutDefault(field.name()));
    }
    return bytes;
  }

  private static long of(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof Struct struct) {
      return of(struct);
    }
    if (value instanceof List<?> list) {
      return (long) FIELD_BYTES * list.size();
    }
    return value instanceof ByteBuffer buffer ? buffer.remaining() : 0;
  }
}
