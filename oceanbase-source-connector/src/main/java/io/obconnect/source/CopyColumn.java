package io.obconnect.source;

import io.obconnect.model.SqlText;
import java.util.Objects;
import java.util.Set;

/**
 * A column of a table that is copied.
 *
 * @param select the expression that a chunk's SELECT has for it
 * @param literal how what the server prints becomes a literal
 */
record CopyColumn(String name, String dataType, String select, LiteralStyle literal) {
  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year");
  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "set");
  private static final Set<String> TIMES = Set.of("date", "datetime", "timestamp", "time");

  /** Compared by the server as they are printed, so that their literals can bound a range. */
  private static final Set<String> BOUNDS =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "char",
          "varchar",
          "binary",
          "varbinary",
          "date",
          "datetime",
          "timestamp");

  CopyColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataType, "dataType");
    Objects.requireNonNull(select, "select");
    Objects.requireNonNull(literal, "literal");
  }

  /**
   * A column by its type.
   *
   * @param dataType as information_schema calls it, in lower case
   */
  static CopyColumn of(String name, String dataType) {
    String quoted = SqlText.identifier(name);
    if (NUMBERS.contains(dataType)) {
      return new CopyColumn(name, dataType, quoted, LiteralStyle.NUMBER);
    }
    if (dataType.equals("enum")) {
      // The error value prints as nothing, like a member without letters.
      String select = "IF(" + quoted + "+0=0," + SqlText.ENUM_ERROR_VALUE + "," + quoted + ")";
      return new CopyColumn(name, dataType, select, LiteralStyle.TEXT);
    }
    if (TEXTS.contains(dataType) || TIMES.contains(dataType)) {
      return new CopyColumn(name, dataType, quoted, LiteralStyle.TEXT);
    }
    return switch (dataType) {
      // FLOAT prints six digits; as a double it prints all of them.
      case "float" -> new CopyColumn(name, dataType, quoted + "+0e0", LiteralStyle.FLOATING);
      case "double" -> new CopyColumn(name, dataType, quoted, LiteralStyle.FLOATING);
      case "bit" -> new CopyColumn(name, dataType, quoted + "+0", LiteralStyle.NUMBER);
      case "json" -> new CopyColumn(name, dataType, quoted, LiteralStyle.JSON);
      case "vector" -> new CopyColumn(name, dataType, quoted, LiteralStyle.VECTOR);
      // Bytes, and spatial values in the storage format that every engine takes.
      default -> new CopyColumn(name, dataType, quoted, LiteralStyle.BYTES);
    };
  }

  boolean canBound() {
    return BOUNDS.contains(dataType);
  }
}
