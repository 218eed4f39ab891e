package io.obconnect.model;

import io.obconnect.model.FilterArithmetic.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Compiles arithmetic, literals, columns and calls: MySQL's bit_expr and simple_expr. */
final class FilterTermParser {

  /** How deep a filter may nest: reading it takes some two dozen stack frames for each level. */
  private static final int MAX_DEPTH = 100;

  /** How many operators may follow another one without parentheses; each is a level, too. */
  private static final int MAX_CHAINED = 1_000;

  /** Binary operators, loosest first; those of one level associate to the left. */
  private static final List<Map<String, Operator>> LEVELS =
      List.of(
          Map.of("|", FilterArithmetic::or),
          Map.of("&", FilterArithmetic::and),
          Map.of("<<", FilterArithmetic::shiftLeft, ">>", FilterArithmetic::shiftRight),
          Map.of("+", FilterArithmetic::add, "-", FilterArithmetic::subtract),
          Map.of(
              "*", FilterArithmetic::multiply,
              "/", FilterArithmetic::divide,
              "%", FilterArithmetic::remainder,
              "DIV", FilterArithmetic::divideWhole,
              "MOD", FilterArithmetic::remainder),
          Map.of("^", FilterArithmetic::xor));

  /** Words that are no columns unless they stand between backticks. */
  private static final Set<String> RESERVED =
      Set.of(
          ("AND OR XOR NOT IS IN BETWEEN LIKE REGEXP RLIKE DIV CASE WHEN THEN ELSE BINARY COLLATE"
                  + " SELECT EXISTS INTERVAL FROM WHERE GROUP ORDER LIMIT")
              .split(" ", -1));

  /** One rule of the grammar. */
  @FunctionalInterface
  interface Rule {
    FilterExpression read();
  }

  private final FilterCursor cursor;
  private final Rule expression;
  private final Set<String> columns;
  private int depth;
  private int chained;

  /**
   * Creates the parser.
   *
   * @param expression reads what stands between parentheses
   * @param columns gets the names of the columns
   */
  FilterTermParser(FilterCursor cursor, Rule expression, Set<String> columns) {
    this.cursor = cursor;
    this.expression = expression;
    this.columns = columns;
  }

  FilterExpression nested(Rule rule) {
    limit(++depth, MAX_DEPTH);
    FilterExpression result = rule.read();
    depth--;
    return result;
  }

  /**
   * Notes that an operator is one in a row of operators, of which each has the one before as its
   * left side.
   */
  void chained(int length) {
    if (length > 1) {
      limit(++chained, MAX_CHAINED);
    }
  }

  private void limit(int levels, int most) {
    if (levels > most) {
      throw cursor.peek().error("the filter nests deeper than " + most + " levels; simplify it");
    }
  }

  FilterExpression bits() {
    return level(0);
  }

  private FilterExpression level(int level) {
    if (level == LEVELS.size()) {
      return simple();
    }
    Map<String, Operator> operators = LEVELS.get(level);
    FilterExpression left = level(level + 1);
    for (int length = 1; isOperator(cursor.peek(), operators); length++) {
      chained(length);
      Operator operator = operators.get(cursor.next().text().toUpperCase(Locale.ROOT));
      left = binary(left, level(level + 1), operator);
    }
    return left;
  }

  private static boolean isOperator(FilterToken token, Map<String, Operator> operators) {
    return (token.kind() == FilterToken.Kind.SYMBOL || token.kind() == FilterToken.Kind.WORD)
        && operators.containsKey(token.text().toUpperCase(Locale.ROOT));
  }

  private static FilterExpression binary(
      FilterExpression left, FilterExpression right, Operator operator) {
    return row -> {
      Object a = left.value(row);
      Object b = a == null ? null : right.value(row);
      return b == null ? null : operator.apply(a, b);
    };
  }

  private static FilterExpression unary(FilterExpression operand, UnaryOperator<Object> operator) {
    return row -> {
      Object value = operand.value(row);
      return value == null ? null : operator.apply(value);
    };
  }

  FilterExpression simple() {
    FilterExpression result = nested(this::unchecked);
    if (cursor.isWord("COLLATE")) {
      throw cursor
          .peek()
          .error("texts are compared by code points; use LOWER(..) to ignore upper and lower case");
    }
    return result;
  }

  private FilterExpression unchecked() {
    if (cursor.acceptSymbol("-")) {
      return unary(simple(), FilterArithmetic::negate);
    }
    if (cursor.acceptSymbol("+")) {
      return simple();
    }
    if (cursor.acceptSymbol("~")) {
      return unary(simple(), FilterArithmetic::invert);
    }
    if (cursor.acceptSymbol("!")) {
      return FilterLogic.not(simple());
    }
    if (cursor.acceptSymbol("(")) {
      return parenthesised();
    }
    if (cursor.acceptWord("CASE")) {
      return cases();
    }
    if (cursor.acceptWord("BINARY")) {
      return unary(simple(), FilterTexts::bytes);
    }
    return cursor.isCall() ? call() : primary();
  }

