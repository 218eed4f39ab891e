package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of one small table as Debezium writes them: {@code id BIGINT PRIMARY KEY, v INT}. */
final class Changes {
  static final String TOPIC = "p.shop.orders";
  static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  static final TableId TABLE = new TableId("shop", "orders");

  static final Schema KEY = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
  static final Schema ROW =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("v", Schema.OPTIONAL_INT32_SCHEMA)
          .optional()
          .build();
  static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.OPTIONAL_STRING_SCHEMA)
          .field("table", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name(TOPIC + ".Envelope")
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("op", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private Changes() {}

  static TablePlan plan(DestinationColumn... columns) {
    return new TablePlan(TABLE, TablePlan.byFoldedName(List.of(columns)), List.of("id"), false);
  }

  static TableWriter writer() {
    return new TableWriter(plan(column("id", "bigint"), column("v", "int")));
  }

  static DestinationColumn column(String name, String dataType) {
    return new DestinationColumn(name, dataType, false, false);
  }

  static Struct key(long id) {
    return new Struct(KEY).put("id", id);
  }

  static Struct row(long id, Integer v) {
    return new Struct(ROW).put("id", id).put("v", v);
  }

  static RowChange upsert(long id, int v) {
    return new RowChange(TABLE, key(id), null, row(id, v));
  }

  static RowChange delete(long id) {
    return new RowChange(TABLE, key(id), row(id, null), null);
  }

  static Struct source() {
    return new Struct(SOURCE).put("db", TABLE.database()).put("table", TABLE.table());
  }

  static Struct envelope(String operation, Struct before, Struct after) {
    return new Struct(ENVELOPE)
        .put("before", before)
        .put("after", after)
        .put("source", source())
        .put("op", operation);
  }

  static SinkRecord record(Struct key, Object value, long offset) {
    Schema keySchema = key == null ? null : key.schema();
    Schema valueSchema = value instanceof Struct struct ? struct.schema() : null;
    return new SinkRecord(
        TOPIC,
        PARTITION.partition(),
        keySchema,
        key,
        valueSchema,
        value,
        offset,
        0L,
        TimestampType.CREATE_TIME);
  }

  static SinkRecord tombstone(long offset) {
    return record(key(offset), null, offset);
  }

  static TopicPosition position(long offset) {
    return new TopicPosition(PARTITION, offset);
  }
}
