package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names that the columns of one table of the source have in the destination. */
final class ColumnNames {

  /**
   * An SQL text with the destination's names.
   *
   * @param lost columns that it names and the destination lacks; the text is of no use then
   */
  record Text(String sql, List<String> lost) {}

  private final Function<String, Optional<String>> names;

  private ColumnNames(Function<String, Optional<String>> names) {
    this.names = names;
  }

  /** Names for a table whose columns are not known: any name may be a column's. */
  static ColumnNames of(TableId table, ColumnSelector selector) {
    return new ColumnNames(name -> selector.map(table, name));
  }

  /**
   * Names for a table whose columns are known.
   *
   * @throws IllegalArgumentException if two columns get the same name, or none is kept
   */
  static ColumnNames of(TableDefinition table, ColumnSelector selector) {
    List<String> columns = table.columns().stream().map(ColumnDefinition::name).toList();
    Map<String, String> kept = selector.map(table.id(), columns);
    Map<String, Optional<String>> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    columns.stream()
        .filter(column -> !column.equals(kept.get(column)))
        .forEach(column -> changed.put(column, Optional.ofNullable(kept.get(column))));
    return new ColumnNames(name -> changed.getOrDefault(name, Optional.of(name)));
  }

  /** Returns the destination's name; empty if the column is left out. */
  Optional<String> map(String column) {
    return names.apply(column);
  }

  /** Returns the destination's name of a column that is kept. */
  String kept(String column) {
    return map(column)
        .orElseThrow(() -> new IllegalStateException(SqlText.identifier(column) + " is not kept"));
  }

  /** Returns those of the columns that are left out. */
  List<String> lost(List<String> columns) {
    return columns.stream().filter(column -> map(column).isEmpty()).distinct().toList();
  }

  /** Returns an expression that names columns of the table. */
  Text expression(String sql) {
    Set<String> lost = new LinkedHashSet<>();
    List<SqlToken> tokens = SqlScanner.scan(sql);
    return text(sql, tokens, mapped(tokens, lost), lost);
  }

  /** Returns the text from PARTITION BY on. */
  Text partitioning(String sql) {
    Set<String> lost = new LinkedHashSet<>();
    Partitioning partitioning = Partitioning.of(sql);
    return text(
        sql, partitioning.tokens(), partitioning.withKeys(key -> mapped(key, lost)).tokens(), lost);
  }

  private static Text text(
      String sql, List<SqlToken> before, List<SqlToken> after, Set<String> lost) {
    return new Text(
        before.equals(after) ? sql : SqlToken.canonical(after).trim(), List.copyOf(lost));
  }

  private List<SqlToken> mapped(List<SqlToken> expression, Set<String> lost) {
    List<SqlToken> mapped = new ArrayList<>(expression);
    for (int position : ExpressionColumns.of(expression)) {
      SqlToken token = expression.get(position);
      Optional<String> name = map(token.text());
      if (name.isEmpty()) {
        lost.add(token.text());
      } else if (!name.get().equals(token.text())) {
        mapped.set(position, new SqlToken(SqlToken.Kind.IDENTIFIER, name.get(), token.spaced()));
      }
    }
    return mapped;
  }

  /** Says that columns are left out. */
  static String leftOut(List<String> columns) {
    return columns.stream().map(SqlText::identifier).collect(Collectors.joining(", "))
        + (columns.size() == 1 ? " is" : " are")
        + " left out";
  }
}
