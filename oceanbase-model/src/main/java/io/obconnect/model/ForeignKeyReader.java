package io.obconnect.model;

import java.util.List;

/** Reads foreign keys, as elements of a table and as attributes of a column. */
final class ForeignKeyReader {

  private ForeignKeyReader() {}

  /** Reads from FOREIGN KEY to the end. */
  static ForeignKey read(String name, TokenCursor cursor, String database) {
    cursor.acceptWords("FOREIGN", "KEY");
    String indexName = cursor.isSymbol("(") ? "" : cursor.name();
    return reference(name, indexName, cursor.names(), cursor, database);
  }

  /** Reads from REFERENCES to the end. */
  static ForeignKey reference(
      String name, String indexName, List<String> columns, TokenCursor cursor, String database) {
    cursor.expectWords("REFERENCES");
    TableId parent = cursor.tableId(database);
    List<String> parentColumns = cursor.isSymbol("(") ? cursor.names() : List.of();
    return new ForeignKey(
        name, indexName, columns, parent, parentColumns, SqlToken.canonical(cursor.rest()).trim());
  }
}
