package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads one index or key: its options with Druid, its kind, name and parts as they were written.
 */
final class IndexReader {

  private static final List<String> OPTION_WORDS =
      List.of("ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE");
  // Druid takes some names for keywords even if they are quoted.
  private static final SqlToken PLACEHOLDER =
      new SqlToken(SqlToken.Kind.LITERAL, "KEY `k` (`c`)", true);

  private final TokenCursor cursor;
  private final List<SqlToken> remaining = new ArrayList<>(List.of(PLACEHOLDER));
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<IndexPart> parts = new ArrayList<>();

  private IndexReader(List<SqlToken> tokens) {
    this.cursor = new TokenCursor(tokens);
  }

  static IndexDefinition read(List<SqlToken> tokens) {
    return new IndexReader(tokens).read();
  }

  private IndexDefinition read() {
    String symbol = "";
    if (cursor.acceptWords("CONSTRAINT")
        && !cursor.isWords("PRIMARY")
        && !cursor.isWords("UNIQUE")) {
      symbol = cursor.name();
    }
    IndexDefinition.Kind kind = kind();
    String name = cursor.isSymbol("(") || cursor.isWords("USING") ? symbol : cursor.name();
    if (cursor.isWords("USING")) {
      remaining.add(cursor.next());
      remaining.add(cursor.next());
    }
    TokenCursor.splitAtCommas(cursor.parenthesised()).forEach(p -> parts.add(part(p)));
    while (!cursor.atEnd()) {
      readOption();
    }
    DruidIndexReader druid = new DruidIndexReader(new DruidText(remaining));
    Map<String, String> options = new LinkedHashMap<>(druid.options());
    options.putAll(attributes);
    return new IndexDefinition(
        kind == IndexDefinition.Kind.PRIMARY ? "PRIMARY" : name,
        kind,
        parts,
        druid.comment(),
        druid.invisible(),
        options);
  }

  private IndexDefinition.Kind kind() {
    IndexDefinition.Kind kind = IndexDefinition.Kind.KEY;
    for (IndexDefinition.Kind candidate : IndexDefinition.Kind.values()) {
      if (candidate != IndexDefinition.Kind.KEY && cursor.acceptWords(candidate.name())) {
        kind = candidate;
      }
    }
    if (!cursor.acceptWords("KEY")) {
      cursor.acceptWords("INDEX");
    }
    return kind;
  }

  private void readOption() {
    if (OPTION_WORDS.stream().anyMatch(cursor::isWords)) {
      String name = cursor.name();
      cursor.acceptSymbol("=");
      attributes.put(name, cursor.next().canonical());
    } else {
      remaining.add(cursor.next());
    }
  }

  private static IndexPart part(List<SqlToken> tokens) {
    TokenCursor cursor = new TokenCursor(tokens);
    if (cursor.isSymbol("(")) {
      String sql = SqlToken.canonical(cursor.parenthesised()).trim();
      return new IndexPart.Expression(sql, descending(cursor));
    }
    String name = cursor.name();
    OptionalInt prefix = OptionalInt.empty();
    if (cursor.acceptSymbol("(")) {
      prefix = OptionalInt.of(cursor.integer());
      cursor.expectSymbol(")");
    }
    return new IndexPart.Column(name, prefix, descending(cursor));
  }

  private static boolean descending(TokenCursor cursor) {
    boolean descending = cursor.acceptWords("DESC");
    if (!descending) {
      cursor.acceptWords("ASC");
    }
    cursor.expectEnd();
    return descending;
  }
}
