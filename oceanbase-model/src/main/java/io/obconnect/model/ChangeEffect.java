package io.obconnect.model;

/** How a schema change relates to the rows around it. */
public enum ChangeEffect {
  /**
   * Every row that fits before fits after it, and no row is changed: it need not wait for the rows
   * that precede it, only the rows that follow wait for it.
   */
  WIDENING,
  /**
   * Rows that precede it may no longer fit, or it changes or removes rows: all of them must have
   * been written before.
   */
  NARROWING;

  /** Returns the one that covers both. */
  public ChangeEffect and(ChangeEffect other) {
    return this == NARROWING ? NARROWING : other;
  }
}
