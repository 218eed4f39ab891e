package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameSelectionTest {

  private static TableId id(String database, String table) {
    return new TableId(database, table);
  }

  private static boolean selected(String include, String exclude, TableId table) {
    return TableSelector.parse(include, exclude).decide(table).selected();
  }

  private static void assertRefused(String expected, Executable parse) {
    String message = assertThrows(IllegalArgumentException.class, parse).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop.orders | shop | orders | true",
        "shop.orders | shop | Orders | false",
        "shop.orders | shop | orders2 | false",
        "shop.* | shop | 中文 | true",
        "shop.* | shopx | a | false",
        "shop.o*s | shop | orders | true",
        "shop.order? | shop | orders | true",
        "shop.order? | shop | order | false",
        "shop.t[0-9] | shop | t5 | true",
        "shop.t[a,b] | shop | tb | true",
        "shop.t[!0-9] | shop | t5 | false",
        "shop.t[!0-9] | shop | tx | true",
        "shop.t[^a] | shop | t^ | true",
        "shop_[0-9].* | shop_1 | t | true",
        "shop.a+b(c) | shop | a+b(c) | true",
        "`my.db`.`a*` | my.db | a* | true",
        "`my.db`.`a*` | my.db | ab | false",
        "`a``b`.t | a`b | t | true",
        "/shop\\.[ab]{1,2}/ | shop | ab | true",
        "/shop\\.a/ | shop | ab | false",
        "x.y, shop.t | shop | t | true"
      })
  void includeRules(String rules, String database, String table, boolean expected) {
    assertEquals(expected, selected(rules, "", id(database, table)));
  }

  @Test
  void excludeRulesWin() {
    TableSelector selector = TableSelector.parse("shop.*\n crm.users,", "*.*_ghc");
    assertEquals(
        new TableSelector.Decision(true, "included by the rule 'shop.*'"),
        selector.decide(id("shop", "orders")));
    assertEquals(
        new TableSelector.Decision(false, "excluded by the rule '*.*_ghc'"),
        selector.decide(id("shop", "_orders_ghc")));
    assertEquals(
        new TableSelector.Decision(false, "no include rule fits"),
        selector.decide(id("crm", "orders")));
  }

  @Test
  void withoutAnIncludeRuleEverythingIsChosen() {
    assertTrue(selected("", "a.b", id("x", "y")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "a.b.c", "a.", ".b", "a.b c.d.e", "a..b"})
  void rulesOfAnotherFormAreRefused(String rule) {
    assertRefused(
        "'" + rule + "' is not of the form database.table", () -> selected(rule, "", id("", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`a.b | lacks its closing `",
        "a.t[0-9 | lacks its closing ]",
        "/a | lacks its closing /",
        "/a(/ | is no regular expression",
        "a.t[] | brackets without a character",
        "a.t[z-a] | is no regular expression"
      })
  void brokenRulesAreRefused(String rule, String expected) {
    assertRefused(expected, () -> selected(rule, "", id("", "")));
  }

  @Test
  void theFirstMappingThatFitsDecides() {
    NameMapping mapping =
        NameMapping.parse(
            "shop.special -> other.one, shop_*.orders_* -> shop.orders,"
                + "/log_(\\d{1,2})\\.(\\w+)/ -> logs.$2_$1\n shop -> store, *.t -> *.u,"
                + "`a.b`.`c` -> `x.y`.`$1`");
    assertEquals(id("other", "one"), mapping.map(id("shop", "special")));
    assertEquals(id("shop", "orders"), mapping.map(id("shop_1", "orders_07")));
    assertEquals(id("logs", "event_12"), mapping.map(id("log_12", "event")));
    assertEquals(id("store", "t"), mapping.map(id("shop", "t")));
    assertEquals(id("crm", "u"), mapping.map(id("crm", "t")));
    assertEquals(id("x.y", "$1"), mapping.map(id("a.b", "c")));
    assertEquals(id("crm", "users"), mapping.map(id("crm", "users")));
  }

  @Test
  void mergedTablesAreFound() {
    NameMapping mapping = NameMapping.parse("shop_*.orders_* -> shop.orders");
    TableId a = id("shop_1", "orders_1");
    TableId b = id("shop_2", "orders_1");
    TableId kept = id("shop", "orders");
    assertEquals(
        Map.of(kept, List.of(a, b, kept)), mapping.merged(List.of(a, b, kept, a, id("x", "y"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b | is no mapping",
        "a.b -> | is no mapping",
        "a.b -> c.d -> e.f | is no mapping",
        "a -> c.d | right side is not of the form database,",
        "a.b -> c | right side is not of the form database.table",
        "a.b -> c.d* | is no name",
        "/(a)\\.b/ -> c.d$2 | no group $2"
      })
  void brokenMappingsAreRefused(String option, String expected) {
    assertRefused(expected, () -> NameMapping.parse(option));
  }

  @Test
  void columnsAreChosenAndRenamed() {
    ColumnSelector selector =
        ColumnSelector.parse(
            "shop.orders.id, shop.orders.t*",
            "*.*.Secret",
            "shop.*.Total -> amount, *.*.total -> x");
    TableId orders = id("shop", "orders");
    assertEquals(
        Map.of("ID", "ID", "total", "amount"),
        selector.map(orders, List.of("ID", "total", "note", "secret")));
    assertEquals(Optional.empty(), selector.map(orders, "note"));
    assertEquals(Optional.of("note"), selector.map(id("shop", "users"), "note"));
    assertEquals(Optional.of("x"), selector.map(id("crm", "users"), "total"));
    assertEquals(Optional.empty(), selector.map(id("crm", "users"), "SECRET"));
  }

  @Test
  void columnsThatMeetAreRefused() {
    ColumnSelector selector = ColumnSelector.parse("", "a.none.*", "a.b.c -> D");
    assertRefused("both get the name `d`", () -> selector.map(id("a", "b"), List.of("c", "d")));
    assertRefused("keeps no column", () -> selector.map(id("a", "none"), List.of("c")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b -> c | is not of the form database.table.column",
        "a.b.c -> d.e | new name alone",
        "a.b.c -> d* | new name alone",
        "/a.b.c/ -> d | is not of the form database.table.column"
      })
  void brokenRenamingsAreRefused(String option, String expected) {
    assertRefused(expected, () -> ColumnSelector.parse("", "", option));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop_*.orders_* -> shop.orders | shop | orders | true",
        "shop_*.orders_* -> shop.orders | SHOP | Orders | true",
        "shop_*.orders_* -> shop.orders | shop_1 | orders_1 | false",
        "shop -> store | store | anything | true",
        "shop -> store | shop | anything | false",
        "*.t_* -> *.t | a | t | true",
        "*.t_* -> *.t | a | u | false",
        "/s_(\\d)\\.t/ -> s.t_$1 | s | u | true"
      })
  void tablesThatAMappingMayGiveTheirName(
      String entries, String database, String table, boolean expected) {
    assertEquals(expected, NameMapping.parse(entries).isTarget(id(database, table)));
  }

  @Test
  void databasesAreMappedAsLongAsNoTableIsMappedAlone() {
    assertEquals(Optional.of("store"), NameMapping.parse("shop -> store").mapDatabase("shop"));
    assertEquals(Optional.of("crm"), NameMapping.parse("shop -> store").mapDatabase("crm"));
    assertEquals(Optional.empty(), NameMapping.parse("a.t -> b.t").mapDatabase("a"));
  }
}
