package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.Operation;
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
 * routed. One thread only.
 */
final class ChangeReader {
  private static final NoChange NO_CHANGE = new NoChange();

  /** What records of one schema are. */
  private enum Shape {
    ENVELOPE,
    SCHEMA_CHANGE,
    WITHOUT_CHANGE,
    UNKNOWN
  }

  private final SchemaCache<Shape> shapes = new SchemaCache<>(ChangeReader::shape);
  private TableId lastTable = new TableId("", "");

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
    return switch (shapes.get(value.schema())) {
      case ENVELOPE -> readEnvelope(record, value);
      case SCHEMA_CHANGE -> readSchemaChange(value);
      case WITHOUT_CHANGE -> NO_CHANGE;
      case UNKNOWN ->
          throw new DataException(
              "the record is no Debezium change event (no 'op' and 'source' fields), so it maps to no table; take the"
                  + " topic out of 'topics' or 'topics.regex'");
    };
  }

  private static Shape shape(Schema schema) {
    if (schema.field("op") != null && schema.field("source") != null) {
      return Shape.ENVELOPE;
    }
    if (schema.field("ddl") != null && schema.field("databaseName") != null) {
      return Shape.SCHEMA_CHANGE;
    }
    return isTransactionMarker(schema) || isHeartbeat(schema)
        ? Shape.WITHOUT_CHANGE
        : Shape.UNKNOWN;
  }

  private SourceChange readEnvelope(SinkRecord record, Struct envelope) {
    String operation = envelope.getString("op");
    if (operation == null) {
      throw new DataException("the change event names no operation");
    }
    if (operation.equals("m")) {
      return NO_CHANGE;
    }
    Struct source = envelope.getStruct("source");
    TableId table = table(source);
    return switch (operation) {
      case "c", "r" -> row(record, envelope, table, Operation.INSERT, source);
      case "u" -> row(record, envelope, table, Operation.UPDATE, source);
      case "d" -> row(record, envelope, table, Operation.DELETE, source);
      case "t" -> new TableTruncate(table, source);
      default ->
          throw new DataException(
              "unknown operation '" + operation + "' for table " + table.quoted());
    };
  }

  private static RowChange row(
      SinkRecord record, Struct envelope, TableId table, Operation operation, Struct source) {
    Struct key = record.key() instanceof Struct struct ? struct : null;
    Struct before = struct(envelope, "before");
    Struct after = operation == Operation.DELETE ? null : struct(envelope, "after");
    if (operation != Operation.DELETE && after == null) {
      throw new DataException("a change of table " + table.quoted() + " has no 'after' row");
    }
    if (operation == Operation.DELETE && key == null && before == null) {
      throw new DataException(
          "a delete of table " + table.quoted() + " has neither a key nor a 'before' row");
    }
    return new RowChange(table, operation, key, before, after, source);
  }

  private TableId table(Struct source) {
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
    if (!table.equals(lastTable.table()) || !database.equals(lastTable.database())) {
      lastTable = new TableId(database, table);
    }
    return lastTable;
  }

  private static SchemaChange readSchemaChange(Struct value) {
    Struct source = struct(value, "source");
    String snapshot = source == null ? null : string(source, "snapshot");
    return new SchemaChange(
        Objects.requireNonNullElse(value.getString("ddl"), ""),
        Objects.requireNonNullElse(value.getString("databaseName"), ""),
        SourcePosition.of(source).text(),
        LogPosition.of(source),
        snapshot != null && !snapshot.equals("false"));
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
