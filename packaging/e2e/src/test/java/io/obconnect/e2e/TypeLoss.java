package io.obconnect.e2e;

import java.util.List;

/**
 * A value that stock Debezium changes before the sink sees it.
 *
 * @param copied what arrives by the full copy, null when no row arrives
 * @param streamed what arrives by the stream, null when no row arrives
 */
record TypeLoss(
    String table, String type, String value, String reading, String copied, String streamed) {
  private static final String NULL = "null";

  static final List<TypeLoss> KNOWN =
      List.of(
          // Zero and partial dates are NULL already when Debezium's binlog reader hands them on.
          loss("l_date_zero", "DATE", "'0000-00-00'", NULL, NULL),
          loss("l_date_partial", "DATE", "'2024-00-15'", NULL, NULL),
          loss("l_datetime_zero", "DATETIME", "'0000-00-00 00:00:00'", NULL, NULL),
          loss("l_timestamp_zero", "TIMESTAMP NULL", "'0000-00-00 00:00:00'", NULL, NULL),
          // Where NULL is not allowed, the epoch takes its place.
          loss("l_date_zero_nn", "DATE NOT NULL", "'0000-00-00'", "1970-01-01", "1970-01-01"),
          // Taken for a year of two digits when copied; streamed as 1900, which no YEAR can hold: a
          // dead letter.
          new TypeLoss("l_year_zero", "YEAR", "'0000'", "CAST(v AS CHAR)", "2000 / 0", null),
          // The snapshot reads FLOAT as text, and MySQL's text has six digits.
          loss("l_float", "FLOAT", "16777216", "16777200", "16777216"),
          // The error value of an ENUM arrives as an empty string, which strict mode refuses: a
          // dead letter.
          new TypeLoss("l_enum_error", "ENUM('a','b')", "''", "CAST(v AS CHAR)", null, null));

  private static TypeLoss loss(
      String table, String type, String value, String copied, String streamed) {
    String reading = type.equals("FLOAT") ? "CAST(v+0e0 AS CHAR)" : "CAST(v AS CHAR)";
    return new TypeLoss(table, type, value, reading, copied + " / 0", streamed + " / 0");
  }
}
