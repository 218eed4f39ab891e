package io.obconnect.verifier;

import java.util.Locale;

/**
 * One column as information_schema describes it.
 *
 * @param type COLUMN_TYPE, for messages
 * @param octets longest value in bytes, 0 for types without a length
 * @param scale digits after the point of a decimal or temporal type, -1 for none
 */
record ColumnInfo(String name, ColumnKind kind, String type, long octets, int scale) {

  boolean zerofill() {
    return type.toLowerCase(Locale.ROOT).contains("zerofill");
  }
}
