package io.obconnect.model;

import java.util.List;

/** Reads one element of a table: a column, an index or a constraint. */
final class ElementReader {

  /** Takes what an element declares; a column may declare several things. */
  interface Target {
    void column(ColumnDefinition column);

    void index(IndexDefinition index);

    void check(CheckConstraint check);

    void foreignKey(ForeignKey key);
  }

  private static final List<String> INDEX_WORDS =
      List.of("CONSTRAINT", "PRIMARY", "UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL");

  private ElementReader() {}

  /**
   * Reads an element.
   *
   * @param tableCharset the table's character set; empty if unknown
   * @param database the table's database
   */
  static void read(List<SqlToken> element, String tableCharset, String database, Target target) {
    TokenCursor cursor = new TokenCursor(element);
    String name = constraintName(cursor);
    if (cursor.acceptWords("CHECK")) {
      target.check(check(name, cursor));
      cursor.expectEnd();
    } else if (cursor.isWords("FOREIGN", "KEY")) {
      target.foreignKey(ForeignKeyReader.read(name, cursor, database));
    } else if (isIndex(element)) {
      target.index(IndexReader.read(element));
    } else {
      ColumnReader column = ColumnReader.read(element, tableCharset, database);
      target.column(column.definition());
      column.indexes().forEach(target::index);
      column.checks().forEach(target::check);
      column.foreignKeys().forEach(target::foreignKey);
    }
  }

  /** Reads the condition behind CHECK, and whether it is enforced. */
  static CheckConstraint check(String name, TokenCursor cursor) {
    String condition = SqlToken.canonical(cursor.parenthesised()).trim();
    boolean enforced = !cursor.acceptWords("NOT", "ENFORCED");
    cursor.acceptWords("ENFORCED");
    return CheckConstraint.of(name, condition, enforced);
  }

  private static String constraintName(TokenCursor cursor) {
    boolean named =
        cursor.acceptWords("CONSTRAINT")
            && !cursor.isWords("CHECK")
            && !cursor.isWords("FOREIGN")
            && !cursor.isWords("PRIMARY")
            && !cursor.isWords("UNIQUE");
    return named ? cursor.name() : "";
  }

  private static boolean isIndex(List<SqlToken> element) {
    TokenCursor cursor = new TokenCursor(element);
    return INDEX_WORDS.stream().anyMatch(cursor::isWords);
  }
}
