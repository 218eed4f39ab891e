package io.obconnect.model;

import java.util.List;

/**
 * A schema change to be carried over.
 *
 * @param setup statements that make the scene
 * @param hasEffect whether the destination has anything to do
 */
record SchemaChangeLine(String name, List<String> setup, String sql, boolean hasEffect) {

  static SchemaChangeLine line(String name, String sql, String... setup) {
    return new SchemaChangeLine(name, List.of(setup), sql, true);
  }

  static SchemaChangeLine withoutEffect(String name, String sql, String... setup) {
    return new SchemaChangeLine(name, List.of(setup), sql, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
