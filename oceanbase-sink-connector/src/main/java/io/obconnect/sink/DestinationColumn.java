package io.obconnect.sink;

import io.obconnect.model.DestinationProfile.Engine;
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
 * @param engine the engine that reads the column's literals
 */
record DestinationColumn(
    String name, String dataType, boolean unsigned, boolean generated, Engine engine) {
  private static final Set<String> BINARY_TYPES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  DestinationColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataType, "dataType");
    Objects.requireNonNull(engine, "engine");
  }

  /** A column of MySQL. */
  DestinationColumn(String name, String dataType, boolean unsigned, boolean generated) {
    this(name, dataType, unsigned, generated, Engine.MYSQL);
  }

  boolean holdsBytes() {
    return BINARY_TYPES.contains(dataType);
  }

  /** Whether texts may become other values than they say, see {@link JsonLiteral}. */
  boolean roundsJson() {
    return engine == Engine.OCEANBASE && dataType.equals("json");
  }

  /** Column names are equal in any case, on both engines. */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
