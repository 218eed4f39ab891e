package io.obconnect.sink;

import io.obconnect.sink.SourceChange.RowChange;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Estimates the memory of changes; only its order of magnitude matters. Looks at each schema once,
 * and at values of varying length only. One thread only.
 */
final class RecordSize {
  private static final int RECORD_BYTES = 200;
  private static final int FIELD_BYTES = 24;

  private final SchemaCache<Field[]> varying = new SchemaCache<>(RecordSize::varyingFields);

  long of(RowChange change) {
    return RECORD_BYTES + of(change.before()) + of(change.after());
  }

  private static Field[] varyingFields(Schema schema) {
    return schema.fields().stream()
        .filter(field -> !field.schema().type().isPrimitive() || isVarying(field))
        .toArray(Field[]::new);
  }

  private static boolean isVarying(Field field) {
    return field.schema().type() == Schema.Type.STRING
        || field.schema().type() == Schema.Type.BYTES;
  }

  private long of(Struct row) {
    if (row == null) {
      return 0;
    }
    long bytes = (long) FIELD_BYTES * row.schema().fields().size();
    for (Field field : varying.get(row.schema())) {
      bytes += length(RecordParts.get(row, field));
    }
    return bytes;
  }

  private static long length(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    if (value instanceof Struct struct) {
      // Of a few fields; an own cache would be no faster.
      return Arrays.stream(varyingFields(struct.schema()))
          .mapToLong(field -> length(RecordParts.get(struct, field)))
          .sum();
    }
    return value instanceof List<?> list ? (long) FIELD_BYTES * list.size() : 0;
  }
}
