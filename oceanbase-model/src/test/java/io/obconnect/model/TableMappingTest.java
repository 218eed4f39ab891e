package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
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
  void rulesThatKeepAllChangeNothing() {
    ColumnSelector all = ColumnSelector.parse("*.*.*", "", "");
    for (String text : List.of(ServerTexts.WIDE, ServerTexts.CHINESE, ServerTexts.PARTITIONED)) {
      TableDefinition source =
          ((DdlStatement.CreateTable) new DdlParser().parse(text, "shop").get(0)).table();
      assertEquals(new TableMapping(source, List.of()), TableMapping.map(source, source.id(), all));
    }
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

  private static TableMapping map(TableDefinition source, String exclude, String rename) {
    return TableMapping.map(source, source.id(), ColumnSelector.parse("", exclude, rename));
  }

  private static final TableDefinition LINES =
      table(
          "id INT, a INT, b INT, customer INT, total INT AS (a + b), half INT DEFAULT (b / 2),"
              + " KEY f (id, (a * 2)), UNIQUE KEY g ((b + 1)), CHECK (a > 0), CHECK (b > 0),"
              + " CHECK (id > 0) NOT ENFORCED, FOREIGN KEY (a) REFERENCES p (x), FOREIGN KEY (customer)"
              + " REFERENCES customers (id), FOREIGN KEY (b) REFERENCES p (x)) PARTITION BY RANGE"
              + " (id + a) (PARTITION a VALUES LESS THAN (5)");

  @Test
  void newNamesStandInExpressionsAndConstraintsToo() {
    assertEquals(
        table(
            "id INT, `a b` INT, b INT, customer INT, total INT AS (`a b` + b), half INT DEFAULT (b"
                + " / 2), KEY f (id, (`a b` * 2)), UNIQUE KEY g ((b + 1)), CHECK (`a b` > 0),"
                + " CHECK (b > 0), CHECK (id > 0) NOT ENFORCED, FOREIGN KEY (`a b`) REFERENCES p"
                + " (x), FOREIGN KEY (customer) REFERENCES customers (no), FOREIGN KEY (b)"
                + " REFERENCES p (x)) PARTITION BY RANGE (id + `a b`) (PARTITION a VALUES LESS"
                + " THAN (5)"),
        map(LINES, "", "shop.orders.a -> `a b`, shop.customers.id -> no").table());
  }

  /** The names of constraints are those that the source's server gave: it counted all. */
  @Test
  void whatNamesAnExcludedColumnIsLeftOutAndReported() {
    TableMapping mapping = map(LINES, "shop.orders.a, shop.customers.id", "");
    assertEquals(
        table(
                "id INT, b INT, customer INT, total INT, half INT DEFAULT (b / 2), UNIQUE KEY g ((b"
                    + " + 1)), CONSTRAINT orders_chk_2 CHECK (b > 0), CONSTRAINT orders_chk_3 CHECK"
                    + " (id > 0) NOT ENFORCED, CONSTRAINT orders_ibfk_3 FOREIGN KEY (b) REFERENCES"
                    + " p (x)")
            .withPartitioning(Optional.empty()),
        mapping.table());
    assertEquals(
        List.of(
            "column `a`: the column is left out (as configured)",
            "column `total`: GENERATED ALWAYS AS (a + b) VIRTUAL -> plain column (`a` is left out;"
                + " the values arrive computed in the change records)",
            "index `f`: key is left out (`a` is left out)",
            "foreign key `orders_ibfk_1`: FOREIGN KEY (`a`) REFERENCES `shop`.`p` (`x`) is left out"
                + " (`a` is left out)",
            "foreign key `orders_ibfk_2`: FOREIGN KEY (`customer`) REFERENCES `shop`.`customers`"
                + " (`id`) is left out (`id` is left out of `shop`.`customers`)",
            "check `orders_chk_1`: CHECK (a > 0) is left out (`a` is left out; the source enforces"
                + " it)",
            "table: PARTITION BY RANGE (id + a) (PARTITION a VALUES LESS THAN (5)) is left out (`a`"
                + " is left out)"),
        mapping.rewrites().stream().map(Rewrite::toString).toList());
  }

  @Test
  void defaultsAndUniqueExpressionsOfAnExcludedColumnAreLeftOutAndReported() {
    TableMapping mapping = map(LINES, "shop.orders.b", "");
    assertEquals(
        new ColumnDefault.None(), mapping.table().column("half").orElseThrow().defaultValue());
    assertEquals(Optional.empty(), mapping.table().index("g"));
    String rewrites = mapping.rewrites().toString();
    assertTrue(rewrites.contains("column `half`: DEFAULT (b / 2) is left out"), rewrites);
    assertTrue(rewrites.contains("the destination does not enforce it"), rewrites);
  }

  /** What the server prints names types, functions and partitions like the columns. */
  @Test
  void wordsThatReadLikeAnExcludedColumnAreNoColumns() {
    TableDefinition source =
        table(
            "`id` int, `date` int, `n` int, KEY `k` ((cast(`n` as date))), CHECK ((date(`n`) > date"
                + " '2020-01-01')) ) PARTITION BY HASH (`n`) (PARTITION date");
    TableMapping mapping = map(source, "shop.orders.date", "");
    assertEquals(source.checks(), mapping.table().checks());
    assertEquals(source.indexes(), mapping.table().indexes());
    assertEquals(source.partitioning(), mapping.table().partitioning());
  }
}
