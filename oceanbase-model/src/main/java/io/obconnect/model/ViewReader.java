package io.obconnect.model;

import java.util.List;

/** Reads CREATE VIEW and ALTER VIEW from the view's name on. */
final class ViewReader {

  private ViewReader() {}

  /**
   * Reads a view.
   *
   * @param attributes the tokens between the verb and VIEW
   * @param database the current database
   */
  static ViewDefinition read(List<SqlToken> attributes, TokenCursor cursor, String database) {
    TableId id = cursor.tableId(database);
    List<String> columns = cursor.isSymbol("(") ? cursor.names() : List.of();
    cursor.expectWords("AS");
    List<SqlToken> query = cursor.rest();
    int check = checkOption(query);
    String kind = "";
    if (check < query.size()) {
      kind = query.get(check + 1).isWord("LOCAL") ? "LOCAL" : "CASCADED";
    }
    return new ViewDefinition(
        id,
        columns,
        SqlToken.canonical(query.subList(0, check)).trim(),
        database,
        kind,
        attributes.stream().anyMatch(token -> token.isWord("INVOKER")));
  }

  /** The place of WITH [CASCADED | LOCAL] CHECK OPTION, which stands last; else the end. */
  private static int checkOption(List<SqlToken> query) {
    int option = query.size() - 1;
    if (option < 3
        || !query.get(option).isWord("OPTION")
        || !query.get(option - 1).isWord("CHECK")) {
      return query.size();
    }
    return query.get(option - 2).isWord("WITH") ? option - 2 : option - 3;
  }
}
