package io.obconnect.model;

/**
 * A foreign key or a check, kept as text.
 *
 * @param name the name; empty if the server chose it
 * @param sql what follows the name, as written: {@code FOREIGN KEY ...} or {@code CHECK (...)}
 */
public record TableConstraint(String name, String sql) {

  /** Returns the constraint as an element of CREATE TABLE. */
  public String render() {
    return name.isEmpty() ? sql : "CONSTRAINT " + SqlText.identifier(name) + " " + sql;
  }
}
