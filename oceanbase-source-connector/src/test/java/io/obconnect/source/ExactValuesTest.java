package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.obconnect.model.ExactHeader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactValuesTest {
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("d", Schema.OPTIONAL_INT32_SCHEMA)
          .field("t", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct().field("row", Schema.INT32_SCHEMA).build();
  private static final Table TABLE =
      Table.editor()
          .tableId(new TableId("shop", null, "t"))
          .addColumns(column("d", Types.DATE, null), column("t", Types.VARCHAR, "latin1"))
          .create();
  private static final InexactValue ZERO = new InexactValue("0000-00-00", null);

  private final ExactValues values =
      new ExactValues(table -> ExactTable.of(table, column -> true, Column::name));

  private static Column column(String name, int jdbcType, String charset) {
    return Column.editor()
        .name(name)
        .type(name)
        .jdbcType(jdbcType)
        .charsetName(charset)
        .optional(true)
        .create();
  }

  private static Serializable[] row(Serializable date, String text) {
    return new Serializable[] {date, text.getBytes(StandardCharsets.ISO_8859_1)};
  }

  private static List<Serializable[]> rows(Serializable[]... rows) {
    return Arrays.asList(rows);
  }

  private static Struct shown(Integer date, String text) {
    return new Struct(ROW).put("d", date).put("t", text);
  }

  private static SourceRecord record(String op, int row, Struct before, Struct after) {
    Schema rows = (before == null ? after : before).schema();
    Schema envelope =
        SchemaBuilder.struct()
            .field("before", rows)
            .field("after", rows)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    Struct value =
        new Struct(envelope)
            .put("before", before)
            .put("after", after)
            .put("source", new Struct(SOURCE).put("row", row))
            .put("op", op);
    return new SourceRecord(Map.of(), Map.of(), "t", envelope, value);
  }

  private String header(SourceRecord record) {
    Header header = values.mark(record).headers().lastWithName(ExactHeader.NAME);
    return header == null ? null : (String) header.value();
  }

  @Test
  void onlyTheRowThatHasSuchAValueIsMarked() {
    List<Serializable[]> rows = rows(row(5, "x"), row(ZERO, "y"));
    values.begin(TABLE, null, rows);
    assertNull(rows.get(1)[0]);
    assertNull(header(record("c", 0, null, shown(5, "x"))));
    assertEquals("after.d=0000-00-00", header(record("c", 1, null, shown(null, "y"))));
  }

  @Test
  void changedKeyTellsEachOfItsTwoRecordsItsOwn() {
    values.begin(TABLE, rows(row(ZERO, "x")), rows(row(new InexactValue("2024-00-15", null), "x")));
    assertEquals("before.d=0000-00-00", header(record("d", 0, shown(null, "x"), null)));
    assertEquals("after.d=2024-00-15", header(record("c", 0, null, shown(null, "x"))));
  }

  @ParameterizedTest
  @CsvSource({"latin1, _utf8mb4+x%2761c281%27", "swe7, _swe7+x%276181%27"})
  void textThatIsNoneOfItsCharacterSetIsToldInBytes(String charset, String exact) {
    Table table = TABLE.edit().updateColumn(column("t", Types.VARCHAR, charset)).create();
    values.begin(table, null, rows(row(5, "a\u0081")));
    assertEquals("after.t=" + exact, header(record("c", 0, null, shown(5, "a\uFFFD"))));
  }

  @Test
  void whatTheRecordDoesNotShowIsNotTold() {
    ExactValues masked =
        new ExactValues(
            table -> ExactTable.of(table, column -> column.name().equals("d"), Column::name));
    masked.begin(TABLE, null, rows(row(5, "a\u0081")));
    SourceRecord cut = record("c", 0, null, shown(5, "a\uFFFD"));
    assertTrue(masked.mark(cut).headers().isEmpty());

    values.begin(TABLE, null, rows(row(ZERO, "x")));
    Schema without = SchemaBuilder.struct().field("t", Schema.STRING_SCHEMA).optional().build();
    assertNull(header(record("c", 0, null, new Struct(without).put("t", "x"))));
  }

  @Test
  void snapshotRowsAndWhatComesLaterAreNotMarked() {
    values.begin(TABLE, null, rows(row(ZERO, "x")));
    assertNull(header(record("r", 0, null, shown(null, "x"))));
    assertNull(header(new SourceRecord(Map.of(), Map.of(), "t", null, null)));
    values.end();
    assertNull(header(record("c", 0, null, shown(null, "x"))));
    values.begin(null, null, rows(row(ZERO, "x")));
    assertNull(header(record("c", 0, null, shown(null, "x"))));
  }

  @Test
  void changedDefinitionIsLookedAtAnew() {
    values.begin(TABLE, null, rows(row(5, "x")));
    Table changed = TABLE.edit().addColumns(column("e", Types.DATE, null)).create();
    values.begin(changed, null, rows(new Serializable[] {5, null, ZERO}));
    Schema wide =
        SchemaBuilder.struct().field("e", Schema.OPTIONAL_INT32_SCHEMA).optional().build();
    assertEquals("after.e=0000-00-00", header(record("c", 0, null, new Struct(wide))));
  }
}
