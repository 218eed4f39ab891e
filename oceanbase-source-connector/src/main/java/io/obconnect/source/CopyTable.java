package io.obconnect.source;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What is copied of a table, and how its chunks are asked for.
 *
 * @param columns those that hold values of their own, in the table's order
 * @param key the columns that chunks are cut by; none where the table is one chunk
 * @param index the key that they begin; empty where nothing tells the table's rows apart
 */
record CopyTable(TableId id, List<CopyColumn> columns, List<CopyColumn> key, String index) {
  CopyTable {
    Objects.requireNonNull(id, "id");
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    Objects.requireNonNull(index, "index");
  }

  /** Whether rows can be told apart; if not, they must not be written twice. */
  boolean hasKey() {
    return !index.isEmpty();
  }

  List<String> columnNames() {
    return columns.stream().map(CopyColumn::name).toList();
  }

  /** The rows of a chunk. */
  String select(Chunk chunk) {
    return "SELECT " + expressions() + from() + where(chunk.after(), chunk.to());
  }

  /**
   * The key of the row that ends a chunk of so many rows.
   *
   * @param after where the chunk begins
   */
  String selectBound(List<String> after, long rows) {
    StringJoiner names = new StringJoiner(",");
    key.forEach(column -> names.add(SqlText.identifier(column.name())));
    return "SELECT "
        + names
        + from()
        + where(after, List.of())
        + " ORDER BY "
        + names
        + " LIMIT 1 OFFSET "
        + (rows - 1);
  }

  /** The first rows in the order of the key. */
  String selectFirst(int rows) {
    StringJoiner names = new StringJoiner(",");
    key.forEach(column -> names.add(SqlText.identifier(column.name())));
    return "SELECT "
        + expressions()
        + from()
        + (key.isEmpty() ? "" : " ORDER BY " + names)
        + " LIMIT "
        + rows;
  }

  private String expressions() {
    StringJoiner expressions = new StringJoiner(",");
    columns.forEach(column -> expressions.add(column.select()));
    return expressions.toString();
  }

  private String from() {
    return " FROM "
        + id.quoted()
        + (key.isEmpty() ? "" : " FORCE INDEX (" + SqlText.identifier(index) + ")");
  }

  private String where(List<String> after, List<String> to) {
    List<String> conditions = new ArrayList<>();
    if (!after.isEmpty()) {
      conditions.add(compare(after, '>', ""));
    }
    if (!to.isEmpty()) {
      conditions.add(compare(to, '<', "="));
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /**
   * A comparison of the key, spelled out: MySQL uses no index for (a, b) &gt; (1, 2). The condition
   * on the first column alone is what it finds the range by.
   */
  private String compare(List<String> bound, char operator, String orEqual) {
    String first = SqlText.identifier(key.get(0).name());
    if (bound.size() == 1) {
      return first + operator + orEqual + bound.get(0);
    }
    StringJoiner alternatives = new StringJoiner(" OR ", "(", ")");
    StringBuilder equal = new StringBuilder();
    for (int i = 0; i < bound.size(); i++) {
      String column = SqlText.identifier(key.get(i).name());
      boolean last = i == bound.size() - 1;
      alternatives.add(
          "(" + equal + column + operator + (last ? orEqual : "") + bound.get(i) + ")");
      equal.append(column).append('=').append(bound.get(i)).append(" AND ");
    }
    return first + operator + "=" + bound.get(0) + " AND " + alternatives;
  }
}
