package io.obconnect.sink;

import io.obconnect.model.ExactHeader;
import io.obconnect.model.ExactValue;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Puts the values of {@link ExactHeader} where a change's fields hold something else: in its rows
 * and in its key, so that nothing after it knows the other ones. One thread only.
 */
final class ExactFields {
  private final SchemaCache<Map<Set<String>, Schema>> schemas =
      new SchemaCache<>(schema -> new HashMap<>());

  /**
   * The change with its exact values; the change itself where its record has no header.
   *
   * @throws DataException when the header cannot be read; the message does not quote it
   */
  RowChange apply(SinkRecord record, RowChange change) {
    return HeaderText.read(record, ExactHeader.NAME, ExactHeader::parse)
        .map(exact -> apply(exact, change))
        .orElse(change);
  }

  private RowChange apply(ExactHeader exact, RowChange change) {
    return new RowChange(
        change.table(),
        change.operation(),
        replaced(change.key(), change.isDelete() ? exact.before() : exact.after()),
        replaced(change.before(), exact.before()),
        replaced(change.after(), exact.after()),
        change.source());
  }

  private Struct replaced(Struct row, Map<String, String> exact) {
    if (row == null || exact.isEmpty()) {
      return row;
    }
    Set<String> names = new HashSet<>(exact.keySet());
    names.removeIf(name -> row.schema().field(name) == null);
    if (names.isEmpty()) {
      return row;
    }
    Struct replaced = new Struct(schema(row.schema(), names));
    for (Field field : replaced.schema().fields()) {
      // Nulls stay null: a schema's default never replaces them (KAFKA-8713).
      Object plain = row.getWithoutDefault(field.name());
      replaced.put(
          field,
          names.contains(field.name())
              ? ExactValue.of(field.schema(), exact.get(field.name()), plain)
              : plain);
    }
    return replaced;
  }

  private Schema schema(Schema plain, Set<String> names) {
    return schemas.get(plain).computeIfAbsent(names, exact -> withExact(plain, exact));
  }

  private static Schema withExact(Schema plain, Set<String> names) {
    SchemaBuilder builder = SchemaBuilder.struct().optional();
    if (plain.parameters() != null) {
      builder.parameters(plain.parameters());
    }
    for (Field field : plain.fields()) {
      builder.field(
          field.name(),
          names.contains(field.name()) ? ExactValue.schema(field.schema()) : field.schema());
    }
    return builder.build();
  }

  /** The schema of rows without exact values. */
  static Schema plainSchema(Schema schema) {
    if (schema.fields().stream().noneMatch(field -> ExactValue.is(field.schema()))) {
      return schema;
    }
    SchemaBuilder builder = SchemaBuilder.struct().optional();
    schema
        .fields()
        .forEach(field -> builder.field(field.name(), ExactValue.plainSchema(field.schema())));
    return builder.build();
  }
}
