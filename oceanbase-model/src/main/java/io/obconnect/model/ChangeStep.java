package io.obconnect.model;

/** One statement of a converted change. The destination carries it out as a whole or not at all. */
public record ChangeStep(DdlStatement statement) {

  /** Returns the statement's SQL; all names are complete, so that it needs no current database. */
  public String sql() {
    return StatementRenderer.sql(statement);
  }
}
