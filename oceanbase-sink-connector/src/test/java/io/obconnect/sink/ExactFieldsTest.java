package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.ExactHeader;
import io.obconnect.model.ExactValue;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactFieldsTest {
  private static final Schema DATE =
      SchemaBuilder.int32().name("io.debezium.time.Date").defaultValue(0).build();
  private static final Schema KEY = SchemaBuilder.struct().field("d", DATE).build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("d", DATE)
          .field("t", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();
  private static final DestinationColumn TEXT =
      new DestinationColumn("t", "varchar", false, false, "utf8mb4_general_ci", Engine.MYSQL);
  private static final TablePlan PLAN =
      new TablePlan(
          Changes.TABLE,
          TablePlan.byFoldedName(List.of(Changes.column("d", "date"), TEXT)),
          List.of("d"),
          List.of(new UniqueKey("t", List.of(new UniqueKey.Part("t", 0)))),
          false);

  private final ExactFields fields = new ExactFields();

  private static Struct key(int day) {
    return new Struct(KEY).put("d", day);
  }

  private static Struct row(int day, String text) {
    return new Struct(ROW).put("d", day).put("t", text);
  }

  private static RowChange change(Operation operation, Struct before, Struct after) {
    return new RowChange(Changes.TABLE, operation, key(0), before, after, null);
  }

  private RowChange apply(RowChange change, Object header) {
    SinkRecord record = Changes.tombstone(1);
    record.headers().add(ExactHeader.NAME, header, null);
    return fields.apply(record, change);
  }

  private static String tuple(Struct row) {
    return LiteralsTest.sql(sql -> RowEncoder.ofRow(PLAN, row.schema()).appendTuple(sql, row));
  }

  @Test
  void changeWithoutHeaderStaysAsItIs() {
    RowChange change = change(Operation.INSERT, null, row(0, "x"));
    assertSame(change, fields.apply(Changes.tombstone(1), change));
  }

  @Test
  void rowsAndKeyGetTheirExactValues() {
    RowChange update =
        apply(
            change(Operation.UPDATE, row(0, "x"), row(7, "a\uFFFD")),
            "before.d=0000-00-00&after.t=_latin1+x%276181%27");
    assertEquals("('0000-00-00','x')", tuple(update.before()));
    assertEquals("('1970-01-08',_latin1 x'6181')", tuple(update.after()));
    assertEquals(key(0), update.key());
    RowChange delete = apply(change(Operation.DELETE, row(0, "x"), null), "before.d=2024-00-15");
    assertEquals("('2024-00-15')", new TableRouter(PLAN).key(delete).sql());
  }

  @Test
  void headerMayBeBytes() {
    RowChange change =
        apply(
            change(Operation.INSERT, null, row(0, "x")),
            "after.d=0000-00-00".getBytes(StandardCharsets.UTF_8));
    assertEquals("('0000-00-00','x')", tuple(change.after()));
  }

  @Test
  void rowsOfTheSameFieldsShareASchema() {
    RowChange one = apply(change(Operation.INSERT, null, row(0, "x")), "after.d=0000-00-00");
    RowChange other = apply(change(Operation.INSERT, null, row(0, "y")), "after.d=2024-00-15");
    assertSame(one.after().schema(), other.after().schema());
  }

  /** Debezium's values of both are equal: 1970-01-01 stands for what is no date. */
  @Test
  void keyThatOnlyItsExactValueTellsApartIsLeft() {
    RowChange update =
        apply(change(Operation.UPDATE, row(0, "x"), row(0, "x")), "before.d=0000-00-00");
    TableRouter router = new TableRouter(PLAN);
    assertEquals("('1970-01-01')", router.key(update).sql());
    assertEquals(Optional.of("('0000-00-00')"), router.leftKey(update).map(left -> left.sql()));
    assertNotEquals(router.key(update).hash(), router.leftKey(update).orElseThrow().hash());
  }

  @Test
  void textsCollideAsTheirReadablePartsDo() {
    TableRouter router = new TableRouter(PLAN);
    RowChange exact =
        apply(change(Operation.INSERT, null, row(1, "b\uFFFD")), "after.t=_latin1+x%276281%27");
    assertEquals(
        router.conflictKeys(change(Operation.INSERT, null, row(2, "B"))).hashes(),
        router.conflictKeys(exact).hashes());
  }

  @Test
  void definitionFromDataIsThatOfThePlainFields() {
    RowChange change = apply(change(Operation.INSERT, null, row(0, "x")), "after.d=0000-00-00");
    DataDefinition definition = DataDefinition.of(Changes.tombstone(1), change).orElseThrow();
    assertEquals(DATE, definition.row().field("d").schema());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "enum|0|'00000'",
        "varchar|0|''",
        "year|0000|'0000'",
        "datetime|0000-00-00 00:00:00|'0000-00-00 00:00:00'",
        "datetime|2024-02-31 01:02:03.000004|'2024-02-31 01:02:03.000004'",
        "varchar|_utf8mb4 x'ff'|_utf8mb4 x'ff'",
      },
      delimiter = '|')
  void formsThatAreKnownAreWritten(String type, String exact, String literal) {
    assertEquals(literal, encode(type, exact));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "date|0000-00-00' OR 1",
        "varchar|_latin1 x'0g'",
        "int|12",
        "varchar|_x y x'00'",
        "varchar|\"\""
      },
      delimiter = '|')
  void otherFormsAreRefusedWithoutBeingQuoted(String type, String exact) {
    String message = assertThrows(DataException.class, () -> encode(type, exact)).getMessage();
    assertFalse(!exact.isEmpty() && message.contains(exact), message);
  }

  private static String encode(String type, String exact) {
    Schema schema = ExactValue.schema(Schema.OPTIONAL_STRING_SCHEMA);
    Struct value = ExactValue.of(schema, exact, null);
    return LiteralsTest.sql(
        sql -> LiteralEncoders.of(schema, Changes.column("c", type)).append(sql, value));
  }

  /** Stored as a text that is no member, found by its number. */
  @Test
  void errorMemberIsFoundByItsNumber() {
    Schema schema = ExactValue.schema(Schema.OPTIONAL_STRING_SCHEMA);
    LiteralEncoder encoder = LiteralEncoders.of(schema, Changes.column("c", "enum"));
    Struct value = ExactValue.of(schema, "0", "");
    assertEquals("0", LiteralsTest.sql(sql -> encoder.appendOperand(sql, value)));
  }

  @Test
  void characterSetThatOceanBaseMayLackIsRefusedByName() {
    Schema schema = ExactValue.schema(Schema.OPTIONAL_STRING_SCHEMA);
    Struct value = ExactValue.of(schema, "_gbk x'c4e3'", "");
    DestinationColumn other =
        new DestinationColumn("c", "varchar", false, false, "utf8mb4_bin", Engine.OCEANBASE);
    DestinationColumn same =
        new DestinationColumn("c", "varchar", false, false, "gbk_bin", Engine.OCEANBASE);
    assertThrows(
        DataException.class,
        () -> LiteralsTest.sql(sql -> LiteralEncoders.of(schema, other).append(sql, value)));
    assertEquals(
        "_gbk x'c4e3'",
        LiteralsTest.sql(sql -> LiteralEncoders.of(schema, same).append(sql, value)));
  }

  @Test
  void headerThatCannotBeReadIsRefused() {
    RowChange change = change(Operation.INSERT, null, row(0, "x"));
    assertThrows(DataException.class, () -> apply(change, "\"after.d=0000-00-00\""));
    assertThrows(DataException.class, () -> apply(change, 5));
  }
}
