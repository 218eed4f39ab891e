package io.obconnect.sink;

import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Rows of an update that leave columns out because the source does not say what they hold. Such a
 * row has a schema of its own, without these columns; so nothing can write to them by accident.
 */
final class PartialRow {
  /** A schema parameter, so that the mark goes wherever the row goes. */
  private static final String MARK = "io.obconnect.partial";

  private PartialRow() {}

  static boolean is(Struct row) {
    return row.schema().parameters() != null && row.schema().parameters().containsKey(MARK);
  }

  /** The schema of rows that lack columns. */
  static Schema schemaWithout(Schema whole, Set<String> left) {
    SchemaBuilder builder = SchemaBuilder.struct().optional().parameter(MARK, "");
    whole.fields().stream()
        .filter(field -> !left.contains(field.name()))
        .forEach(field -> builder.field(field.name(), field.schema()));
    return builder.build();
  }

  /**
   * The schema of rows that were completed.
   *
   * @param later of the partial row
   * @param earlier of the row that stood under the same key before, whole or partial itself
   */
  static Schema completed(Schema later, Schema earlier) {
    if (later.fields().stream().allMatch(field -> isIn(earlier, field))) {
      // The same schema gives the same statement as whole rows get.
      return earlier;
    }
    SchemaBuilder builder = SchemaBuilder.struct().optional();
    if (earlier.parameters() != null && earlier.parameters().containsKey(MARK)) {
      builder.parameter(MARK, "");
    }
    later.fields().forEach(field -> builder.field(field.name(), field.schema()));
    earlier.fields().stream()
        .filter(field -> later.field(field.name()) == null)
        .forEach(field -> builder.field(field.name(), field.schema()));
    return builder.build();
  }

  private static boolean isIn(Schema schema, Field field) {
    Field same = schema.field(field.name());
    return same != null && same.schema().equals(field.schema());
  }

  /** A row with the values of the later one, and those of the earlier one for what that lacks. */
  static Struct complete(Schema completed, Struct later, Struct earlier) {
    Struct row = new Struct(completed);
    for (Field field : completed.fields()) {
      Struct from = later.schema().field(field.name()) == null ? earlier : later;
      row.put(field, from.getWithoutDefault(field.name()));
    }
    return row;
  }

  /** The values of a row that another schema has, too. */
  static Struct project(Schema target, Struct row) {
    return complete(target, row, row);
  }
}
