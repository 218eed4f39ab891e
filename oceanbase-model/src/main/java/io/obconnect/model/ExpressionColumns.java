package io.obconnect.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the columns that an expression of a definition names. Such an expression has no queries and
 * no table besides its own. So a name is a column wherever MySQL's grammar expects an operand,
 * unless a parenthesis follows it; behind an operand stand only operators, units, types and
 * collations.
 */
final class ExpressionColumns {

  /** Words that an operand follows, reserved in all versions. */
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          "AND",
          "OR",
          "XOR",
          "IN",
          "BETWEEN",
          "LIKE",
          "REGEXP",
          "RLIKE",
          "DIV",
          "MOD",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "INTERVAL",
          "BINARY",
          "BOTH",
          "LEADING",
          "TRAILING",
          "FROM",
          "FOR");

  /** Words that are operands themselves, reserved in all versions. */
  private static final Set<String> OPERANDS =
      Set.of(
          "NULL",
          "TRUE",
          "FALSE",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURRENT_USER",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "UTC_DATE",
          "UTC_TIME",
          "UTC_TIMESTAMP");

  /** Functions whose first argument is a keyword. */
  private static final Set<String> KEYWORD_FIRST =
      Set.of("EXTRACT", "TIMESTAMPADD", "TIMESTAMPDIFF", "GET_FORMAT");

  /** The function whose second argument is a type. */
  private static final String TYPE_SECOND = "CONVERT";

  private final List<SqlToken> tokens;
  private final Deque<String> functions = new ArrayDeque<>();
  private final List<Integer> columns = new ArrayList<>();
  private boolean operandNext = true;

  private ExpressionColumns(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  /** Returns the positions of the columns' names, or of the last part of names with dots. */
  static List<Integer> of(List<SqlToken> expression) {
    ExpressionColumns columns = new ExpressionColumns(expression);
    for (int i = 0; i < expression.size(); i++) {
      switch (expression.get(i).kind()) {
        case WORD, IDENTIFIER -> columns.name(i);
        case STRING, LITERAL -> columns.operandNext = false;
        case SYMBOL -> columns.symbol(i);
      }
    }
    return List.copyOf(columns.columns);
  }

  private void symbol(int i) {
    switch (tokens.get(i).text()) {
      case "(" -> {
        functions.push(i > 0 ? upper(tokens.get(i - 1)) : "");
        operandNext = !KEYWORD_FIRST.contains(functions.peek());
      }
      case ")" -> {
        functions.poll();
        operandNext = false;
      }
      case "," -> operandNext = !TYPE_SECOND.equals(functions.peek());
      case "." -> {
        // Names and numbers with dots go on.
      }
      default -> operandNext = true;
    }
  }

  private void name(int i) {
    SqlToken token = tokens.get(i);
    boolean word = token.kind() == SqlToken.Kind.WORD;
    if (isSymbol(i + 1, "(") || (isSymbol(i + 1, ".") && isName(i + 2))) {
      return;
    }
    if (isSymbol(i - 1, ".") && isName(i - 2)) {
      column(i);
    } else if (word && isBeforeOperand(token)) {
      operandNext = true;
    } else if (operandNext && !(word && isOperand(i))) {
      column(i);
    } else if (!token.isWord("NOT")) {
      operandNext = false;
    }
  }

  private void column(int i) {
    columns.add(i);
    operandNext = false;
  }

  private boolean isBeforeOperand(SqlToken token) {
    return BEFORE_OPERAND.contains(upper(token)) || (!operandNext && token.isWord("ESCAPE"));
  }

  /** Whether the word is an operand or a part of one, but no column: a value, _utf8mb4'x', 1e5. */
  private boolean isOperand(int i) {
    SqlToken token = tokens.get(i);
    return OPERANDS.contains(upper(token))
        || token.isWord("NOT")
        || token.text().matches("\\d+[eE]\\d+")
        || isKind(i + 1, SqlToken.Kind.STRING)
        || isKind(i + 1, SqlToken.Kind.LITERAL);
  }

  private boolean isName(int i) {
    return isKind(i, SqlToken.Kind.WORD) || isKind(i, SqlToken.Kind.IDENTIFIER);
  }

  private boolean isKind(int i, SqlToken.Kind kind) {
    return i >= 0 && i < tokens.size() && tokens.get(i).kind() == kind;
  }

  private boolean isSymbol(int i, String symbol) {
    return i >= 0 && i < tokens.size() && tokens.get(i).isSymbol(symbol);
  }

  private static String upper(SqlToken token) {
    return token.text().toUpperCase(Locale.ROOT);
  }
}
