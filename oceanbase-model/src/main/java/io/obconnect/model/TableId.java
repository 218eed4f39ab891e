package io.obconnect.model;

/**
 * A table's full name, as the server wrote it: upper and lower case are kept.
 *
 * @param database the database; empty if a statement named none and none was current
 * @param table the table
 */
public record TableId(String database, String table) {

  /**
   * Returns the name for use in SQL, both parts quoted; the table alone if no database is known.
   */
  public String quoted() {
    String name = SqlText.identifier(table);
    return database.isEmpty() ? name : SqlText.identifier(database) + "." + name;
  }

  @Override
  public String toString() {
    return database.isEmpty() ? table : database + "." + table;
  }
}
