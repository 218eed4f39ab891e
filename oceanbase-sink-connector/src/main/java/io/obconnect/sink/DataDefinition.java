package io.obconnect.sink;

import io.obconnect.model.ColumnDefinition;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.IndexDefinition;
import io.obconnect.model.IndexPart;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.model.TableOptions;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What a record's schemas say of its table: columns, types as far as the schema tells them, the
 * primary key.
 *
 * @param key schema of the record's key, null where it has none: then the table has no key
 * @param row schema of the rows
 * @param position of the record that says so
 */
record DataDefinition(TableId table, Schema key, Schema row, TopicPosition position) {
  /**
   * Equal as the source compares: PostgreSQL by bytes, and with another collation keys that a
   * source tells apart could be equal.
   */
  private static final TableOptions OPTIONS =
      new TableOptions(
          Optional.of("utf8mb4"), Optional.of("utf8mb4_bin"), "", OptionalLong.empty(), Map.of());

  DataDefinition {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(position, "position");
  }

  /** The definition that a change's record holds; empty where it has no schema. */
  static Optional<DataDefinition> of(SinkRecord record, RowChange change) {
    Schema key = change.key() == null ? null : change.key().schema();
    return rowSchema(record, change)
        .or(() -> Optional.ofNullable(key))
        .map(ExactFields::plainSchema)
        .filter(row -> row.fields().stream().noneMatch(f -> f.schema().equals(JsonText.SCHEMA)))
        .map(row -> new DataDefinition(change.table(), key, row, TopicPosition.of(record)));
  }

  /** An envelope has the row's whole schema, whatever the change itself holds. */
  private static Optional<Schema> rowSchema(SinkRecord record, RowChange change) {
    Field after =
        change.source() == null || record.valueSchema() == null
            ? null
            : record.valueSchema().field("after");
    if (after != null) {
      return Optional.of(after.schema());
    }
    return Optional.ofNullable(change.isDelete() ? change.before() : change.after())
        .map(row -> row.schema());
  }

  /** The table as it has to be created. */
  TableDefinition tableDefinition(DestinationProfile profile) {
    DataColumns columns = new DataColumns(profile, keyFields().size());
    List<IndexPart> parts = new ArrayList<>();
    keyFields()
        .forEach(
            field -> parts.add(new IndexPart.Column(field.name(), OptionalInt.empty(), false)));
    List<IndexDefinition> indexes =
        parts.isEmpty()
            ? List.of()
            : List.of(
                new IndexDefinition(
                    "PRIMARY", IndexDefinition.Kind.PRIMARY, parts, "", false, Map.of()));
    return definition(
        row.fields().stream()
            .map(field -> columns.column(field, key != null && key.field(field.name()) != null))
            .toList(),
        indexes);
  }

  /** The table's columns as a table that exists gets them; without keys. */
  TableDefinition addedColumns(DestinationProfile profile) {
    DataColumns columns = new DataColumns(profile, 0);
    return definition(row.fields().stream().map(columns::added).toList(), List.of());
  }

  private TableDefinition definition(
      List<ColumnDefinition> columns, List<IndexDefinition> indexes) {
    return new TableDefinition(
        table, columns, indexes, List.of(), List.of(), Optional.empty(), OPTIONS);
  }

  /** What the ledger keeps in place of a statement of the source. */
  String describe() {
    return row.fields().stream()
        .map(field -> SqlText.identifier(field.name()) + " " + describe(field.schema()))
        .collect(Collectors.joining(", ", "the schema of a record: ", ""));
  }

  private static String describe(Schema schema) {
    return (schema.name() == null ? schema.type().getName() : schema.name())
        + (schema.parameters() == null ? "" : new TreeMap<>(schema.parameters()))
        + (schema.isOptional() ? "" : " required");
  }

  private List<Field> keyFields() {
    return key == null
        ? List.of()
        : key.fields().stream().filter(field -> row.field(field.name()) != null).toList();
  }
}
