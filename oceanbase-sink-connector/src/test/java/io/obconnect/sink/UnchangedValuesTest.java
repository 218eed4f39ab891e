package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnchangedValuesTest {
  private static final String PLACEHOLDER = "__debezium_unavailable_value";
  private static final byte[] BYTES = PLACEHOLDER.getBytes(StandardCharsets.UTF_8);

  private final UnchangedValues unchanged = new UnchangedValues(PLACEHOLDER);

  private Struct leaveOut(Schema schema, Object value) {
    Schema row = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).field("v", schema).build();
    return unchanged.leaveOut(new Struct(row).put("id", 1L).put("v", value));
  }

  private void assertLeftOut(Schema schema, Object value) {
    Struct row = leaveOut(schema, value);
    assertTrue(PartialRow.is(row), String.valueOf(value));
    assertEquals(List.of("id"), row.schema().fields().stream().map(f -> f.name()).toList());
  }

  private static Schema array(Schema element) {
    return SchemaBuilder.array(element).build();
  }

  @Test
  void everyFormThatTheSourceWritesIsLeftOut() {
    assertLeftOut(Schema.STRING_SCHEMA, PLACEHOLDER);
    assertLeftOut(Schema.BYTES_SCHEMA, BYTES);
    assertLeftOut(Schema.BYTES_SCHEMA, ByteBuffer.wrap(BYTES));
    assertLeftOut(Schema.STRING_SCHEMA, "{\"" + PLACEHOLDER + "\":\"" + PLACEHOLDER + "\"}");
    assertLeftOut(array(Schema.STRING_SCHEMA), List.of(PLACEHOLDER));
    assertLeftOut(array(Schema.STRING_SCHEMA), List.of(UUID.nameUUIDFromBytes(BYTES).toString()));
    assertLeftOut(array(Schema.BYTES_SCHEMA), List.of(ByteBuffer.wrap(BYTES)));
    List<Integer> numbers = PLACEHOLDER.chars().boxed().toList();
    assertLeftOut(array(Schema.INT32_SCHEMA), numbers);
    assertLeftOut(array(Schema.INT64_SCHEMA), numbers.stream().map(Integer::longValue).toList());
    assertLeftOut(
        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build(),
        Map.of(PLACEHOLDER, PLACEHOLDER));
  }

  @Test
  void recordsWithoutSchemaToo() {
    for (Object value :
        List.of(PLACEHOLDER, ByteBuffer.wrap(BYTES), List.of(PLACEHOLDER), List.of(BYTES))) {
      assertLeftOut(JsonText.SCHEMA, JsonText.of(value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "__debezium_unavailable_valuf", "__debezium_unavailable_value2"})
  void otherTextsAreValues(String text) {
    Struct row = leaveOut(Schema.STRING_SCHEMA, text);
    assertFalse(PartialRow.is(row));
    assertSame(row, unchanged.leaveOut(row));
  }

  @Test
  void otherListsAreValues() {
    assertFalse(PartialRow.is(leaveOut(array(Schema.OPTIONAL_INT32_SCHEMA), List.of(1))));
    assertFalse(PartialRow.is(leaveOut(array(Schema.STRING_SCHEMA), List.of())));
    assertFalse(
        PartialRow.is(leaveOut(array(Schema.STRING_SCHEMA), List.of(PLACEHOLDER, PLACEHOLDER))));
  }
}
