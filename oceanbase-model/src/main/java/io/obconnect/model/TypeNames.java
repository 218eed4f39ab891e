package io.obconnect.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** MySQL's synonyms of types, and types built from their parsed parts. */
final class TypeNames {

  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("int1", "tinyint"),
          Map.entry("int2", "smallint"),
          Map.entry("int3", "mediumint"),
          Map.entry("middleint", "mediumint"),
          Map.entry("int4", "int"),
          Map.entry("integer", "int"),
          Map.entry("int8", "bigint"),
          Map.entry("dec", "decimal"),
          Map.entry("numeric", "decimal"),
          Map.entry("fixed", "decimal"),
          Map.entry("float4", "float"),
          Map.entry("float8", "double"),
          Map.entry("real", "double"),
          Map.entry("varcharacter", "varchar"),
          Map.entry("geomcollection", "geometrycollection"));

  private TypeNames() {}

  static ColumnType canonical(String written, List<Object> arguments) {
    String name = written.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "bool", "boolean" -> ColumnType.of("tinyint").withLength(1);
      case "serial" -> ColumnType.of("bigint").withSign(true, false);
      // The length of YEAR is a display width of old servers.
      case "year" -> ColumnType.of("year");
      case "enum", "set" ->
          ColumnType.of(name)
              .withArguments(OptionalInt.empty(), OptionalInt.empty(), labels(arguments));
      default -> sized(SYNONYMS.getOrDefault(name, name), arguments);
    };
  }

  private static List<String> labels(List<Object> arguments) {
    if (arguments.isEmpty() || !arguments.stream().allMatch(String.class::isInstance)) {
      throw new DdlSyntaxException("the labels of an ENUM or SET are no texts");
    }
    return arguments.stream().map(String.class::cast).toList();
  }

  private static ColumnType sized(String name, List<Object> arguments) {
    if (arguments.size() > 2 || !arguments.stream().allMatch(Integer.class::isInstance)) {
      throw new DdlSyntaxException("unknown arguments of the type " + name);
    }
    ColumnType sized =
        ColumnType.of(name)
            .withArguments(argument(arguments, 0), argument(arguments, 1), List.of());
    return switch (name) {
      case "float" -> floating(sized);
      case "text", "blob" -> large(sized);
      default -> sized;
    };
  }

  private static OptionalInt argument(List<Object> arguments, int index) {
    return index < arguments.size()
        ? OptionalInt.of((Integer) arguments.get(index))
        : OptionalInt.empty();
  }

  /** FLOAT(p) with one argument is a precision in bits that chooses between FLOAT and DOUBLE. */
  private static ColumnType floating(ColumnType type) {
    if (type.length().isEmpty() || type.scale().isPresent()) {
      return type;
    }
    return ColumnType.of(type.length().getAsInt() > 24 ? "double" : "float");
  }

  /** TEXT(n) and BLOB(n) choose the smallest type that holds n. */
  private static ColumnType large(ColumnType type) {
    if (type.length().isEmpty()) {
      return type;
    }
    // Characters of the widest character set: never smaller than what MySQL chooses.
    long bytes = type.length().getAsInt() * (type.name().equals("text") ? 4L : 1L);
    String prefix = bytes < 1L << 8 ? "tiny" : bytes < 1L << 16 ? "" : "medium";
    return ColumnType.of((bytes < 1L << 24 ? prefix : "long") + type.name());
  }

  /** Returns the type of bytes that MySQL takes for a text in the character set {@code binary}. */
  static ColumnType bytes(ColumnType text) {
    return switch (text.name()) {
      case "char" -> text.withName("binary");
      case "varchar" -> text.withName("varbinary");
      case "enum", "set" -> text;
      default -> text.withName(text.name().replace("text", "blob"));
    };
  }
}
