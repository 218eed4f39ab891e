package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How rows are written to a destination table. Immutable.
 *
 * @param table the destination table
 * @param columns by folded name
 * @param rowKey folded names, in key order, of the columns that a row is found by: those of the
 *     primary key, or of a unique key without NULLs where there is none; empty when there is
 *     neither
 * @param furtherKeys the other unique keys
 * @param serial whether all changes have to go one after the other, because a unique key is made of
 *     expressions that only the server can compute
 * @param merged whether rows of several source tables meet in it, so that a new row must not take
 *     the place of another one
 */
record TablePlan(
    TableId table,
    Map<String, DestinationColumn> columns,
    List<String> rowKey,
    List<UniqueKey> furtherKeys,
    boolean serial,
    boolean merged) {

  TablePlan {
    Objects.requireNonNull(table, "table");
    columns = Map.copyOf(columns);
    rowKey = List.copyOf(rowKey);
    furtherKeys = List.copyOf(furtherKeys);
    serial = serial || rowKey.isEmpty();
  }

  /** A plan for a table with one source. */
  TablePlan(
      TableId table,
      Map<String, DestinationColumn> columns,
      List<String> rowKey,
      List<UniqueKey> furtherKeys,
      boolean serial) {
    this(table, columns, rowKey, furtherKeys, serial, false);
  }

  TableClass tableClass() {
    if (rowKey.isEmpty()) {
      return TableClass.KEYLESS;
    }
    return furtherKeys.isEmpty() && !serial && !merged ? TableClass.KEYED : TableClass.CONFLICTING;
  }

  /** The table as it looks to somebody who finds rows by one of the further keys. */
  List<TablePlan> byFurtherKey() {
    return furtherKeys.stream()
        .filter(
            key ->
                key.columns().stream()
                    .noneMatch(part -> part.isExpression() || part.prefixChars() > 0))
        .map(key -> key.columns().stream().map(UniqueKey.Part::column).toList())
        .map(key -> new TablePlan(table, columns, key, List.of(), false))
        .toList();
  }

  /** The columns that a row is found by, in key order. */
  List<DestinationColumn> rowKeyColumns() {
    return rowKey.stream().map(columns::get).toList();
  }

  /** The column of this name in any case. */
  Optional<DestinationColumn> column(String name) {
    return Optional.ofNullable(columns.get(DestinationColumn.fold(name)));
  }

  static Map<String, DestinationColumn> byFoldedName(List<DestinationColumn> columns) {
    Map<String, DestinationColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(DestinationColumn.fold(column.name()), column));
    return byName;
  }
}
