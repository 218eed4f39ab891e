package io.obconnect.model;

import java.util.List;

/** Reads the tokens of a filter from left to right. */
final class FilterCursor {

  private final List<FilterToken> tokens;
  private int position;

  FilterCursor(List<FilterToken> tokens) {
    this.tokens = tokens;
  }

  /** The next token, which stays; the end follows itself. */
  FilterToken peek() {
    return tokens.get(position);
  }

  private FilterToken ahead(int count) {
    return tokens.get(Math.min(position + count, tokens.size() - 1));
  }

  FilterToken next() {
    FilterToken token = peek();
    if (token.kind() != FilterToken.Kind.END) {
      position++;
    }
    return token;
  }

  boolean isWord(String word) {
    return peek().isWord(word);
  }

  /** Whether NOT and then that word come next. */
  boolean isNot(String word) {
    return isWord("NOT") && ahead(1).isWord(word);
  }

  boolean acceptIsNull() {
    return accept(isWord("IS") && ahead(1).isWord("NULL"), 2);
  }

  boolean acceptIsNotNull() {
    return accept(isWord("IS") && ahead(1).isWord("NOT") && ahead(2).isWord("NULL"), 3);
  }

  private boolean accept(boolean found, int count) {
    position += found ? count : 0;
    return found;
  }

  /** Whether a call comes next: a name and a parenthesis. */
  boolean isCall() {
    return peek().kind() == FilterToken.Kind.WORD && ahead(1).isSymbol("(");
  }

  /** Whether that word and then a text come next. */
  boolean isTextOf(String word) {
    return isWord(word) && ahead(1).kind() == FilterToken.Kind.STRING;
  }

  boolean acceptWord(String word) {
    return accept(isWord(word), 1);
  }

  boolean acceptSymbol(String symbol) {
    return accept(peek().isSymbol(symbol), 1);
  }

  void expectWord(String word) {
    if (!acceptWord(word)) {
      throw peek().error(word + " is expected here");
    }
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw peek().error("'" + symbol + "' is expected here");
    }
  }
}
