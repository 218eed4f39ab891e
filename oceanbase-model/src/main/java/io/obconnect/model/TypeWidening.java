package io.obconnect.model;

import java.util.List;
import java.util.Map;

/**
 * Whether every value of one type is a value of another, unchanged. Where that depends on the
 * server, the answer is no: it only costs a wait.
 */
final class TypeWidening {

  private static final List<String> INTEGERS =
      List.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final List<String> TEXTS =
      List.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
  private static final List<String> BLOBS =
      List.of("varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  /** What a type without a length holds, in bytes for the types of text and bytes. */
  private static final Map<String, Long> CAPACITY =
      Map.of(
          "tinytext", 255L,
          "tinyblob", 255L,
          "text", 65_535L,
          "blob", 65_535L,
          "mediumtext", 16_777_215L,
          "mediumblob", 16_777_215L,
          "longtext", 4_294_967_295L,
          "longblob", 4_294_967_295L);

  private static final int MAX_BYTES_PER_CHARACTER = 4;

  private TypeWidening() {}

  /** Returns whether a column of the type {@code from} may become one of the type {@code to}. */
  static boolean isWidening(ColumnType from, ColumnType to) {
    if (INTEGERS.contains(from.name()) && INTEGERS.contains(to.name())) {
      return integers(from, to);
    }
    if (TEXTS.contains(from.name()) && TEXTS.contains(to.name())) {
      return sameText(from, to) && texts(from, to);
    }
    if (BLOBS.contains(from.name()) && BLOBS.contains(to.name())) {
      return capacity(from) <= capacity(to);
    }
    if (from.name().equals("float") && to.name().equals("double")) {
      return from.length().isEmpty() && to.length().isEmpty() && signFits(from, to);
    }
    return from.name().equals(to.name()) && signFits(from, to) && sized(from, to);
  }

  private static boolean integers(ColumnType from, ColumnType to) {
    int growth = INTEGERS.indexOf(to.name()) - INTEGERS.indexOf(from.name());
    boolean sameSign = from.unsigned() == to.unsigned();
    return sameSign ? growth >= 0 : from.unsigned() && growth > 0;
  }

  private static boolean signFits(ColumnType from, ColumnType to) {
    return !to.unsigned() || from.unsigned();
  }

  private static boolean sized(ColumnType from, ColumnType to) {
    return switch (from.name()) {
      case "decimal" -> decimals(from, to);
      case "float", "double" ->
          from.length().equals(to.length()) && from.scale().equals(to.scale());
      case "bit" -> from.length().orElse(1) <= to.length().orElse(1);
      case "time", "datetime", "timestamp" -> from.length().orElse(0) <= to.length().orElse(0);
      case "enum", "set" -> sameText(from, to) && startsWith(to.values(), from.values());
      default -> from.length().equals(to.length()) && from.srid().equals(to.srid());
    };
  }

  private static boolean decimals(ColumnType from, ColumnType to) {
    int fromScale = from.scale().orElse(0);
    int toScale = to.scale().orElse(0);
    int fromWhole = from.length().orElse(10) - fromScale;
    int toWhole = to.length().orElse(10) - toScale;
    return toScale >= fromScale && toWhole >= fromWhole;
  }

  /** A value's text stays what it is if the character set does, or becomes the widest one. */
  private static boolean sameText(ColumnType from, ColumnType to) {
    return from.charset().equals(to.charset())
        || to.charset().filter(CollationMapper.WIDEST::equals).isPresent();
  }

  private static boolean startsWith(List<String> labels, List<String> start) {
    return labels.size() >= start.size() && labels.subList(0, start.size()).equals(start);
  }

  private static boolean texts(ColumnType from, ColumnType to) {
    if (from.name().equals(to.name())) {
      return from.length().orElse(1) <= to.length().orElse(1);
    }
    // CHAR drops trailing blanks; the lengths of the others count characters, the TEXTs' bytes.
    boolean limitInBytes = CAPACITY.containsKey(to.name());
    return !to.name().equals("char")
        && capacity(from) <= capacity(to) / (limitInBytes ? MAX_BYTES_PER_CHARACTER : 1);
  }

  private static long capacity(ColumnType type) {
    Long bytes = CAPACITY.get(type.name());
    return bytes == null ? type.length().orElse(1) : bytes;
  }
}
