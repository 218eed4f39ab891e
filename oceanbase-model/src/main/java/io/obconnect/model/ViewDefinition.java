package io.obconnect.model;

import java.util.List;

/**
 * A view.
 *
 * @param columns the names of its columns; empty if they are the query's
 * @param query the query, as written
 * @param database the database of names in the query without one; empty if unknown
 * @param check what rows written through the view are checked against: {@code CASCADED}, {@code
 *     LOCAL}, or empty for nothing
 * @param invokerRights whether it runs with the rights of who reads it, not of who made it
 */
public record ViewDefinition(
    TableId id,
    List<String> columns,
    String query,
    String database,
    String check,
    boolean invokerRights) {

  public ViewDefinition {
    columns = List.copyOf(columns);
  }
}
