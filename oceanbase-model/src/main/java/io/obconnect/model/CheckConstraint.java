package io.obconnect.model;

/**
 * A CHECK constraint, kept as text.
 *
 * @param name the name; empty if the server is to choose it
 * @param sql what follows the name: {@code CHECK (...)}, possibly NOT ENFORCED
 */
public record CheckConstraint(String name, String sql) {

  static final String NOT_ENFORCED = " NOT ENFORCED";

  static CheckConstraint of(String name, String condition, boolean enforced) {
    return new CheckConstraint(name, "CHECK (" + condition + ")" + (enforced ? "" : NOT_ENFORCED));
  }

  boolean enforced() {
    return !sql.endsWith(NOT_ENFORCED);
  }

  CheckConstraint withName(String newName) {
    return new CheckConstraint(newName, sql);
  }

  CheckConstraint withEnforced(boolean enforced) {
    String condition = enforced() ? sql : sql.substring(0, sql.length() - NOT_ENFORCED.length());
    return new CheckConstraint(name, condition + (enforced ? "" : NOT_ENFORCED));
  }

  /** Returns the constraint as an element of CREATE TABLE. */
  public String render() {
    return name.isEmpty() ? sql : "CONSTRAINT " + SqlText.identifier(name) + " " + sql;
  }
}
