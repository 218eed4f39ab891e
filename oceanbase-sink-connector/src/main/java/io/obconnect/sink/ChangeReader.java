package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Understands Debezium's records: the change envelope, schema changes, and those that carry no
 * change. The table comes from the source block, because topic names are sanitised and may be
 * routed.
 */
final class ChangeReader {
  private static final NoChange NO_CHANGE = new NoChange();

  /**
   * Reads one record.
   *
   * @throws DataException when it is of no known shape; the message holds no row value
   */
  SourceChange read(SinkRecord record) {
    if (record.value() == null) {
      return NO_CHANGE;
    }
    if (!(record.value() instanceof Struct value)) {
      throw new DataException(
          "the record has no schema; use a converter that keeps schemas, JsonConverter with schemas.enable=true"
              + " for example");
    }
    Schema schema = value.schema();
    if (schema.field("op") != null && schema.field("source") != null) {
      return readEnvelope(record, value);
    }
    if (schema.field("ddl") != null && schema.field("databaseName") != null) {
      return readSchemaChange(value);
    }
    if (isTransactionMarker(schema) || isHeartbeat(schema)) {
      return NO_CHANGE;
    }
    throw new DataException(
        "the record is no Debezium change event (no 'op' and 'source' fields), so it maps to no table; take the"
            + " topic out of 'topics' or 'topics.regex'");
  }

  private static SourceChange readEnvelope(SinkRecord record, Struct envelope) {
    String operation = envelope.getString("op");
    if (operation == null) {
      throw new DataException("the change event names no operation");
    }
    if (operation.equals("m")) {
      return NO_CHANGE;
    }
    TableId table = table(envelope.getStruct("source"));
    return switch (operation) {
      case "c", "r", "u" -> upsert(record, envelope, table);
      case "d" -> new RowChange(table, key(record, table), struct(envelope, "before"), null);
      case "t" -> new TableTruncate(table);
      default ->
          throw new DataException(
              "unknown operation '" + operation + "' for table " + table.quoted());
    };
  }

  private static RowChange upsert(SinkRecord record, Struct envelope, TableId table) {
    Struct after = struct(envelope, "after");
    if (after == null) {
      throw new DataException("a change of table " + table.quoted() + " has no 'after' row");
    }
    return new RowChange(table, key(record, table), struct(envelope, "before"), after);
  }

  private static Struct key(SinkRecord record, TableId table) {
    if (record.key() instanceof Struct key) {
      return key;
    }
    throw new DataException(
        "the record of table "
            + table.quoted()
            + " has no key; give the source table a primary key, or name key columns in the source connector"
            + " (Debezium: message.key.columns)");
  }

  private static TableId table(Struct source) {
    if (source == null
        || source.schema().field("db") == null
        || source.schema().field("table") == null) {
      throw new DataException("the source block names no database and table");
    }
    String database = source.getString("db");
    String table = source.getString("table");
    if (database == null || table == null) {
      throw new DataException("the source block names no database and table");
    }
    return new TableId(database, table);
  }

  private static SchemaChange readSchemaChange(Struct value) {
    Struct source = struct(value, "source");
    String snapshot = source == null ? null : string(source, "snapshot");
    return new SchemaChange(
        Objects.requireNonNullElse(value.getString("ddl"), ""),
        Objects.requireNonNullElse(value.getString("databaseName"), ""),
        position(source),
        snapshot != null && !snapshot.equals("false"));
  }

  private static String position(Struct source) {
    if (source == null) {
      return "";
    }
    String gtid = string(source, "gtid");
    return gtid != null ? gtid : string(source, "file") + ":" + value(source, "pos");
  }

  private static boolean isTransactionMarker(Schema schema) {
    return schema.field("status") != null
        && schema.field("id") != null
        && schema.field("event_count") != null;
  }

  private static boolean isHeartbeat(Schema schema) {
    return schema.name() != null && schema.name().endsWith(".Heartbeat");
  }

  private static Struct struct(Struct parent, String field) {
    return value(parent, field) instanceof Struct struct ? struct : null;
  }

  private static String string(Struct parent, String field) {
    return value(parent, field) instanceof String text ? text : null;
  }

  private static Object value(Struct parent, String name) {
    Field field = parent.schema().field(name);
    return field == null ? null : parent.getWithoutDefault(name);
  }
}
