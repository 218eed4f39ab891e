package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The text from PARTITION BY on, taken apart as far as changes and conversions need it. */
final class Partitioning {

  /** Attributes of one partition. OceanBase reads ENGINE only, and does not heed it. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "ENGINE",
          "STORAGE",
          "COMMENT",
          "DATA",
          "INDEX",
          "DIRECTORY",
          "MAX_ROWS",
          "MIN_ROWS",
          "TABLESPACE",
          "NODEGROUP");

  private final List<SqlToken> tokens;

  private Partitioning(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  static Partitioning of(String sql) {
    return new Partitioning(SqlScanner.scan(sql));
  }

  /**
   * Reads the text in full.
   *
   * @throws DdlSyntaxException if it is not understood
   */
  static void check(String sql) {
    of(sql).names();
  }

  /** Returns what definitions of partitions become for OceanBase. */
  static String definitionsForOceanBase(String definitions, Consumer<String> dropped) {
    String sql = of("(" + definitions + ")").forOceanBase(dropped);
    return sql.substring(1, sql.length() - 1).trim();
  }

  List<SqlToken> tokens() {
    return tokens;
  }

  /**
   * Returns the partitioning with other keys: the columns or the expressions that partitions and
   * subpartitions are chosen by.
   */
  Partitioning withKeys(UnaryOperator<List<SqlToken>> mapping) {
    List<SqlToken> result = new ArrayList<>();
    int copied = 0;
    for (int i = 1; i < tokens.size(); i++) {
      boolean by = isWord(i, "BY") && (isWord(i - 1, "PARTITION") || isWord(i - 1, "SUBPARTITION"));
      int open = by ? nextParenthesis(i) : tokens.size();
      if (open < tokens.size()) {
        List<SqlToken> key = new TokenCursor(tokens.subList(open, tokens.size())).parenthesised();
        result.addAll(tokens.subList(copied, open + 1));
        result.addAll(mapping.apply(key));
        copied = open + 1 + key.size();
      }
    }
    result.addAll(tokens.subList(copied, tokens.size()));
    return new Partitioning(result);
  }

  private int nextParenthesis(int start) {
    int i = start;
    while (i < tokens.size() && !tokens.get(i).isSymbol("(")) {
      i++;
    }
    return i;
  }

  /** Returns whether partitions are ranges: only those can be exchanged on OceanBase. */
  boolean isRange() {
    return tokens.size() > 2 && tokens.get(2).isWord("RANGE");
  }

  /** Returns the names of the partitions; where only their number is given, those MySQL gives. */
  List<String> names() {
    return startOfDefinitions() < 0
        ? IntStream.range(0, number()).mapToObj(i -> "p" + i).toList()
        : definitions().stream().map(Partitioning::nameOf).toList();
  }

  private int number() {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isWord("PARTITIONS")) {
        return new TokenCursor(tokens.subList(i + 1, i + 2)).integer();
      }
    }
    return 1;
  }

  private List<List<SqlToken>> definitions() {
    int start = startOfDefinitions();
    return start < 0
        ? List.of()
        : TokenCursor.splitAtCommas(tokens.subList(start + 1, tokens.size() - 1));
  }

  /** The parenthesis that is followed by PARTITION; -1 if there is none. */
  private int startOfDefinitions() {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isSymbol("(") && tokens.get(i + 1).isWord("PARTITION")) {
        return i;
      }
    }
    return -1;
  }

  private static String nameOf(List<SqlToken> definition) {
    TokenCursor cursor = new TokenCursor(definition);
    cursor.expectWords("PARTITION");
    return cursor.name();
  }

  /** Returns the partitioning after an action; empty if the table has no partitions then. */
  static Optional<String> after(Optional<String> partitioning, AlterAction.PartitionAction action) {
    if (action instanceof AlterAction.PartitionBy by) {
      return Optional.of(by.partitioning());
    }
    if (action instanceof AlterAction.ReorganizePartitions reorganize) {
      boolean removed = reorganize.sql().toUpperCase(Locale.ROOT).startsWith("REMOVE");
      return removed ? Optional.empty() : partitioning;
    }
    if (action instanceof AlterAction.AddPartitions add && !add.isNumber()) {
      return partitioning.map(sql -> of(sql).with(add.definitions()));
    }
    if (action instanceof AlterAction.DropPartitions drop) {
      return partitioning.map(sql -> of(sql).without(drop.names()));
    }
    return partitioning;
  }

  private String with(String definitions) {
    List<String> all = new ArrayList<>(canonicalDefinitions());
    all.add(definitions);
    return head() + "(" + String.join(", ", all) + ")";
  }

  private String without(List<String> names) {
    List<String> kept =
        definitions().stream()
            .filter(d -> names.stream().noneMatch(nameOf(d)::equalsIgnoreCase))
            .map(d -> SqlToken.canonical(d).trim())
            .toList();
    return head() + "(" + String.join(", ", kept) + ")";
  }

  private List<String> canonicalDefinitions() {
    return definitions().stream().map(d -> SqlToken.canonical(d).trim()).toList();
  }

  private String head() {
    int start = startOfDefinitions();
    return SqlToken.canonical(start < 0 ? tokens : tokens.subList(0, start)).trim() + " ";
  }

  /**
   * Returns the text without what OceanBase's grammar lacks: LINEAR, ALGORITHM and the attributes
   * of partitions.
   *
   * @param dropped takes each clause that is left out
   */
  String forOceanBase(Consumer<String> dropped) {
    List<SqlToken> kept = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      int length = foreignClause(i);
      if (length == 0) {
        kept.add(tokens.get(i));
      } else {
        dropped.accept(SqlToken.canonical(tokens.subList(i, i + length)).trim());
        i += length - 1;
      }
    }
    return SqlToken.canonical(kept).trim();
  }

  /** The number of tokens of a clause that starts here and OceanBase lacks; 0 if there is none. */
  private int foreignClause(int start) {
    SqlToken token = tokens.get(start);
    if (token.isWord("LINEAR")) {
      return 1;
    }
    boolean attribute =
        token.kind() == SqlToken.Kind.WORD
            && ATTRIBUTES.contains(token.text().toUpperCase(Locale.ROOT))
            && isBehindValues(start);
    return attribute || token.isWord("ALGORITHM") ? lengthOfOption(start) : 0;
  }

  /** Counts NAME [NAME] [=] value. */
  private int lengthOfOption(int start) {
    int end = start + 1;
    while (isWord(end, "DIRECTORY") || isWord(end, "ENGINE")) {
      end++;
    }
    boolean equals = end < tokens.size() && tokens.get(end).isSymbol("=");
    return Math.min(equals ? end + 2 : end + 1, tokens.size()) - start;
  }

  private boolean isWord(int position, String word) {
    return position < tokens.size() && tokens.get(position).isWord(word);
  }

  /** Whether the token stands in a definition, but is neither a name nor in a list of values. */
  private boolean isBehindValues(int position) {
    int start = startOfDefinitions();
    if (start < 0 || position <= start) {
      return false;
    }
    SqlToken before = tokens.get(position - 1);
    return !before.isSymbol("(")
        && !before.isSymbol(",")
        && !before.isWord("PARTITION")
        && !before.isWord("SUBPARTITION");
  }
}