  private FilterExpression parenthesised() {
    refuseSubquery();
    FilterExpression inner = expression.read();
    if (cursor.peek().isSymbol(",")) {
      throw cursor
          .peek()
          .error("rows of several values are not supported; compare them one by one");
    }
    cursor.expectSymbol(")");
    return inner;
  }

  private void refuseSubquery() {
    if (cursor.isWord("SELECT") || cursor.isWord("WITH")) {
      throw cursor.peek().error("a filter sees one row of one table; subqueries are not supported");
    }
  }

  /** One or more expressions up to the closing parenthesis. */
  List<FilterExpression> list() {
    refuseSubquery();
    List<FilterExpression> list = new ArrayList<>();
    do {
      list.add(nested(expression));
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return List.copyOf(list);
  }

  private FilterExpression call() {
    FilterToken name = cursor.next();
    cursor.expectSymbol("(");
    if (name.isWord("EXISTS")) {
      refuseSubquery();
    }
    if (name.isWord("CAST") || name.isWord("CONVERT")) {
      return cast(name.isWord("CAST"));
    }
    if (isReserved(name)) {
      throw name.error("a value is expected here");
    }
    if (cursor.peek().isSymbol("*") || cursor.isWord("DISTINCT")) {
      throw FilterFunctions.refusal(name);
    }
    return FilterFunctions.call(name, cursor.acceptSymbol(")") ? List.of() : list());
  }

  private FilterExpression cast(boolean cast) {
    FilterExpression operand = expression.read();
    if (cast) {
      cursor.expectWord("AS");
    } else {
      cursor.expectSymbol(",");
    }
    FilterToken type = cursor.next();
    List<Integer> arguments = new ArrayList<>();
    if (cursor.acceptSymbol("(")) {
      do {
        arguments.add(typeArgument());
      } while (cursor.acceptSymbol(","));
      cursor.expectSymbol(")");
    }
    boolean integer = type.isWord("SIGNED") || type.isWord("UNSIGNED");
    if (integer && !cursor.acceptWord("INTEGER")) {
      cursor.acceptWord("INT");
    }
    cursor.expectSymbol(")");
    return unary(operand, FilterCasts.to(type, arguments));
  }

  private int typeArgument() {
    FilterToken token = cursor.next();
    if (token.kind() != FilterToken.Kind.INTEGER || token.text().length() > 8) {
      throw token.error("a small number is expected here");
    }
    return Integer.parseInt(token.text());
  }

  private FilterExpression primary() {
    if (cursor.isTextOf("DATE") || cursor.isTextOf("TIME") || cursor.isTextOf("TIMESTAMP")) {
      return FilterLiterals.temporal(cursor.next(), cursor.next().text());
    }
    FilterToken token = cursor.next();
    return switch (token.kind()) {
      case INTEGER, DECIMAL, DOUBLE, HEX, BITS -> FilterLiterals.number(token);
      case STRING -> new FilterExpression.Literal(text(token));
      case NAME -> column(token);
      case WORD -> word(token);
      case SYMBOL, END -> throw token.error("a value is expected here");
    };
  }

  /** Texts that follow each other are one. */
  private String text(FilterToken first) {
    StringBuilder text = new StringBuilder(first.text());
    while (cursor.peek().kind() == FilterToken.Kind.STRING) {
      text.append(cursor.next().text());
    }
    return text.toString();
  }

  private FilterExpression word(FilterToken word) {
    if (word.isWord("NULL")) {
      return new FilterExpression.Literal(null);
    }
    if (word.isWord("TRUE") || word.isWord("FALSE")) {
      return new FilterExpression.Literal(word.isWord("TRUE"));
    }
    if (word.isWord("INTERVAL")) {
      throw word.error("intervals are not supported; write the date as a literal");
    }
    if (FilterFunctions.isUnstableWord(word.text())) {
      throw FilterFunctions.refusal(word);
    }
    if (isReserved(word)) {
      throw word.error("a value is expected here; write a column of this name between backticks");
    }
    return column(word);
  }

  private static boolean isReserved(FilterToken word) {
    return RESERVED.contains(word.text().toUpperCase(Locale.ROOT));
  }

  private FilterExpression column(FilterToken name) {
    if (cursor.peek().isSymbol(".")) {
      throw name.error("write the column alone: a filter is for one table, whatever its name");
    }
    columns.add(name.text());
    return new FilterExpression.Column(name.text());
  }

  private FilterExpression cases() {
    FilterExpression subject = cursor.isWord("WHEN") ? null : expression.read();
    List<FilterConditions.Branch> branches = new ArrayList<>();
    do {
      cursor.expectWord("WHEN");
      FilterExpression condition = expression.read();
      cursor.expectWord("THEN");
      FilterExpression test =
          subject == null
              ? condition
              : FilterComparison.of(subject, condition, order -> order == 0);
      branches.add(new FilterConditions.Branch(test, expression.read()));
    } while (cursor.isWord("WHEN"));
    FilterExpression otherwise =
        cursor.acceptWord("ELSE") ? expression.read() : new FilterExpression.Literal(null);
    cursor.expectWord("END");
    return FilterConditions.cases(branches, otherwise);
  }
}
