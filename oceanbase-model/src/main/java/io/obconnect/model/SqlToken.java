package io.obconnect.model;

import java.util.List;

/**
 * One token of SQL text.
 *
 * @param text the unescaped value of a string or quoted identifier; else the characters as written
 * @param spaced whether white space or a comment stood before it
 */
record SqlToken(Kind kind, String text, boolean spaced) {

  enum Kind {
    /** A keyword or an unquoted name. */
    WORD,
    /** A name between backticks. */
    IDENTIFIER,
    STRING,
    /** A number, a bit or hexadecimal literal. */
    LITERAL,
    SYMBOL
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Returns the token as SQL with one way of quoting: the only one later stages have to know. */
  String canonical() {
    return switch (kind) {
      case IDENTIFIER -> SqlText.identifier(text);
      case STRING -> SqlText.literal(text);
      case WORD, LITERAL, SYMBOL -> text;
    };
  }

  static String canonical(List<SqlToken> tokens) {
    StringBuilder sql = new StringBuilder();
    for (SqlToken token : tokens) {
      if (token.spaced() && sql.length() > 0) {
        sql.append(' ');
      }
      sql.append(token.canonical());
    }
    return sql.toString();
  }

  /** Returns whether an expression names a column, in any case. */
  static boolean names(String expression, String column) {
    return SqlScanner.scan(expression).stream()
        .anyMatch(
            token ->
                (token.kind() == Kind.WORD || token.kind() == Kind.IDENTIFIER)
                    && token.text().equalsIgnoreCase(column));
  }
}
