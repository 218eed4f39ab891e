package io.obconnect.formats;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes structs of one schema as JSON objects, fields in the schema's order. */
final class StructWriter implements ValueWriter {

  /**
   * @param label the field's name as it stands between two values
   * @param takesDefault whether {@link Struct#get(Field)} would hide a null behind a default
   */
  private record FieldWriter(
      Field field, ByteString label, boolean takesDefault, ValueWriter values) {}

  private final Schema schema;
  private final FieldWriter[] fields;
  // Another schema that turned out to be equal: producers keep their schemas, so that it is the
  // next one's, too. A race costs a comparison.
  private Schema equalSchema;

  StructWriter(Schema schema, Function<Schema, ValueWriter> compiler) {
    this.schema = schema;
    this.equalSchema = schema;
    List<Field> declared = schema.fields();
    this.fields = new FieldWriter[declared.size()];
    for (int i = 0; i < fields.length; i++) {
      Field field = declared.get(i);
      fields[i] =
          new FieldWriter(
              field,
              JsonOutput.label(i == 0 ? '{' : ',', field.name()),
              field.schema().defaultValue() != null,
              compiler.apply(field.schema()));
    }
  }

  @Override
  public void write(JsonOutput output, Object value) {
    if (!(value instanceof Struct struct)) {
      throw new UnusualRecordException();
    }
    requireEqual(struct.schema());
    for (FieldWriter each : fields) {
      output.raw(each.label);
      each.values.write(
          output,
          each.takesDefault ? struct.getWithoutDefault(each.field.name()) : struct.get(each.field));
    }
    if (fields.length == 0) {
      output.raw('{');
    }
    output.raw('}');
  }

  @SuppressWarnings("ReferenceEquality") // Only a short cut: equality decides.
  private void requireEqual(Schema actual) {
    if (actual != schema && actual != equalSchema) {
      if (!actual.equals(schema)) {
        throw new UnusualRecordException();
      }
      equalSchema = actual;
    }
  }
}
