package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatementChunksTest {
  private static final String HEAD = "H ";
  private static final String TAIL = " T";

  private static List<String> pack(List<String> tuples, int maxChars) {
    return pack(tuples, maxChars, StatementChunks.TOGETHER);
  }

  private static List<String> pack(List<String> tuples, int maxChars, IntUnaryOperator split) {
    StatementChunks chunks =
        new StatementChunks(HEAD, TAIL, new StatementBuffer(maxChars), tuples.size(), split);
    tuples.forEach(tuple -> chunks.append(sql -> sql.append(tuple)));
    return chunks.statements();
  }

  @Test
  void nothingMakesNoStatement() {
    assertEquals(List.of(), pack(List.of(), 10));
  }

  @Test
  void tupleThatWouldCrossTheLimitBeginsAnotherStatement() {
    assertEquals(
        List.of("H (1),(2) T", "H (3) T"),
        pack(List.of("(1)", "(2)", "(3)"), "H (1),(2)".length()));
  }

  @Test
  void longTupleStandsAlone() {
    assertEquals(
        List.of("H (1) T", "H (22222222) T", "H (3) T"),
        pack(List.of("(1)", "(22222222)", "(3)"), 10));
  }

  @Test
  void tupleTooManyBeginsAnotherStatement() {
    assertEquals(
        List.of("H (1),(2) T", "H (3),(4) T", "H (5) T"),
        pack(List.of("(1)", "(2)", "(3)", "(4)", "(5)"), 100, left -> Math.min(2, left)));
  }

  @Test
  void roundedNumbersArePowersOfTwo() {
    List<Integer> sizes = new ArrayList<>();
    for (String statement :
        pack(Collections.nCopies(1_255, "1"), 1_000_000, StatementChunks.ROUNDED)) {
      sizes.add(statement.split(",").length);
    }
    assertEquals(List.of(512, 512, 128, 64, 32, 8), sizes);
  }

  @Test
  void lastTupleIsRepeatedUpToAPowerOfTwoWithinTheLimit() {
    List<String> tuples = List.of("(1)", "(2)", "(3)");
    assertEquals(List.of("H (1),(2),(3),(3) T"), pack(tuples, 100, StatementChunks.ROUNDED));
    assertEquals(
        List.of("H (1),(2),(3) T"),
        pack(tuples, "H (1),(2),(3)".length(), StatementChunks.ROUNDED));
  }

  /**
   * Laws: every tuple once and in order, but for the last one, which may be repeated; no statement
   * over the limits but for a lone tuple.
   */
  @Property
  void allTuplesInOrderWithinTheLimit(
      @ForAll @Size(max = 40) List<@IntRange(max = 100_000_000) Integer> numbers,
      @ForAll @IntRange(min = 1, max = 60) int maxChars,
      @ForAll @IntRange(min = 1, max = 6) int maxTuples,
      @ForAll boolean rounded) {
    IntUnaryOperator split =
        left -> rounded ? StatementChunks.ROUNDED.applyAsInt(left) : Math.min(left, maxTuples);
    List<String> tuples = numbers.stream().map(n -> "(" + n + ")").toList();
    List<String> unpacked = new ArrayList<>();
    for (String statement : pack(tuples, maxChars, split)) {
      assertTrue(statement.startsWith(HEAD) && statement.endsWith(TAIL), statement);
      String values = statement.substring(HEAD.length(), statement.length() - TAIL.length());
      List<String> parts = List.of(values.split("(?<=\\)),", -1));
      assertTrue(parts.size() == 1 || statement.length() - TAIL.length() <= maxChars, statement);
      assertTrue(parts.size() <= split.applyAsInt(tuples.size() - unpacked.size()), statement);
      List<String> repeated = new ArrayList<>(parts);
      int left = tuples.size() - unpacked.size();
      unpacked.addAll(parts.subList(0, Math.min(left, parts.size())));
      repeated.subList(0, Math.min(left, parts.size())).clear();
      repeated.forEach(part -> assertEquals(tuples.get(tuples.size() - 1), part));
    }
    assertEquals(tuples, unpacked);
  }
}
