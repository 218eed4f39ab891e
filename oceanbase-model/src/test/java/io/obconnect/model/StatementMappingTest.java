package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns {@code secret} and {@code hidden} are left out, {@code total} becomes amount. */
class StatementMappingTest {

  private static final ColumnSelector SELECTOR =
      ColumnSelector.parse(
          "",
          "shop.orders.secret, shop.orders.hidden, shop.customers.tax",
          "shop.orders.total -> amount, shop.orders.old_total -> amount,"
              + " shop.customers.id -> customer");

  private static DdlStatement parse(String sql) {
    return new DdlParser().parse(sql, "shop").get(0);
  }

  private static StatementMapping map(String sql) {
    return StatementMapping.map(parse(sql), SELECTOR);
  }

  private static StatementMapping alter(String actions) {
    return map("ALTER TABLE orders " + actions);
  }

  private static String refusal(String actions) {
    return assertThrows(IllegalArgumentException.class, () -> alter(actions), actions).getMessage();
  }

  /** Actions, and what is left of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "add total int after region|add amount int after region",
        "add note text after total, add more int first|add note text after amount, add more int first",
        "add note text after secret|add note text",
        "add (secret int, total int)|add amount int",
        "modify total bigint after hidden|modify amount bigint",
        "change total total bigint first|modify amount bigint first",
        "change total sum bigint|change amount sum bigint",
        "change old_total total bigint|modify amount bigint",
        "rename column total to sum, rename column region to total|"
            + "rename column amount to sum, rename column region to amount",
        "drop total, drop secret|drop amount",
        "alter total set default 3, alter secret set default 4|alter amount set default 3",
        "alter total set default (region + 1), alter region set default (TOTAL + 1)|"
            + "alter amount set default (region + 1), alter region set default (`amount` + 1)",
        "alter region set default (secret + 1)|alter region drop default",
        "modify region int default (secret + 1)|modify region int",
        "alter total set invisible, alter secret set visible|alter amount set invisible",
        "add v int as (total * region), add w int default (total)|"
            + "add v int as (`amount` * region), add w int default (`amount`)",
        "add primary key (total), add key k (region, secret), add unique l (total desc)|"
            + "add primary key (amount), add unique l (amount desc)",
        "add key k ((total + 1)), add key l ((secret + 1))|add key k ((`amount` + 1))",
        "add key (total), add unique (region)|add key total (amount), add unique (region)",
        "add check (total > 0), add check (secret > 0) not enforced|add check (`amount` > 0)",
        "add constraint c check (total > 0) not enforced|"
            + "add constraint c check (`amount` > 0) not enforced",
        "add foreign key (total) references customers (id)|"
            + "add foreign key (amount) references customers (customer)",
        "add foreign key (region) references orders (total), add foreign key (hidden) references r"
            + " (x), add foreign key (region) references customers (tax)|"
            + "add foreign key (region) references orders (amount)",
        "comment 'secret', drop index secret, drop check secret, drop primary key|"
            + "comment 'secret', drop index secret, drop check secret, drop primary key",
        "partition by range (total) (partition total values less than (5))|"
            + "partition by range (`amount`) (partition total values less than (5))",
        "partition by list columns (region, total) subpartition by key algorithm = 2 (total)"
            + " (partition p values in ((1, 2)))|partition by list columns (region, `amount`)"
            + " subpartition by key algorithm = 2 (`amount`) (partition p values in ((1, 2)))",
        "drop partition secret|drop partition secret",
        "force|force",
      })
  void alterationFollowsTheColumns(String source, String expected) {
    assertEquals(
        Optional.of(parse("ALTER TABLE orders " + expected)), alter(source).statement(), source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add secret int",
        "add secret int as (total)",
        "drop secret",
        "modify secret int",
        "change secret hidden bigint",
        "rename column secret to hidden",
        "alter secret drop default",
        "alter secret set invisible",
        "add key k (secret)",
        "add unique k (region, (secret + 1))",
        "add check (secret > 0)",
        "add foreign key (region, secret) references r (x, y)",
        "add secret int, drop hidden",
        "rename column old_total to total",
      })
  void nothingIsLeftAndThatIsReported(String actions) {
    StatementMapping mapping = alter(actions);
    assertEquals(Optional.empty(), mapping.statement());
    assertTrue(!mapping.rewrites().isEmpty(), actions);
  }

  @Test
  void alterationWithoutActionsIsNoLeftOutOne() {
    DdlStatement rebuild = new DdlStatement.AlterTable(new TableId("shop", "orders"), List.of());
    assertEquals(Optional.of(rebuild), StatementMapping.map(rebuild, SELECTOR).statement());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rename column secret to open",
        "change secret open int",
        "rename column region to secret",
        "change region secret int",
      })
  void renamingAcrossTheBorderIsRefused(String actions) {
    String message = refusal(actions);
    assertTrue(message.contains("`shop`.`orders`"), message);
    assertTrue(message.contains("`secret` is left out"), message);
    assertTrue(message.contains("copy the table anew"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add v int as (secret + 1)",
        "add v int default (secret + 1)",
        "modify v int as (secret + 1) stored",
      })
  void valuesThatTheDestinationCannotComputeAreRefused(String actions) {
    String message = refusal(actions);
    assertTrue(message.contains("values of `v`"), message);
    assertTrue(message.contains("`secret` is left out"), message);
  }

  @Test
  void primaryKeyOfAColumnThatIsLeftOutIsRefused() {
    assertTrue(refusal("add primary key (region, secret)").contains("primary key"));
  }

  @Test
  void partitionsThatWouldHoldOtherRowsAreRefused() {
    assertTrue(refusal("partition by hash (secret)").contains("`secret` is left out"));
  }

  @Test
  void rewritesSayWhatIsMissingAndWhy() {
    StatementMapping mapping =
        alter(
            "add total int after secret, drop hidden, add constraint f foreign key (region)"
                + " references customers (tax), add unique u (secret), rename column old_total to"
                + " total");
    assertEquals(
        List.of(
            "column `total`: its name -> `amount` (as configured)",
            "column `total`: AFTER `secret` is left out (`secret` is left out)",
            "column `hidden`: DROP COLUMN is left out (the column is left out as configured)",
            "foreign key `f`: FOREIGN KEY (`region`) REFERENCES `shop`.`customers` (`tax`) is left"
                + " out (`tax` is left out of `shop`.`customers`)",
            "index `u`: unique is left out (`secret` is left out; the destination does not enforce"
                + " it)",
            "column `old_total`: RENAME COLUMN is left out (the destination's column keeps its"
                + " name `amount`)"),
        mapping.rewrites().stream().map(Rewrite::toString).toList());
  }

  @Test
  void wordsOfTheGrammarAreNoColumnsThatAnIncludeListLeavesOut() {
    DdlStatement alter =
        parse(
            "alter table orders add check (id is not null and cast(id as date) < date '2020-01-01'"
                + " + interval 1 day)");
    ColumnSelector onlyId = ColumnSelector.parse("shop.orders.id", "", "");
    assertEquals(Optional.of(alter), StatementMapping.map(alter, onlyId).statement());
  }

  @Test
  void createdTableIsMappedUnderItsOwnName() {
    StatementMapping mapping = map("create table if not exists orders (id int, total int)");
    assertEquals(
        Optional.of(parse("create table if not exists orders (id int, amount int)")),
        mapping.statement());
    assertEquals(1, mapping.rewrites().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table orders",
        "rename table orders to secret",
        "truncate table orders",
        "create table o like orders",
        "create view v as select total from orders",
        "alter table other add secret int, add check (total > 0)",
      })
  void statementsThatNameNoMappedColumnsStay(String sql) {
    assertEquals(new StatementMapping(Optional.of(parse(sql)), List.of()), map(sql));
  }

  @Test
  void withoutRulesTheStatementItselfIsReturned() {
    DdlStatement alter = parse("alter table orders add secret int");
    ColumnSelector none = ColumnSelector.parse("", "", "");
    assertSame(alter, StatementMapping.map(alter, none).statement().orElseThrow());
  }
}
