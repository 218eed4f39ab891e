package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.CopyMark;
import io.obconnect.model.Marker;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.CopiedRows;
import io.obconnect.sink.SourceChange.Heartbeat;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.SourceMarker;
import io.obconnect.sink.SourceChange.TableTruncate;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands records: Debezium's change envelope with and without schema, its schema changes,
 * those that carry no change, and flat rows. The table of an envelope comes from its source block,
 * because topic names are sanitised and may be routed. One thread only.
 */
final class ChangeReader {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
  private static final NoChange NO_CHANGE = new NoChange();
  private static final Set<String> NEVER_LEAVES_OUT = Set.of("mysql", "mariadb");

  /** What records of one schema are. */
  private enum Shape {
    ENVELOPE,
    SCHEMA_CHANGE,
    HEARTBEAT,
    WITHOUT_CHANGE,
    UNKNOWN
  }

  private final RecordFormat format;
  private final TableNames names;
  private final UnchangedValues unchanged;
  private final RowStructs structs = new RowStructs();
  private final ExactFields exact = new ExactFields();
  private final FlatReader flat;
  private final SchemaCache<Shape> shapes =
      new SchemaCache<>(
          schema -> shape(schema.name(), name -> schema.field(name) != null, schema.fields()));

  ChangeReader(RecordFormat format, TableNames names, UnchangedValues unchanged) {
    this.format = Objects.requireNonNull(format, "format");
    this.names = Objects.requireNonNull(names, "names");
    this.unchanged = Objects.requireNonNull(unchanged, "unchanged");
    this.flat = new FlatReader(names, structs);
  }

  /**
   * Reads one record.
   *
   * @throws DataException when it is of no known shape; the message holds no row value
   */
  SourceChange read(SinkRecord record) {
    SourceChange change = readPlain(record);
    return change instanceof RowChange row ? exact.apply(record, row) : change;
  }

  private SourceChange readPlain(SinkRecord record) {
    Object value = record.value();
    if (value == null) {
      Optional<Marker> marker = HeaderText.read(record, Marker.HEADER, Marker::parse);
      if (marker.isPresent()) {
        return new SourceMarker(marker.get());
      }
      return format == RecordFormat.FLAT ? flat.read(record) : NO_CHANGE;
    }
    if (CopyBlock.isBlock(record.valueSchema())) {
      return new CopiedRows(CopyBlock.parse(Literals.bytes(value)));
    }
    if (!RecordParts.isComposite(value)) {
      throw new DataException(
          "the record's value has no fields; use the converter that the records were written with, JsonConverter for"
              + " example");
    }
    return switch (shape(value)) {
      case ENVELOPE -> readEnvelope(record);
      case SCHEMA_CHANGE -> readSchemaChange(value);
      case HEARTBEAT -> readHeartbeat(value);
      case WITHOUT_CHANGE -> NO_CHANGE;
      case UNKNOWN -> readRow(record);
    };
  }

  /** The table of a record that cannot be read, where it says as much. */
  Optional<TableId> tableOf(SinkRecord record) {
    try {
      return format == RecordFormat.FLAT
          ? Optional.of(flat.table(record))
          : Optional.of(table(RecordParts.get(record.value(), "source")));
    } catch (DataException e) {
      LOG.debug("{} names no table: {}", TopicPosition.of(record), e.getMessage());
      return Optional.empty();
    }
  }

  private Shape shape(Object value) {
    if (value instanceof Struct struct) {
      return shapes.get(struct.schema());
    }
    Map<?, ?> map = (Map<?, ?>) value;
    return shape(null, map::containsKey, map.keySet());
  }

  private static Shape shape(String schema, Predicate<String> has, Collection<?> fields) {
    if (has.test("op") && has.test("source") && (has.test("after") || has.test("message"))) {
      return Shape.ENVELOPE;
    }
    if (has.test("ddl") && has.test("databaseName") && has.test("source")) {
      return Shape.SCHEMA_CHANGE;
    }
    boolean marker = has.test("status") && has.test("id") && has.test("event_count");
    boolean heartbeat =
        schema == null ? fields.size() == 1 && has.test("ts_ms") : schema.endsWith(".Heartbeat");
    if (heartbeat) {
      return Shape.HEARTBEAT;
    }
    return marker ? Shape.WITHOUT_CHANGE : Shape.UNKNOWN;
  }

