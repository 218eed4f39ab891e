package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Compiles the text of a row filter, along MySQL's grammar ({@code sql_yacc.yy}: expr, bool_pri,
 * predicate). Terms below predicates are read by {@link FilterTermParser}.
 *
 * <p>Not by Druid's parser: of {@code ! ! a} it keeps one negation, it reads {@code a BETWEEN 1 AND
 * 2 = b} as {@code a BETWEEN 1 AND (2 = b)}, and it leaves COLLATE out, all without an error. In a
 * filter such a mistake silently loses rows.
 */
final class FilterParser {

  private static final Map<String, IntPredicate> COMPARISONS =
      Map.of(
          "=", order -> order == 0,
          "<>", order -> order != 0,
          "!=", order -> order != 0,
          "<", order -> order < 0,
          "<=", order -> order <= 0,
          ">", order -> order > 0,
          ">=", order -> order >= 0);

  private static final List<String> NEGATABLE = List.of("IN", "BETWEEN", "LIKE", "REGEXP", "RLIKE");

  private static final int BACKSLASH = '\\';

  private final FilterCursor cursor;
  private final FilterTermParser terms;
  private final Set<String> columns = new LinkedHashSet<>();

  private FilterParser(String sql) {
    this.cursor = new FilterCursor(FilterScanner.scan(sql));
    this.terms = new FilterTermParser(cursor, this::expression, columns);
  }

  /** A compiled filter and the columns it reads, as it spells them. */
  record Compiled(FilterExpression expression, Set<String> columns) {}

  /**
   * Compiles a filter.
   *
   * @throws RowFilterException when it is not understood
   */
  static Compiled compile(String sql) {
    FilterParser parser = new FilterParser(sql);
    FilterExpression expression = parser.expression();
    if (parser.cursor.peek().kind() != FilterToken.Kind.END) {
      throw parser.cursor.peek().error("an operator or the end is expected here");
    }
    return new Compiled(expression, parser.columns);
  }

  private FilterExpression expression() {
    return chain(
        () ->
            chain(
                () -> chain(this::negation, FilterLogic::and, "AND", "&&"),
                FilterLogic::xor,
                "XOR",
                "XOR"),
        FilterLogic::or,
        "OR",
        "||");
  }

  /** Operands between one operator become one node, so that a long list nests no deeper. */
  private FilterExpression chain(
      FilterTermParser.Rule operand,
      Function<List<FilterExpression>, FilterExpression> join,
      String word,
      String symbol) {
    FilterExpression first = operand.read();
    List<FilterExpression> operands = new ArrayList<>(List.of(first));
    while (cursor.acceptWord(word) || cursor.acceptSymbol(symbol)) {
      operands.add(operand.read());
    }
    return operands.size() == 1 ? first : join.apply(List.copyOf(operands));
  }

  private FilterExpression negation() {
    return cursor.acceptWord("NOT") ? terms.nested(() -> FilterLogic.not(negation())) : truthTest();
  }

  private FilterExpression truthTest() {
    FilterExpression operand = comparison();
    if (!cursor.acceptWord("IS")) {
      return operand;
    }
    boolean not = cursor.acceptWord("NOT");
    FilterToken wanted = cursor.next();
    FilterExpression test;
    if (wanted.isWord("UNKNOWN")) {
      test = row -> FilterLogic.truth(operand.value(row)) == null;
    } else if (wanted.isWord("TRUE") || wanted.isWord("FALSE")) {
      test = FilterLogic.is(operand, wanted.isWord("TRUE"));
    } else {
      throw wanted.error("NULL, TRUE, FALSE or UNKNOWN is expected behind IS");
    }
    return not ? FilterLogic.not(test) : test;
  }

  private FilterExpression comparison() {
    FilterExpression left = predicate();
    for (int length = 1; ; length++) {
      FilterToken operator = cursor.peek();
      if (cursor.acceptIsNull()) {
        left = FilterLogic.isNull(left);
      } else if (cursor.acceptIsNotNull()) {
        left = FilterLogic.not(FilterLogic.isNull(left));
      } else if (cursor.acceptSymbol("<=>")) {
        left = FilterComparison.nullSafe(left, comparand());
      } else if (operator.kind() == FilterToken.Kind.SYMBOL
          && COMPARISONS.containsKey(operator.text())) {
        cursor.next();
        left = FilterComparison.of(left, comparand(), COMPARISONS.get(operator.text()));
      } else {
        return left;
      }
      terms.chained(length);
    }
  }

  private FilterExpression comparand() {
    FilterToken start = cursor.peek();
    if (start.isWord("ANY") || start.isWord("SOME") || start.isWord("ALL")) {
      throw start.error("a filter sees one row of one table; subqueries are not supported");
    }
    return predicate();
  }

  private FilterExpression predicate() {
    FilterExpression operand = terms.bits();
    boolean not = NEGATABLE.stream().anyMatch(cursor::isNot);
    if (not) {
      cursor.next();
    }
    FilterExpression result = predicate(operand);
    return not ? FilterLogic.not(result) : result;
  }

  private FilterExpression predicate(FilterExpression operand) {
    if (cursor.acceptWord("IN")) {
      cursor.expectSymbol("(");
      return FilterLogic.in(operand, terms.list());
    }
    if (cursor.acceptWord("BETWEEN")) {
      FilterExpression low = terms.bits();
      cursor.expectWord("AND");
      return FilterLogic.between(operand, low, terms.nested(this::predicate));
    }
    if (cursor.acceptWord("LIKE")) {
      return like(operand);
    }
    if (cursor.acceptWord("REGEXP") || cursor.acceptWord("RLIKE")) {
      return FilterTextFunctions.regexpLike(List.of(operand, terms.bits()));
    }
    return operand;
  }

  private FilterExpression like(FilterExpression operand) {
    FilterExpression pattern = terms.simple();
    int escape = cursor.acceptWord("ESCAPE") ? escape() : BACKSLASH;
    return FilterFunctions.strict(
        List.of(operand, pattern),
        values -> FilterLike.matches(values.get(0), values.get(1), escape));
  }

  /** An empty text means that there is no escape character. */
  private int escape() {
    FilterToken token = cursor.next();
    if (token.kind() != FilterToken.Kind.STRING
        || token.text().codePointCount(0, token.text().length()) > 1) {
      throw token.error("ESCAPE needs one character between quotes");
    }
    return token.text().isEmpty() ? FilterLike.NO_ESCAPE : token.text().codePointAt(0);
  }
}
