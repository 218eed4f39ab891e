package io.obconnect.model;

/**
 * One token of a row filter.
 *
 * @param text the unescaped value of a text or quoted name; else the characters as written
 * @param position the index of its first character in the filter
 */
record FilterToken(Kind kind, String text, int position) {

  enum Kind {
    /** A keyword, the name of a function or an unquoted column. */
    WORD,
    /** A column between backticks or with backslashes. */
    NAME,
    STRING,
    /** Hexadecimal digits. */
    HEX,
    /** Binary digits. */
    BITS,
    INTEGER,
    DECIMAL,
    /** A number with an exponent. */
    DOUBLE,
    SYMBOL,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Returns the error that this token is where it should not be. */
  RowFilterException error(String problem) {
    String found = kind == Kind.END ? "at its end" : "at character " + (position + 1);
    String near = kind == Kind.END ? "" : ", near '" + text + "'";
    return new RowFilterException("row filter, " + found + near + ": " + problem);
  }
}
