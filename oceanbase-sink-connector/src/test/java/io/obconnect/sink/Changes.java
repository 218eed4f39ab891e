package io.obconnect.sink;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.TableId;
import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Schema POSITION =
      SchemaBuilder.struct()
          .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
          .field("file", Schema.OPTIONAL_STRING_SCHEMA)
          .field("pos", Schema.OPTIONAL_INT64_SCHEMA)
          .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema SCHEMA_CHANGE =
      SchemaBuilder.struct()
          .field("source", POSITION)
          .field("databaseName", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ddl", Schema.OPTIONAL_STRING_SCHEMA)
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

  /** A reader with the options' defaults. */
  static ChangeReader reader(RecordFormat format) {
    Map<String, String> options =
        Map.of(
            "connection.addresses", "localhost:2881",
            "connection.username", "user",
            "records.format", OptionValues.of(format));
    return new OceanBaseSinkConfig(options).changeReader();
  }

  static TablePlan plan(DestinationColumn... columns) {
    return new TablePlan(
        TABLE, TablePlan.byFoldedName(List.of(columns)), List.of("id"), List.of(), false);
  }

  static TablePlan plan() {
    return plan(column("id", "bigint"), column("v", "int"));
  }

  /** A table whose v is unique, too. */
  static TablePlan uniquePlan() {
    return new TablePlan(
        TABLE,
        plan().columns(),
        List.of("id"),
        List.of(new UniqueKey("v", List.of(new UniqueKey.Part("v", 0)))),
        false);
  }

  /** Work of one lane's only slot. */
  static RowWork work(PartitionProgress progress, TablePlan plan, RowChange change, long offset) {
    return work(progress, plan, change, offset, LaneWork.NO_TRANSACTION);
  }

  /** As the other, within a source transaction. */
  static RowWork work(
      PartitionProgress progress, TablePlan plan, RowChange change, long offset, long transaction) {
    TableRouter router = new TableRouter(plan);
    progress.routed(0, offset);
    return new RowWork(
        progress,
        0,
        plan,
        router.leftKey(change).orElse(null),
        router.key(change),
        change,
        tombstone(offset),
        new TopicPosition(progress.claim().partition(), offset),
        List.of(),
        transaction,
        10);
  }

  static RowWork work(TablePlan plan, RowChange change, long offset) {
    return work(new PartitionProgress(PartitionClaim.unmarked(PARTITION, 1)), plan, change, offset);
  }

  static DestinationColumn column(String name, String dataType) {
    return new DestinationColumn(name, dataType, false, false, "", Engine.MYSQL);
  }

  static Struct key(long id) {
    return new Struct(KEY).put("id", id);
  }

  static Struct row(long id, Integer v) {
    return new Struct(ROW).put("id", id).put("v", v);
  }

  static RowChange upsert(long id, int v) {
    return new RowChange(TABLE, Operation.INSERT, key(id), null, row(id, v), null);
  }

  static RowChange delete(long id) {
    return new RowChange(TABLE, Operation.DELETE, key(id), row(id, null), null, null);
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

  /** A record of the schema change topic, at binlog.1:42. */
  static Struct schemaChange(String snapshot, String gtid, String ddl) {
    Struct source =
        new Struct(POSITION)
            .put("snapshot", snapshot)
            .put("file", "binlog.1")
            .put("pos", 42L)
            .put("gtid", gtid);
    return new Struct(SCHEMA_CHANGE)
        .put("source", source)
        .put("databaseName", TABLE.database())
        .put("ddl", ddl);
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

  static RejectedRecord rejected(SinkRecord record) {
    return new RejectedRecord(
        TopicPosition.of(record),
        record,
        new Rejection(
            Optional.of(TABLE), Optional.empty(), Rejection.UNFIT_CHANGE, "", "for a test"));
  }

  static TopicPosition position(long offset) {
    return new TopicPosition(PARTITION, offset);
  }
}
