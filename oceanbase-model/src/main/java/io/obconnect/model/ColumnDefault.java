package io.obconnect.model;

/** What a column holds when a row is inserted without it. */
public sealed interface ColumnDefault {

  /** Returns the SQL behind {@code DEFAULT}; empty for {@link None}. */
  String render();

  /** No DEFAULT clause. */
  record None() implements ColumnDefault {
    @Override
    public String render() {
      return "";
    }
  }

  /** DEFAULT NULL. */
  record Null() implements ColumnDefault {
    @Override
    public String render() {
      return "NULL";
    }
  }

  /**
   * A text, a number or a date: MySQL itself writes all of them between quotes.
   *
   * @param text the value, unescaped
   */
  record Literal(String text) implements ColumnDefault {
    @Override
    public String render() {
      return SqlText.literal(text);
    }
  }

  /**
   * A bit or byte literal: {@code b'101'} or {@code 0x0102}.
   *
   * @param sql the literal as written, prefix included
   */
  record Binary(String sql) implements ColumnDefault {
    @Override
    public String render() {
      return sql;
    }
  }

  /**
   * An expression evaluated for each row: {@code CURRENT_TIMESTAMP(3)}, or one between parentheses.
   *
   * @param sql the expression, with its parentheses
   */
  record Expression(String sql) implements ColumnDefault {
    @Override
    public String render() {
      return sql;
    }
  }
}
