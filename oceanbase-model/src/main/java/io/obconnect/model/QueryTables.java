package io.obconnect.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Renames the tables of a query. A table gets its complete new name, and its old one as an alias if
 * it has none, so that {@code t.a} still means its column.
 */
final class QueryTables {

  private static final Set<String> NO_ALIAS =
      Set.of(
          "ON",
          "USING",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "WINDOW",
          "FOR",
          "LOCK",
          "INTO",
          "JOIN",
          "INNER",
          "CROSS",
          "LEFT",
          "RIGHT",
          "NATURAL",
          "STRAIGHT_JOIN",
          "USE",
          "IGNORE",
          "FORCE",
          "TABLESAMPLE");
  private static final Set<String> BEFORE_TABLE = Set.of("JOIN", "STRAIGHT_JOIN");

  private final List<SqlToken> tokens;
  private final String database;
  private final UnaryOperator<TableId> names;
  private final Set<String> commonTables = new HashSet<>();
  private final List<SqlToken> result = new ArrayList<>();
  private int position;

  private QueryTables(String query, String database, UnaryOperator<TableId> names) {
    this.tokens = SqlScanner.scan(query);
    this.database = database;
    this.names = names;
  }

  static String renamed(String query, String database, UnaryOperator<TableId> names) {
    QueryTables tables = new QueryTables(query, database, names);
    tables.findCommonTables();
    tables.query(false);
    return SqlToken.canonical(tables.result).trim();
  }

