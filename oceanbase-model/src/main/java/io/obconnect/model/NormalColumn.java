package io.obconnect.model;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** One form for columns that servers print differently but mean alike. */
final class NormalColumn {

  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final Map<String, Integer> DEFAULT_LENGTH =
      Map.of("char", 1, "binary", 1, "bit", 1, "decimal", 10, "vector", 2048);

  private NormalColumn() {}

  /** Returns the column with complete attributes and without what has no meaning. */
  static ColumnDefinition of(ColumnDefinition column, TableDefinition table) {
    ColumnDefault value = column.defaultValue();
    boolean computed = column.generated().isPresent();
    if (computed) {
      value = new ColumnDefault.None();
    } else if (value instanceof ColumnDefault.None && column.nullable()) {
      value = new ColumnDefault.Null();
    } else if (value instanceof ColumnDefault.Expression expression) {
      value = new ColumnDefault.Expression(expression(expression.sql()));
    }
    return column
        .withType(type(column.type(), table))
        .withDefault(value)
        .withGenerated(
            column.generated().map(g -> new GeneratedValue(expression(g.expression()), g.stored())))
        .withOptions(Map.of());
  }

  private static ColumnType type(ColumnType type, TableDefinition table) {
    ColumnType plain = type.withArguments(length(type), scale(type), type.values());
    if (!type.isText()) {
      return plain;
    }
    CollationMapper.TextAttributes own =
        new CollationMapper.TextAttributes(type.charset(), type.collation());
    CollationMapper.TextAttributes text = own.isEmpty() ? TableAttributes.of(table) : own;
    return plain.withText(text.effectiveCharset(), text.collation());
  }

  /** The length of an integer is a width of display; servers print or leave out defaults. */
  private static OptionalInt length(ColumnType type) {
    int length = type.length().orElse(DEFAULT_LENGTH.getOrDefault(type.name(), 0));
    boolean display = INTEGERS.contains(type.name()) && !type.zerofill();
    boolean flag = type.name().equals("tinyint") && length == 1;
    return length == 0 || (display && !flag) ? OptionalInt.empty() : OptionalInt.of(length);
  }

  private static OptionalInt scale(ColumnType type) {
    int scale = type.scale().orElse(0);
    return type.name().equals("decimal") || scale > 0 ? OptionalInt.of(scale) : type.scale();
  }

  /** Servers add parentheses, blanks, quotes and character sets to an expression. */
  static String expression(String sql) {
    return sql.toLowerCase(Locale.ROOT).replaceAll("_utf8mb4|[`()\\s]", "");
  }
}
