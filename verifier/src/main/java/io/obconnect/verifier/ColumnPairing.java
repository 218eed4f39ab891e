package io.obconnect.verifier;

import io.obconnect.model.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Pairs columns by name without regard to case, in the order of the source; the order and the
 * visibility on the destination do not matter.
 *
 * @param mismatch names the columns that one side lacks; empty if none
 */
record ColumnPairing(List<ColumnPair> pairs, Optional<String> mismatch) {

  static ColumnPairing of(List<ColumnInfo> source, List<ColumnInfo> destination) {
    Map<String, ColumnInfo> rest = new LinkedHashMap<>();
    destination.forEach(column -> rest.put(key(column), column));
    List<ColumnPair> pairs = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ColumnInfo column : source) {
      ColumnInfo other = rest.remove(key(column));
      if (other == null) {
        missing.add(SqlText.identifier(column.name()));
      } else {
        pairs.add(new ColumnPair(column, other));
      }
    }
    List<String> extra = rest.values().stream().map(c -> SqlText.identifier(c.name())).toList();
    return new ColumnPairing(List.copyOf(pairs), mismatch(missing, extra));
  }

  private static String key(ColumnInfo column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> mismatch(List<String> missing, List<String> extra) {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("columns missing on the destination: " + String.join(", ", missing));
    }
    if (!extra.isEmpty()) {
      parts.add("columns only on the destination: " + String.join(", ", extra));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }
}
