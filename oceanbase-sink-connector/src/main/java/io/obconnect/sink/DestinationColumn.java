package io.obconnect.sink;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.JsonLiteral;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * One column of a destination table.
 *
 * @param name as the destination spells it
 * @param dataType lower case type name without length, {@code bigint} for example
 * @param unsigned whether the type is unsigned
 * @param generated whether the engine computes its value, so that it cannot be written
 * @param fractionDigits of a temporal type's seconds, else 0
 * @param collation by which its texts are compared, empty for other types
 * @param engine the engine that reads the column's literals
 */
record DestinationColumn(
    String name,
    String dataType,
    boolean unsigned,
    boolean generated,
    int fractionDigits,
    String collation,
    Engine engine) {
  private static final Set<String> BINARY_TYPES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  DestinationColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataType, "dataType");
    Objects.requireNonNull(collation, "collation");
    Objects.requireNonNull(engine, "engine");
  }

  /** A column of a type without fractional seconds. */
  DestinationColumn(
      String name,
      String dataType,
      boolean unsigned,
      boolean generated,
      String collation,
      Engine engine) {
    this(name, dataType, unsigned, generated, 0, collation, engine);
  }

  boolean holdsBytes() {
    return BINARY_TYPES.contains(dataType);
  }

  boolean holdsJson() {
    return dataType.equals("json");
  }

  boolean holdsText() {
    return dataType.endsWith("text") || dataType.equals("varchar") || dataType.equals("char");
  }

  /** What makes texts equal here equal. */
  TextFold textFold() {
    return TextFold.of(collation);
  }

  /** Whether different texts can be equal: by case, by accents, by trailing blanks. */
  boolean foldsText() {
    return textFold() != TextFold.NONE;
  }

  /** Whether texts can be equal that differ in more than trailing blanks. */
  boolean foldsLetters() {
    return foldsText() && textFold() != TextFold.BLANKS;
  }

  /** An expression that compares by every letter, not by the column's collation. */
  String exactly(String expression) {
    return foldsText() ? "BINARY CONVERT(" + expression + " USING utf8mb4)" : expression;
  }

  /** Whether texts may become other values than they say, see {@link JsonLiteral}. */
  boolean roundsJson() {
    return engine == Engine.OCEANBASE && holdsJson();
  }

  /** Column names are equal in any case, on both engines. */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
