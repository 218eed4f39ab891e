package io.obconnect.e2e;

import java.util.List;

/**
 * A value that stock Debezium changes before the sink sees it.
 *
 * @param copied what arrives by the full copy
 * @param streamed what arrives by the stream
 */
record TypeLoss(
    String table, String type, String value, String reading, String copied, String streamed) {

  static final List<TypeLoss> KNOWN =
      List.of(
          loss("l_date_zero", "DATE", "'0000-00-00'", "?", "?"),
          loss("l_date_partial", "DATE", "'2024-00-15'", "?", "?"),
          loss("l_date_invalid", "DATE", "'2024-02-31'", "?", "?"),
          loss("l_datetime_zero", "DATETIME", "'0000-00-00 00:00:00'", "?", "?"),
          loss("l_timestamp_zero", "TIMESTAMP NULL", "'0000-00-00 00:00:00'", "?", "?"),
          loss("l_date_zero_nn", "DATE NOT NULL", "'0000-00-00'", "?", "?"),
          loss("l_year_zero", "YEAR", "0", "?", "?"),
          loss("l_enum_error", "ENUM('a','b')", "''", "?", "?"));

  private static TypeLoss loss(
      String table, String type, String value, String copied, String streamed) {
    return new TypeLoss(table, type, value, "CAST(v AS CHAR)", copied + " / 0", streamed + " / 0");
  }
}
