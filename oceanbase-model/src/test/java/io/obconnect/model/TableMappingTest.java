package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableMappingTest {

  private static final TableId TARGET = new TableId("store", "sales");

  private static TableDefinition table(String elements) {
    String sql = "CREATE TABLE shop.orders (" + elements + ")";
    return ((DdlStatement.CreateTable) new DdlParser().parse(sql, "shop").get(0)).table();
  }

  private static final TableDefinition ORDERS =
      table(
          "Id INT, total INT, region VARCHAR(9), note TEXT, PRIMARY KEY (Id), KEY by_total (total),"
              + " UNIQUE KEY u (region(3), total DESC), KEY by_region (region)");

  private static TableMapping map(String include, String exclude, String rename) {
    return TableMapping.map(ORDERS, TARGET, ColumnSelector.parse(include, exclude, rename));
  }

  private static List<String> columns(TableMapping mapping) {
    return mapping.table().columns().stream().map(ColumnDefinition::name).toList();
  }

  private static List<String> indexes(TableMapping mapping) {
    return mapping.table().indexes().stream()
        .map(index -> index.name() + index.parts().stream().map(IndexPart::render).toList())
        .toList();
  }

  @Test
  void withoutRulesOnlyTheTablesNameChanges() {
    TableMapping mapping = map("", "", "");
    assertEquals(TARGET, mapping.table().id());
    assertEquals(ORDERS.columns(), mapping.table().columns());
    assertEquals(ORDERS.indexes(), mapping.table().indexes());
    assertEquals(1, mapping.rewrites().size(), mapping.rewrites().toString());
    assertEquals(
        List.of(),
        TableMapping.map(ORDERS, ORDERS.id(), ColumnSelector.parse("", "", "")).rewrites());
  }

  @Test
  void columnsAreRenamedInTheirIndexesToo() {
    TableMapping mapping = map("", "", "shop.orders.ID -> no, shop.orders.region -> `the region`");
    assertEquals(List.of("no", "total", "the region", "note"), columns(mapping));
    assertEquals(
        List.of(
            "PRIMARY[`no`]",
            "by_total[`total`]",
            "u[`the region`(3), `total` DESC]",
            "by_region[`the region`]"),
        indexes(mapping));
  }

  @Test
  void indexesThatNeedAnExcludedColumnAreLeftOutAndReported() {
    TableMapping mapping = map("", "shop.*.total", "");
    assertEquals(List.of("Id", "region", "note"), columns(mapping));
    assertEquals(List.of("PRIMARY[`Id`]", "by_region[`region`]"), indexes(mapping));
    String rewrites = mapping.rewrites().toString();
    assertTrue(rewrites.contains("column `total`: the column is left out"), rewrites);
    assertTrue(rewrites.contains("index `by_total`"), rewrites);
    assertTrue(rewrites.contains("index `u`"), rewrites);
  }

  @Test
  void columnOfThePrimaryKeyCannotBeLeftOut() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> map("", "shop.orders.id", ""))
            .getMessage();
    assertTrue(message.contains("primary key"), message);
    assertTrue(message.contains("`shop`.`orders`"), message);
  }
}
