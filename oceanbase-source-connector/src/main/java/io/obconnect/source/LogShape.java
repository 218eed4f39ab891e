package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whether the log's events fit what is known of a table. OceanBase's Binlog Service leaves out
 * schema changes that it cannot translate, and names no columns.
 */
final class LogShape {
  private static final int STRING = 254;
  private static final int TYPE_BITS = 0x30;

  /** The log's types, by the first word of a column's type. */
  private static final Map<String, Set<Integer>> TYPES =
      Map.ofEntries(
          Map.entry("TINYINT", Set.of(1)),
          Map.entry("BOOLEAN", Set.of(1)),
          Map.entry("BOOL", Set.of(1)),
          Map.entry("SMALLINT", Set.of(2)),
          Map.entry("MEDIUMINT", Set.of(9)),
          Map.entry("INT", Set.of(3)),
          Map.entry("INTEGER", Set.of(3)),
          Map.entry("BIGINT", Set.of(8)),
          // Beyond 24 bits of precision it is a DOUBLE.
          Map.entry("FLOAT", Set.of(4, 5)),
          Map.entry("DOUBLE", Set.of(4, 5)),
          Map.entry("DECIMAL", Set.of(246)),
          Map.entry("NUMERIC", Set.of(246)),
          Map.entry("BIT", Set.of(16)),
          Map.entry("YEAR", Set.of(13)),
          Map.entry("DATE", Set.of(10, 14)),
          Map.entry("TIME", Set.of(11, 19)),
          Map.entry("DATETIME", Set.of(12, 18)),
          Map.entry("TIMESTAMP", Set.of(7, 17)),
          Map.entry("CHAR", Set.of(STRING)),
          Map.entry("BINARY", Set.of(STRING)),
          Map.entry("VARCHAR", Set.of(15, 253)),
          Map.entry("VARBINARY", Set.of(15, 253)),
          Map.entry("TINYTEXT", Set.of(252)),
          Map.entry("TEXT", Set.of(252)),
          Map.entry("MEDIUMTEXT", Set.of(252)),
          Map.entry("LONGTEXT", Set.of(252)),
          Map.entry("TINYBLOB", Set.of(252)),
          Map.entry("BLOB", Set.of(252)),
          Map.entry("MEDIUMBLOB", Set.of(252)),
          Map.entry("LONGBLOB", Set.of(252)),
          Map.entry("JSON", Set.of(245)),
          Map.entry("ENUM", Set.of(247)),
          Map.entry("SET", Set.of(248)),
          Map.entry("GEOMETRY", Set.of(255)),
          Map.entry("POINT", Set.of(255)));

  private LogShape() {}

  /** How a TABLE_MAP differs from a table; null when it may be the same. */
  static String mismatch(TableMapEventData logged, Table known) {
    byte[] types = logged.getColumnTypes();
    List<Column> columns = known.columns();
    if (types.length != columns.size()) {
      return "the log has " + types.length + " columns, and " + columns.size() + " are known";
    }
    for (int i = 0; i < types.length; i++) {
      Column column = columns.get(i);
      int type = type(types[i] & 0xff, logged.getColumnMetadata()[i]);
      String word = column.typeName().split("[ (]", 2)[0].toUpperCase(Locale.ROOT);
      Set<Integer> fitting = TYPES.get(word);
      if (fitting != null && !fitting.contains(type)) {
        return "column "
            + column.name()
            + " is known as "
            + word
            + ", and is of the log's type "
            + type;
      }
    }
    return null;
  }

  /** Enumerations and sets hide behind the type of strings. */
  private static int type(int type, int metadata) {
    int hidden = metadata >> 8;
    return type == STRING && hidden != 0 && (hidden & TYPE_BITS) == TYPE_BITS ? hidden : type;
  }

  /**
   * The first column that cannot be NULL and is; null when there is none. Zero dates are NULL here,
   * so that those columns do not count.
   */
  static String missingValue(Serializable[] row, Table known) {
    List<Column> columns = known.columns();
    for (int i = 0; i < row.length && i < columns.size(); i++) {
      Column column = columns.get(i);
      if (row[i] == null && !column.isOptional() && !isTemporal(column)) {
        return column.name();
      }
    }
    return null;
  }

  private static boolean isTemporal(Column column) {
    String type = column.typeName().toUpperCase(Locale.ROOT);
    return type.startsWith("DATE") || type.startsWith("TIME") || type.startsWith("YEAR");
  }
}
