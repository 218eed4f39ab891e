package io.obconnect.formats;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads structs of one schema from JSON objects with all fields in the schema's order. */
final class StructReader implements ValueReader {

  /**
   * @param label the field's name as it stands between two values
   */
  private record FieldReader(Field field, ByteString label, ValueReader values) {}

  private final Schema schema;
  private final FieldReader[] fields;

  StructReader(Schema schema, Function<Schema, ValueReader> compiler) {
    this.schema = schema;
    List<Field> declared = schema.fields();
    this.fields = new FieldReader[declared.size()];
    for (int i = 0; i < fields.length; i++) {
      Field field = declared.get(i);
      fields[i] =
          new FieldReader(
              field,
              JsonOutput.label(i == 0 ? '{' : ',', field.name()),
              compiler.apply(field.schema()));
    }
  }

  @Override
  public Object read(JsonInput input) {
    Struct struct = new Struct(schema);
    for (FieldReader each : fields) {
      input.expect(each.label);
      Object value = each.values.read(input);
      if (value != null) {
        StructValues.set(struct, each.field, value);
      }
    }
    if (fields.length == 0) {
      input.expect('{');
    }
    input.expect('}');
    return struct;
  }
}
