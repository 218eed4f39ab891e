package io.obconnect.model;

/**
 * A CHECK constraint, kept as text.
 *
 * @param name the name; empty if the server is to choose it
 * @param sql what follows the name: {@code CHECK (...)}, possibly NOT ENFORCED
 */
public record CheckConstraint(String name, String sql) {

  static final String NOT_ENFORCED = " NOT ENFORCED";

  private static final String START = "CHECK (";
  private static final String END = ")";

  static CheckConstraint of(String name, String condition, boolean enforced) {
    return new CheckConstraint(name, START + condition + END + (enforced ? "" : NOT_ENFORCED));
  }

  boolean enforced() {
    return !sql.endsWith(NOT_ENFORCED);
  }

  CheckConstraint withName(String newName) {
    return new CheckConstraint(newName, sql);
  }

  CheckConstraint withEnforced(boolean enforced) {
    return of(name, condition(), enforced);
  }

  /** Returns what stands between the parentheses. */
  String condition() {
    int behind = enforced() ? 0 : NOT_ENFORCED.length();
    return sql.substring(START.length(), sql.length() - behind - END.length());
  }

  CheckConstraint withCondition(String newCondition) {
    return of(name, newCondition, enforced());
  }

  /** Returns the constraint as an element of CREATE TABLE. */
  public String render() {
    return name.isEmpty() ? sql : "CONSTRAINT " + SqlText.identifier(name) + " " + sql;
  }
}
