package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFiltersTest {

  private static String where(String option, String database, String table) {
    return RowFilters.parse(option)
        .of(new TableId(database, table))
        .map(RowFilter::toString)
        .orElse("none");
  }

  @Test
  void withoutEntriesAllRowsAreKept() {
    assertEquals("none", where("", "shop", "orders"));
    assertEquals("none", where(" ;\n ; ", "shop", "orders"));
  }

  @Test
  void firstEntryThatFitsDecides() {
    String option = "shop.orders, crm.*: id < 1; shop.*: id < 2\n*.*: id < 3";
    assertEquals("id < 1", where(option, "shop", "orders"));
    assertEquals("id < 1", where(option, "crm", "users"));
    assertEquals("id < 2", where(option, "shop", "items"));
    assertEquals("id < 3", where(option, "x", "y"));
  }

  @Test
  void separatorsInsideOfQuotesStandForThemselves() {
    assertEquals("a = ';\n:'", where("s.t: a = ';\n:'; s.u: b = 1", "s", "t"));
    assertEquals("a = 'it''s;' ", where("s.t: a = 'it''s;' ;", "s", "t") + " ");
    assertEquals("a = 'q\\';'", where("s.t: a = 'q\\';'", "s", "t"));
    assertEquals("`a;b` = \";\"", where("s.t: `a;b` = \";\"", "s", "t"));
    assertEquals("a = 1", where("`s:x`.`t;y`: a = 1", "s:x", "t;y"));
    assertEquals("a = 1", where("/s\\.(t|:|;)/: a = 1", "s", ";"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amount > 10 | is no row filter",
        ": amount > 10 | is no row filter",
        "shop.orders: | its text is empty",
        "orders: a = 1 | is not of the form",
        "shop.orders: a = = 1 | shop.orders",
        "shop.orders: a = 'x | lacks its closing",
        "shop.orders: a = 1; b = 2 | is no row filter"
      })
  void mistakesAreNamed(String option, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> RowFilters.parse(option)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void namesOfColumnsAreNotTheFiltersConcernBeforeTheTableIsKnown() {
    assertEquals(
        Optional.of(1),
        RowFilters.parse("s.t: nope = 1").of(new TableId("s", "t")).map(f -> f.columns().size()));
  }
}
