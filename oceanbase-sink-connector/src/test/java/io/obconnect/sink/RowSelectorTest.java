package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class RowSelectorTest {

  static Selection selection(String... options) {
    Map<String, String> properties = new HashMap<>();
    properties.put(ConnectionOptions.ADDRESSES, "a:1");
    properties.put(ConnectionOptions.USERNAME, "u");
    for (int i = 0; i < options.length; i += 2) {
      properties.put(options[i], options[i + 1]);
    }
    return new OceanBaseSinkConfig(properties).selection();
  }

  private static RowSelector selector(String... options) {
    return new RowSelector(selection(options), Changes.TABLE, Changes.plan());
  }

  private static RowSelector positive() {
    return selector("row.filter", "shop.orders: v > 0");
  }

  private static RowChange update(Struct before, Struct after) {
    return new RowChange(
        Changes.TABLE, Operation.UPDATE, Changes.key(2), before, after, Changes.source());
  }

  private static List<String> names(Struct row) {
    return row.schema().fields().stream().map(Field::name).toList();
  }

  @Test
  void withoutOptionsRowsStayAsTheyAre() {
    RowChange change = update(Changes.row(1, 5), Changes.row(2, 6));
    RowChange selected = selector().select(change).orElseThrow();
    assertEquals(change, selected);
    assertSame(change.after(), selected.after(), "nothing is copied");
    assertSame(change.key(), selected.key());
  }

  @Test
  void changesOfRowsThatWereNeverInAreDropped() {
    assertEquals(Optional.empty(), positive().select(Changes.upsert(1, 0)));
    assertEquals(
        Optional.empty(), positive().select(update(Changes.row(1, 0), Changes.row(1, null))));
    assertEquals(Optional.empty(), positive().select(Changes.delete(1)));
  }

  @Test
  void rowThatEntersIsInserted() {
    RowChange change =
        positive().select(update(Changes.row(1, 0), Changes.row(2, 6))).orElseThrow();
    assertEquals(Operation.INSERT, change.operation());
    assertNull(change.before(), "the destination has no row to leave");
    assertEquals(Changes.row(2, 6), change.after());
  }

  /** The record's key is the new one; the destination has the row under the old one. */
  @Test
  void rowThatLeavesIsDeletedWhereItWas() {
    RowChange change =
        positive().select(update(Changes.row(1, 5), Changes.row(2, 0))).orElseThrow();
    assertEquals(Operation.DELETE, change.operation());
    assertEquals("(1)", new TableRouter(Changes.plan()).key(change).sql());
    assertNull(change.after());
  }

  @Test
  void rowThatMayHaveBeenInIsDeletedByItsKey() {
    RowChange change = positive().select(update(null, Changes.row(2, 0))).orElseThrow();
    assertEquals(Operation.DELETE, change.operation());
    assertEquals("(2)", new TableRouter(Changes.plan()).key(change).sql());
  }

  @Test
  void rowThatMayHaveBeenInIsWrittenAsAnUpdate() {
    RowChange change = update(null, Changes.row(2, 6));
    assertEquals(Optional.of(change), positive().select(change));
  }

  @Test
  void columnsGetTheirNewNamesInKeyAndRows() {
    RowSelector selector = selector("columns.rename", "shop.orders.ID -> no, shop.*.v -> w");
    RowChange change =
        selector.select(update(Changes.row(1, null), Changes.row(2, 6))).orElseThrow();
    assertEquals(List.of("no"), names(change.key()));
    assertEquals(List.of("no", "w"), names(change.before()));
    assertEquals(1L, change.before().get("no"));
    assertNull(change.before().get("w"));
    assertEquals(6, change.after().get("w"));
  }

  @Test
  void filterReadsColumnsThatAreLeftOut() {
    RowSelector selector =
        selector("row.filter", "shop.orders: V = 5", "columns.exclude", "shop.orders.v");
    RowChange change = selector.select(Changes.upsert(1, 5)).orElseThrow();
    assertEquals(List.of("id"), names(change.after()));
    assertEquals(Optional.empty(), selector.select(Changes.upsert(1, 6)));
  }

  /** KAFKA-8713. */
  @Test
  void nullStaysNullWhereTheSchemaHasADefault() {
    Schema schema =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("v", SchemaBuilder.int32().optional().defaultValue(42).build())
            .build();
    Struct row = new Struct(schema).put("id", 1L).put("v", null);
    RowChange change =
        selector("columns.rename", "shop.orders.v -> w").select(update(null, row)).orElseThrow();
    assertNull(change.after().getWithoutDefault("w"));
  }

  @Test
  void unsignedColumnsAreKnownFromTheDestinationUnderTheirNewNames() {
    DestinationColumn unsigned =
        new DestinationColumn("no", "bigint", true, false, "", Engine.MYSQL);
    RowSelector selector =
        new RowSelector(
            selection("row.filter", "*.*: id > 5", "columns.rename", "*.*.id -> no"),
            Changes.TABLE,
            Changes.plan(unsigned));
    assertTrue(selector.select(Changes.upsert(-1, 0)).isPresent());
  }

  @Test
  void rulesThatDoNotFitTheRowsAreRefused() {
    for (RowSelector selector :
        List.of(
            selector("row.filter", "*.*: nope = 1"),
            selector("columns.rename", "shop.orders.v -> ID"),
            selector("columns.exclude", "shop.orders.*"))) {
      assertThrows(IllegalArgumentException.class, () -> selector.select(Changes.upsert(1, 5)));
    }
  }

  @Test
  void rowThatLacksAnUntouchedValueStillDoesWithOtherNames() {
    Schema partial = PartialRow.schemaWithout(Changes.ROW, Set.of("v"));
    Struct row = PartialRow.project(partial, Changes.row(1, 5));
    RowChange change =
        selector("columns.rename", "shop.orders.id -> number")
            .select(update(null, row))
            .orElseThrow();
    assertEquals(List.of("number"), names(change.after()));
    assertTrue(PartialRow.is(change.after()), "else it would be written as a whole row");
  }

  @Test
  void filterCannotDecideOnAValueThatTheSourceDidNotSend() {
    Schema partial = PartialRow.schemaWithout(Changes.ROW, Set.of("v"));
    RowChange change = update(null, PartialRow.project(partial, Changes.row(1, 5)));
    RowSelector positive = positive();
    String reason =
        assertThrows(IllegalArgumentException.class, () -> positive.select(change)).getMessage();
    assertTrue(reason.contains("REPLICA IDENTITY FULL"), reason);
  }
}