  private static SourceChange readHeartbeat(Object value) {
    return new Heartbeat(SourcePosition.timestampMs(value));
  }

  private SourceChange readRow(SinkRecord record) {
    if (format == RecordFormat.DEBEZIUM) {
      throw new DataException(
          "the record is no Debezium change event (no 'op' and 'source' fields), so it maps to no table; take the"
              + " topic out of 'topics' or 'topics.regex', or set "
              + RecordOptions.RECORDS_FORMAT
              + "=flat where the topics hold rows");
    }
    SourceChange change = flat.read(record);
    return change instanceof RowChange row ? withoutUnchanged(row) : change;
  }

  private SourceChange readEnvelope(SinkRecord record) {
    Object envelope = record.value();
    if (format == RecordFormat.FLAT) {
      throw new DataException(
          "the record is a change envelope, no row; set "
              + RecordOptions.RECORDS_FORMAT
              + "=debezium, or let ExtractNewRecordState unwrap it");
    }
    String operation = RecordParts.string(envelope, "op");
    if (operation == null) {
      throw new DataException("the change event names no operation");
    }
    if (operation.equals("m")) {
      return NO_CHANGE;
    }
    TableId table = table(RecordParts.get(envelope, "source"));
    return switch (operation) {
      case "c", "r" -> row(record, table, Operation.INSERT);
      case "u" -> row(record, table, Operation.UPDATE);
      case "d" -> row(record, table, Operation.DELETE);
      case "t" -> new TableTruncate(table, RecordParts.get(envelope, "source"));
      default ->
          throw new DataException(
              "unknown operation '" + operation + "' for table " + table.quoted());
    };
  }

  private RowChange row(SinkRecord record, TableId table, Operation operation) {
    Object envelope = record.value();
    Struct key = structs.of(record.key());
    Struct before = structs.of(RecordParts.get(envelope, "before"));
    Struct after =
        operation == Operation.DELETE ? null : structs.of(RecordParts.get(envelope, "after"));
    if (operation != Operation.DELETE && after == null) {
      throw new DataException("a change of table " + table.quoted() + " has no 'after' row");
    }
    if (operation == Operation.DELETE && key == null && before == null) {
      throw new DataException(
          "a delete of table " + table.quoted() + " has neither a key nor a 'before' row");
    }
    Object source = RecordParts.get(envelope, "source");
    RowChange row = new RowChange(table, operation, key, before, after, source);
    String connector = RecordParts.string(source, "connector");
    return connector != null && NEVER_LEAVES_OUT.contains(connector) ? row : withoutUnchanged(row);
  }

  private RowChange withoutUnchanged(RowChange change) {
    Struct after = change.isDelete() ? null : unchanged.leaveOut(change.after());
    return after != null && PartialRow.is(after)
        ? new RowChange(
            change.table(),
            change.operation(),
            change.key(),
            change.before(),
            after,
            change.source())
        : change;
  }

  private TableId table(Object source) {
    String database = RecordParts.string(source, "db");
    String table = RecordParts.string(source, "table");
    if (database == null || table == null) {
      throw new DataException("the source block names no database and table");
    }
    return names.of(database, RecordParts.string(source, "schema"), table);
  }

  private static SchemaChange readSchemaChange(Object value) {
    Object source = RecordParts.get(value, "source");
    String ddl = Objects.requireNonNullElse(RecordParts.string(value, "ddl"), "");
    OptionalLong copyRun = CopyMark.run(ddl);
    return new SchemaChange(
        CopyMark.unmarked(ddl),
        Objects.requireNonNullElse(RecordParts.string(value, "databaseName"), ""),
        SourcePosition.of(source).text(),
        LogPosition.of(source),
        SourcePosition.isSnapshot(source) || copyRun.isPresent(),
        copyRun);
  }
}
