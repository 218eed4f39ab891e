package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;

/** Reads tokens from left to right. */
final class TokenCursor {

  private final List<SqlToken> tokens;
  private int position;

  TokenCursor(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  boolean atEnd() {
    return position >= tokens.size();
  }

  /** Returns whether the next tokens are these words, in any case. */
  boolean isWords(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (position + i >= tokens.size() || !tokens.get(position + i).isWord(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Skips the words if they come next. */
  boolean acceptWords(String... words) {
    boolean found = isWords(words);
    if (found) {
      position += words.length;
    }
    return found;
  }

  boolean isSymbol(String symbol) {
    return !atEnd() && tokens.get(position).isSymbol(symbol);
  }

  boolean acceptSymbol(String symbol) {
    boolean found = isSymbol(symbol);
    if (found) {
      position++;
    }
    return found;
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw new DdlSyntaxException("expected " + symbol + " but found " + found());
    }
  }

  void expectWords(String... words) {
    if (!acceptWords(words)) {
      throw new DdlSyntaxException("expected " + String.join(" ", words) + " but found " + found());
    }
  }

  /** Moves behind the next occurrence of the word, and returns what stands before it. */
  List<SqlToken> skipBehind(String word) {
    int start = position;
    while (!next().isWord(word)) {
      // next() ends the search at the end of the statement, by an error.
    }
    return tokens.subList(start, position - 1);
  }

  SqlToken next() {
    if (atEnd()) {
      throw new DdlSyntaxException("the statement ends too early");
    }
    return tokens.get(position++);
  }

  /** Reads a name, quoted or not. */
  String name() {
    SqlToken token = next();
    if (token.kind() != SqlToken.Kind.IDENTIFIER && token.kind() != SqlToken.Kind.WORD) {
      position--;
      throw new DdlSyntaxException("expected a name but found " + found());
    }
    return token.text();
  }

  int integer() {
    SqlToken token = next();
    try {
      return Integer.parseInt(token.text());
    } catch (NumberFormatException e) {
      throw new DdlSyntaxException("expected a number but found " + token.text(), e);
    }
  }

  TableId tableId(String currentDatabase) {
    String first = name();
    return acceptSymbol(".") ? new TableId(first, name()) : new TableId(currentDatabase, first);
  }

  /** Reads from an opening parenthesis to its partner and returns what stands between. */
  List<SqlToken> parenthesised() {
    expectSymbol("(");
    int start = position;
    int depth = 1;
    while (depth > 0) {
      SqlToken token = next();
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")")) {
        depth--;
      }
    }
    return tokens.subList(start, position - 1);
  }

  /** Reads up to the next comma outside of parentheses, or to what partitions the table. */
  List<SqlToken> untilComma() {
    int start = position;
    int depth = 0;
    while (!atEnd() && (depth > 0 || !endsAction())) {
      SqlToken token = tokens.get(position);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")")) {
        depth--;
      }
      position++;
    }
    return tokens.subList(start, position);
  }

  private boolean endsAction() {
    return isSymbol(",") || isWords("PARTITION", "BY") || isWords("REMOVE", "PARTITIONING");
  }

  List<SqlToken> rest() {
    List<SqlToken> rest = tokens.subList(position, tokens.size());
    position = tokens.size();
    return rest;
  }

  /** Reads names between parentheses. */
  List<String> names() {
    TokenCursor inner = new TokenCursor(parenthesised());
    List<String> names = inner.nameList();
    inner.expectEnd();
    return names;
  }

  /** Reads names between commas. */
  List<String> nameList() {
    List<String> names = new ArrayList<>();
    do {
      names.add(name());
    } while (acceptSymbol(","));
    return names;
  }

  /** Returns the name that comes next without moving on. */
  String peekName() {
    String name = name();
    position--;
    return name;
  }

  /** Skips CHARACTER SET in all of its spellings. */
  boolean acceptCharset() {
    return acceptWords("CHARACTER", "SET") || acceptWords("CHAR", "SET") || acceptWords("CHARSET");
  }

  void expectEnd() {
    if (!atEnd()) {
      throw new DdlSyntaxException("unexpected " + found());
    }
  }

  String found() {
    return atEnd() ? "the end of the statement" : tokens.get(position).canonical();
  }

  /** Cuts the tokens at the commas that stand outside of parentheses. */
  static List<List<SqlToken>> splitAtCommas(List<SqlToken> tokens) {
    List<List<SqlToken>> pieces = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")")) {
        depth--;
      } else if (token.isSymbol(",") && depth == 0) {
        pieces.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    pieces.add(tokens.subList(start, tokens.size()));
    return pieces;
  }
}
