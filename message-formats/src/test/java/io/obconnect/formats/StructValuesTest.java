package io.obconnect.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class StructValuesTest {
  /** Otherwise everything works, but slowly. */
  @Test
  void connectKeepsValuesWhereTheyAreSet() {
    assertTrue(StructValues.isDirect());
  }

  @Test
  void aStructWhoseFieldsWereSetIsOneWhoseFieldsWerePut() {
    Schema inner = SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("absent", Schema.OPTIONAL_INT32_SCHEMA)
            .field("number", Schema.INT64_SCHEMA)
            .field("inner", inner)
            .build();
    Struct nested = new Struct(inner);
    Struct set = new Struct(schema);
    StructValues.set(nested, inner.field("text"), "a");
    StructValues.set(set, schema.field("inner"), nested);
    StructValues.set(set, schema.field("number"), 7L);
    Struct put = new Struct(schema).put("number", 7L).put("inner", nested);
    assertEquals(put, set);
    set.validate();
  }
}
