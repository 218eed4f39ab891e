package io.obconnect.sink;

import io.obconnect.model.ColumnSelector;
import io.obconnect.model.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Gives rows of one schema the columns and names that they have in the destination, so that nothing
 * after it knows that the source's are others. Immutable; made once for a schema.
 */
final class ColumnProjection {
  private record Move(Field from, Field to) {}

  private final boolean changes;
  private final Schema target;
  private final List<Move> moves = new ArrayList<>();

  private ColumnProjection(Schema source, Map<String, String> names) {
    this.changes =
        names.size() != source.fields().size()
            || names.entrySet().stream().anyMatch(name -> !name.getKey().equals(name.getValue()));
    SchemaBuilder builder = SchemaBuilder.struct().name(source.name()).version(source.version());
    if (source.parameters() != null) {
      builder.parameters(source.parameters());
    }
    names.forEach((from, to) -> builder.field(to, source.field(from).schema()));
    this.target = builder.optional().build();
    names.forEach((from, to) -> moves.add(new Move(source.field(from), target.field(to))));
  }

  /**
   * For rows.
   *
   * @throws IllegalArgumentException when no column is left, or two get the same name
   */
  static ColumnProjection ofRow(Schema schema, TableId table, ColumnSelector columns) {
    List<String> names = schema.fields().stream().map(Field::name).toList();
    return new ColumnProjection(schema, columns.map(table, names));
  }

  /** For keys; nothing may be left of one. */
  static ColumnProjection ofKey(Schema schema, TableId table, ColumnSelector columns) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      columns.map(table, field.name()).ifPresent(name -> names.put(field.name(), name));
    }
    return new ColumnProjection(schema, names);
  }

  /** The row with the destination's columns; itself where they are the source's. */
  Struct project(Struct row) {
    if (!changes) {
      return row;
    }
    Struct projected = new Struct(target);
    for (Move move : moves) {
      // Nulls stay null: a schema's default never replaces them (KAFKA-8713).
      projected.put(move.to(), row.getWithoutDefault(move.from().name()));
    }
    return projected;
  }
}
