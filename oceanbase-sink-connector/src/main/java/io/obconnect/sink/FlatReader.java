package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Understands records that are rows: those that Debezium's ExtractNewRecordState leaves of its
 * envelopes, in all its modes for deletes, with what it adds as fields or headers, and those of
 * other senders. One thread only.
 */
final class FlatReader {
  private static final String PREFIX = "__";

  /** What ExtractNewRecordState adds: parts of the envelope, of its source block and its own. */
  private static final Set<String> METADATA =
      Set.of(
          "op",
          "deleted",
          "db",
          "schema",
          "table",
          "collection",
          "version",
          "connector",
          "name",
          "snapshot",
          "sequence",
          "ts_ms",
          "ts_us",
          "ts_ns",
          "server_id",
          "gtid",
          "file",
          "pos",
          "row",
          "thread",
          "query",
          "txId",
          "lsn",
          "xmin",
          "origin",
          "origin_lsn",
          "scn",
          "commit_scn",
          "lcr_position",
          "change_lsn",
          "commit_lsn",
          "event_serial_no",
          "id",
          "total_order",
          "data_collection_order",
          "transaction");

  private static final Set<String> BLOCKS = Set.of("source_", "transaction_");

  private final TableNames names;
  private final RowStructs structs;
  private final SchemaCache<Schema> columns = new SchemaCache<>(FlatReader::columns);

  FlatReader(TableNames names, RowStructs structs) {
    this.names = Objects.requireNonNull(names, "names");
    this.structs = Objects.requireNonNull(structs, "structs");
  }

  /**
   * Reads one record; one without value is a delete.
   *
   * @throws DataException when it does not say which row of which table it is about
   */
  SourceChange read(SinkRecord record) {
    TableId table = table(record);
    String operation = metadata(record, "op");
    if ("t".equals(operation)) {
      return new TableTruncate(table, null);
    }
    Struct key = structs.of(record.key());
    Struct row = record.value() == null ? null : row(structs.of(record.value()));
    if (row == null || "d".equals(operation) || Boolean.parseBoolean(metadata(record, "deleted"))) {
      return delete(table, key, row);
    }
    boolean isNew = "c".equals(operation) || "r".equals(operation);
    return new RowChange(table, isNew ? Operation.INSERT : Operation.UPDATE, key, null, row, null);
  }

  private static RowChange delete(TableId table, Struct key, Struct row) {
    if (key == null && row == null) {
      throw new DataException(
          "a delete of table " + table.quoted() + " has neither a key with named fields nor a row");
    }
    return new RowChange(table, Operation.DELETE, key, row, null, null);
  }

  /**
   * The table of a record.
   *
   * @throws DataException when it does not say which
   */
  TableId table(SinkRecord record) {
    String table = metadata(record, "table");
    String database = metadata(record, "db");
    String schema = metadata(record, "schema");
    if (table == null) {
      return names.ofTopic(record.topic());
    }
    return database == null && schema == null
        ? new TableId(names.ofTopic(record.topic()).database(), table)
        : names.of(database, schema, table);
  }

  /** What was added to a record, as a field or as a header. */
  private static String metadata(SinkRecord record, String name) {
    Object value = RecordParts.get(record.value(), PREFIX + name);
    if (value == null) {
      Header header = record.headers().lastWithName(PREFIX + name);
      value = header == null ? null : header.value();
    }
    return value == null ? null : value.toString();
  }

  private Struct row(Struct record) {
    Schema schema = columns.get(record.schema());
    return schema.fields().size() == record.schema().fields().size()
        ? record
        : PartialRow.project(schema, record);
  }

  private static Schema columns(Schema record) {
    SchemaBuilder builder = SchemaBuilder.struct().optional();
    record.fields().stream()
        .filter(field -> !isMetadata(field.name()))
        .forEach(field -> builder.field(field.name(), field.schema()));
    return builder.build();
  }

  private static boolean isMetadata(String field) {
    if (!field.startsWith(PREFIX)) {
      return false;
    }
    String name = field.substring(PREFIX.length());
    return METADATA.contains(name) || BLOCKS.stream().anyMatch(name::startsWith);
  }
}
