package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How rows of one source table are written to its destination table. Immutable.
 *
 * @param table the destination table
 * @param columns by folded name
 * @param primaryKey folded names in key order, never empty
 * @param hasOtherUniqueKeys whether a row can also collide with another row by a unique key. ON
 *     DUPLICATE KEY UPDATE would then change that other row, so such tables are written by REPLACE:
 *     the row that has to yield is one that the source has changed or deleted too, and that change
 *     follows in the same partition.
 */
record TablePlan(
    TableId table,
    Map<String, DestinationColumn> columns,
    List<String> primaryKey,
    boolean hasOtherUniqueKeys) {

  TablePlan {
    Objects.requireNonNull(table, "table");
    columns = Map.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    if (primaryKey.isEmpty()) {
      throw new IllegalArgumentException("table " + table.quoted() + " has no primary key");
    }
  }

  static Map<String, DestinationColumn> byFoldedName(List<DestinationColumn> columns) {
    Map<String, DestinationColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(DestinationColumn.fold(column.name()), column));
    return byName;
  }
}
