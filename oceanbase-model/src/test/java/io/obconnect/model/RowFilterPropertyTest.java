package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of SQL's logic of three values and of the orders of values. */
class RowFilterPropertyTest {

  private static final Map<String, RowFilter> COMPILED = new ConcurrentHashMap<>();

  private static RowFilter compiled(String where) {
    return COMPILED.computeIfAbsent(where, RowFilter::compile);
  }

  /** TRUE, FALSE and unknown as one text. */
  private static String truth(String condition, Object a, Object b, Object c) {
    Map<String, Object> row = new HashMap<>();
    row.put("a", a);
    row.put("b", b);
    row.put("c", c);
    boolean yes = compiled("(" + condition + ") IS TRUE").passes(row::get);
    boolean no = compiled("(" + condition + ") IS FALSE").passes(row::get);
    boolean unknown = compiled("(" + condition + ") IS UNKNOWN").passes(row::get);
    assertEquals(1, List.of(yes, no, unknown).stream().filter(x -> x).count(), condition);
    return yes ? "true" : no ? "false" : "unknown";
  }

  private static void same(String left, String right, Object a, Object b, Object c) {
    assertEquals(truth(left, a, b, c), truth(right, a, b, c), left + " and " + right);
  }

  @Provide
  Arbitrary<Object> numbers() {
    return Arbitraries.<Object>of(
            0L,
            1L,
            -1L,
            3L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            BigInteger.TWO.pow(63),
            new BigDecimal("2.50"),
            new BigDecimal("-0.1"),
            2.5,
            -0.0,
            1e300,
            "3",
            "2.5x",
            "",
            true)
        .injectNull(0.15);
  }

  @Provide
  Arbitrary<Object> texts() {
    return Arbitraries.<Object>of("", " ", "a", "A", "a ", "a\t", "ab", "ä", "😀", "\uffee")
        .injectNull(0.15);
  }

  @Provide
  Arbitrary<Object> dates() {
    return Arbitraries.<Object>of(
            LocalDate.of(2024, 1, 1),
            LocalDate.of(2024, 2, 29),
            LocalDateTime.of(2024, 1, 1, 0, 0),
            LocalDateTime.of(2024, 1, 1, 0, 0, 1),
            "2024-01-01",
            "2024-02-29 00:00:00")
        .injectNull(0.15);
  }

  @Property
  void deMorgan(
      @ForAll("numbers") Object a, @ForAll("numbers") Object b, @ForAll("numbers") Object c) {
    same("NOT (a AND b)", "NOT a OR NOT b", a, b, c);
    same("NOT (a OR b)", "NOT a AND NOT b", a, b, c);
    same("NOT (a > b AND b > c)", "a <= b OR b <= c", a, b, c);
    same("a XOR b", "(a OR b) AND NOT (a AND b)", a, b, c);
    same("NOT NOT a", "a", a, b, c);
    same("! ! a", "NOT NOT a", a, b, c);
  }

  @Property
  void betweenAndInAreTheirComparisons(
      @ForAll("numbers") Object a, @ForAll("numbers") Object b, @ForAll("numbers") Object c) {
    same("a BETWEEN b AND c", "a >= b AND a <= c", a, b, c);
    same("a NOT BETWEEN b AND c", "a < b OR a > c", a, b, c);
    same("a IN (b, c)", "a = b OR a = c", a, b, c);
    same("a NOT IN (b, c)", "a <> b AND a <> c", a, b, c);
    same("a NOT IN (b, NULL)", "a <> b AND NULL", a, b, c);
  }

  @Property
  void comparisonsOfTextsAreOneOrder(
      @ForAll("texts") Object a, @ForAll("texts") Object b, @ForAll("texts") Object c) {
    assertOrder(a, b, c);
  }

  @Property
  void comparisonsOfDatesAreOneOrder(
      @ForAll("dates") Object a, @ForAll("dates") Object b, @ForAll("dates") Object c) {
    same("a < b", "b > a", a, b, c);
    same("a = b", "b = a", a, b, c);
  }

  private static void assertOrder(Object a, Object b, Object c) {
    same("a < b", "b > a", a, b, c);
    same("a <= b", "NOT a > b", a, b, c);
    same("a <> b", "a < b OR a > b", a, b, c);
    same("(a < b AND b < c AND NOT a < c) IS TRUE", "FALSE", a, b, c);
    same("a <=> b", "(a = b OR a IS NULL AND b IS NULL) IS TRUE", a, b, c);
  }

  @Property
  void comparisonsOfNumbersAreReversible(
      @ForAll("numbers") Object a, @ForAll("numbers") Object b, @ForAll("numbers") Object c) {
    same("a < b", "b > a", a, b, c);
    same("a <= b", "NOT a > b", a, b, c);
    same("a + b", "b + a", a, b, c);
  }
}
