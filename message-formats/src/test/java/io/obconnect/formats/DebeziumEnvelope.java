package io.obconnect.formats;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Change events of one table, with schemas as Debezium's MySQL connector names and nests them. */
final class DebeziumEnvelope {
  private static final String PREFIX = "shop.shop.orders.";

  private final Schema row;
  private final Schema source = source();
  private final Schema schema;

  DebeziumEnvelope(Map<String, Schema> columns) {
    SchemaBuilder builder = SchemaBuilder.struct().name(PREFIX + "Value").optional();
    columns.forEach(builder::field);
    row = builder.build();
    schema =
        SchemaBuilder.struct()
            .name(PREFIX + "Envelope")
            .version(2)
            .field("before", row)
            .field("after", row)
            .field("source", source)
            .field("transaction", transaction())
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
  }

  /** The table of the benchmarks: eight columns of usual types. */
  static DebeziumEnvelope orders() {
    Map<String, Schema> columns = new LinkedHashMap<>();
    columns.put("id", Schema.INT64_SCHEMA);
    columns.put("customer_id", Schema.INT64_SCHEMA);
    columns.put("sku", Schema.STRING_SCHEMA);
    columns.put("status", SchemaBuilder.string().defaultValue("new").build());
    columns.put("quantity", Schema.INT32_SCHEMA);
    columns.put("total", Decimal.builder(2).parameter("connect.decimal.precision", "14").build());
    columns.put("note", Schema.OPTIONAL_STRING_SCHEMA);
    columns.put(
        "placed_at",
        SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").version(1).build());
    return new DebeziumEnvelope(columns);
  }

  /** A row of {@link #orders()}. */
  static Map<String, Object> order(long id) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", id);
    values.put("customer_id", id * 7_919 % 100_000);
    values.put("sku", "SKU-%08d".formatted(id * 31 % 50_000));
    values.put("status", "shipped");
    values.put("quantity", (int) (id % 9) + 1);
    values.put("total", BigDecimal.valueOf(id % 300_000, 2));
    values.put(
        "note",
        "please ring twice, leave the parcel with the neighbours when nobody answers, and send the"
            + " bill to the office in Hangzhou (attn. Ms Li, 3rd floor, room 12)");
    values.put("placed_at", 1_780_000_000_000_000L + id * 1_000_003);
    return values;
  }

  Schema schema() {
    return schema;
  }

  Struct create(Map<String, ?> after) {
    return event("c", null, row(after));
  }

  Struct update(Map<String, ?> before, Map<String, ?> after) {
    return event("u", row(before), row(after));
  }

  Struct delete(Map<String, ?> before) {
    return event("d", row(before), null);
  }

  private Struct row(Map<String, ?> values) {
    Struct struct = new Struct(row);
    values.forEach(struct::put);
    return struct;
  }

  private Struct event(String op, Struct before, Struct after) {
    return new Struct(schema)
        .put("before", before)
        .put("after", after)
        .put("source", sourceValue())
        .put("op", op)
        .put("ts_ms", 1_780_000_000_123L)
        .put("ts_us", 1_780_000_000_123_456L)
        .put("ts_ns", 1_780_000_000_123_456_000L);
  }

  private Struct sourceValue() {
    return new Struct(source)
        .put("version", "3.6.1.Final")
        .put("connector", "mysql")
        .put("name", "shop")
        .put("ts_ms", 1_780_000_000_000L)
        .put("snapshot", "false")
        .put("db", "shop")
        .put("ts_us", 1_780_000_000_000_000L)
        .put("ts_ns", 1_780_000_000_000_000_000L)
        .put("table", "orders")
        .put("server_id", 184_054L)
        .put("file", "binlog.000002")
        .put("pos", 123_456_789L)
        .put("row", 0)
        .put("thread", 17L);
  }

  private static Schema source() {
    return SchemaBuilder.struct()
        .name("io.debezium.connector.mysql.Source")
        .version(1)
        .field("version", Schema.STRING_SCHEMA)
        .field("connector", Schema.STRING_SCHEMA)
        .field("name", Schema.STRING_SCHEMA)
        .field("ts_ms", Schema.INT64_SCHEMA)
        .field(
            "snapshot",
            SchemaBuilder.string()
                .name("io.debezium.data.Enum")
                .version(1)
                .parameter("allowed", "true,first,first_in_data_collection,last,false,incremental")
                .optional()
                .defaultValue("false")
                .build())
        .field("db", Schema.STRING_SCHEMA)
        .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
        .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
        .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
        .field("table", Schema.OPTIONAL_STRING_SCHEMA)
        .field("server_id", Schema.INT64_SCHEMA)
        .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
        .field("file", Schema.STRING_SCHEMA)
        .field("pos", Schema.INT64_SCHEMA)
        .field("row", Schema.INT32_SCHEMA)
        .field("thread", Schema.OPTIONAL_INT64_SCHEMA)
        .field("query", Schema.OPTIONAL_STRING_SCHEMA)
        .build();
  }

  private static Schema transaction() {
    return SchemaBuilder.struct()
        .name("event.block")
        .version(1)
        .field("id", Schema.STRING_SCHEMA)
        .field("total_order", Schema.INT64_SCHEMA)
        .field("data_collection_order", Schema.INT64_SCHEMA)
        .optional()
        .build();
  }
}
