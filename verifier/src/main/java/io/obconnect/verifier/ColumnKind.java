package io.obconnect.verifier;

import java.util.Locale;

/** A family of column types that share one canonical text. */
enum ColumnKind {
  INTEGER,
  DECIMAL,
  FLOATING,
  YEAR,
  BIT,
  BINARY,
  TEXT,
  JSON,
  GEOMETRY,
  DATE,
  DATETIME,
  TIMESTAMP,
  TIME,
  UNSUPPORTED;

  /** The kind of a DATA_TYPE of information_schema; UNSUPPORTED for everything unknown. */
  static ColumnKind of(String dataType) {
    return switch (dataType.toLowerCase(Locale.ROOT)) {
      case "tinyint", "smallint", "mediumint", "int", "integer", "bigint" -> INTEGER;
      case "decimal", "numeric" -> DECIMAL;
      case "float", "double" -> FLOATING;
      case "year" -> YEAR;
      case "bit" -> BIT;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> BINARY;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> TEXT;
      case "json" -> JSON;
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          GEOMETRY;
      case "date" -> DATE;
      case "datetime" -> DATETIME;
      case "timestamp" -> TIMESTAMP;
      case "time" -> TIME;
      default -> UNSUPPORTED;
    };
  }
}