  /** Names that WITH gives to queries: they are no tables. */
  private void findCommonTables() {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      boolean named = tokens.get(i + 1).isWord("AS") && tokens.get(i + 2).isSymbol("(");
      boolean withColumns = tokens.get(i + 1).isSymbol("(") && isColumnListOfCommonTable(i + 1);
      if (isName(tokens.get(i)) && (named || withColumns) && follows(i, "WITH", "RECURSIVE", ",")) {
        commonTables.add(tokens.get(i).text().toLowerCase(Locale.ROOT));
      }
    }
  }

  private boolean isColumnListOfCommonTable(int open) {
    int i = open;
    while (i < tokens.size() && !tokens.get(i).isSymbol(")")) {
      i++;
    }
    return i + 2 < tokens.size()
        && tokens.get(i + 1).isWord("AS")
        && tokens.get(i + 2).isSymbol("(");
  }

  private boolean follows(int i, String... before) {
    return i > 0
        && Set.of(before).stream()
            .anyMatch(b -> tokens.get(i - 1).isWord(b) || tokens.get(i - 1).isSymbol(b));
  }

  /** Copies up to the closing parenthesis, or to the end. */
  private void query(boolean nested) {
    boolean select = isQueryStart(position);
    boolean from = false;
    while (position < tokens.size()) {
      SqlToken token = tokens.get(position);
      if (nested && token.isSymbol(")")) {
        return;
      }
      copy();
      if (token.isSymbol("(")) {
        nested(from);
      } else if (select && token.isWord("FROM")) {
        from = true;
        table();
      } else if (isClauseBehindFrom(token)) {
        from = false;
      } else if (BEFORE_TABLE.stream().anyMatch(token::isWord) || (from && token.isSymbol(","))) {
        table();
      }
    }
  }

  private static boolean isClauseBehindFrom(SqlToken token) {
    return token.isWord("WHERE")
        || token.isWord("GROUP")
        || token.isWord("HAVING")
        || token.isWord("ORDER")
        || token.isWord("LIMIT")
        || token.isWord("UNION")
        || token.isWord("SELECT");
  }

  /** A parenthesis holds a query, a join of tables, or an expression. */
  private void nested(boolean inFrom) {
    boolean joined = inFrom && !isQueryStart(position) && isTableList(position);
    if (joined) {
      table();
      tableList();
    } else {
      query(true);
    }
    if (position < tokens.size()) {
      copy();
    }
  }

  private void tableList() {
    while (position < tokens.size() && !tokens.get(position).isSymbol(")")) {
      SqlToken token = tokens.get(position);
      copy();
      if (token.isSymbol("(")) {
        nested(false);
      } else if (token.isSymbol(",") || BEFORE_TABLE.stream().anyMatch(token::isWord)) {
        table();
      }
    }
  }

  private boolean isQueryStart(int i) {
    return i < tokens.size()
        && (tokens.get(i).isWord("SELECT")
            || tokens.get(i).isWord("WITH")
            || (tokens.get(i).isSymbol("(") && isQueryStart(i + 1)));
  }

  /**
   * Whether a parenthesis in FROM opens a list of tables: it follows FROM, JOIN, a comma or
   * another.
   */
  private boolean isTableList(int first) {
    int before = first - 2;
    return before >= 0
        && (tokens.get(before).isWord("FROM")
            || tokens.get(before).isSymbol(",")
            || tokens.get(before).isSymbol("(")
            || BEFORE_TABLE.stream().anyMatch(tokens.get(before)::isWord));
  }

  private void copy() {
    // `shop`.`t`.`a`: the alias has the table's name and no database.
    if (isQualifiedColumn()) {
      result.add(new SqlToken(SqlToken.Kind.IDENTIFIER, tokens.get(position + 2).text(), true));
      position += 3;
      return;
    }
    result.add(tokens.get(position));
    position++;
  }

  private boolean isQualifiedColumn() {
    return position + 4 < tokens.size()
        && isName(tokens.get(position))
        && tokens.get(position + 1).isSymbol(".")
        && isName(tokens.get(position + 2))
        && tokens.get(position + 3).isSymbol(".");
  }

  private static boolean isName(SqlToken token) {
    return token.kind() == SqlToken.Kind.IDENTIFIER || token.kind() == SqlToken.Kind.WORD;
  }

  /** Renames the table that comes next, if one does. */
  private void table() {
    if (position >= tokens.size() || !isName(tokens.get(position)) || isWordOfQuery()) {
      return;
    }
    String first = tokens.get(position).text();
    boolean qualified = position + 2 < tokens.size() && tokens.get(position + 1).isSymbol(".");
    boolean function = position + 1 < tokens.size() && tokens.get(position + 1).isSymbol("(");
    boolean common = !qualified && commonTables.contains(first.toLowerCase(Locale.ROOT));
    if (function || common || (!qualified && first.equalsIgnoreCase("DUAL"))) {
      return;
    }
    TableId source =
        qualified
            ? new TableId(first, tokens.get(position + 2).text())
            : new TableId(database, first);
    boolean spaced = tokens.get(position).spaced();
    position += qualified ? 3 : 1;
    add(names.apply(source), spaced);
    if (!hasAlias()) {
      result.add(new SqlToken(SqlToken.Kind.WORD, "AS", true));
      result.add(new SqlToken(SqlToken.Kind.IDENTIFIER, source.table(), true));
    }
  }

  private boolean isWordOfQuery() {
    return tokens.get(position).isWord("LATERAL") || tokens.get(position).isWord("SELECT");
  }

  private void add(TableId table, boolean spaced) {
    boolean qualified = !table.database().isEmpty();
    if (qualified) {
      result.add(new SqlToken(SqlToken.Kind.IDENTIFIER, table.database(), spaced));
      result.add(new SqlToken(SqlToken.Kind.SYMBOL, ".", false));
    }
    result.add(new SqlToken(SqlToken.Kind.IDENTIFIER, table.table(), spaced && !qualified));
  }

  private boolean hasAlias() {
    if (position >= tokens.size()) {
      return false;
    }
    SqlToken next = tokens.get(position);
    // An alias stands behind PARTITION (..): there, names are left to speak for themselves.
    return next.isWord("AS")
        || next.isWord("PARTITION")
        || next.kind() == SqlToken.Kind.IDENTIFIER
        || (next.kind() == SqlToken.Kind.WORD
            && !NO_ALIAS.contains(next.text().toUpperCase(Locale.ROOT)));
  }
}
