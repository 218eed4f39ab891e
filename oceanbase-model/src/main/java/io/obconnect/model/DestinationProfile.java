package io.obconnect.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a destination can do, as far as the conversion of schemas needs to know. Read from the
 * server by {@link DestinationProbe}.
 *
 * @param version what {@code version()} says
 * @param charsets the character sets, by name, with the most bytes a character takes
 * @param collations the collations by name
 * @param lowerCaseTableNames whether the server does not tell {@code Orders} from {@code orders}
 * @param maxAllowedPacketBytes the longest statement in bytes
 * @param spatialReferenceSystems whether the server knows any SRID besides 0
 */
public record DestinationProfile(
    Engine engine,
    String version,
    Map<String, Integer> charsets,
    Map<String, Collation> collations,
    boolean lowerCaseTableNames,
    long maxAllowedPacketBytes,
    boolean spatialReferenceSystems) {

  /** A table's name as the server tells names apart: in lower case where case does not count. */
  public TableId folded(TableId table) {
    return lowerCaseTableNames
        ? new TableId(
            table.database().toLowerCase(Locale.ROOT), table.table().toLowerCase(Locale.ROOT))
        : table;
  }

  /** The kinds of destination. */
  public enum Engine {
    OCEANBASE,
    MYSQL
  }

  /**
   * A collation of the destination.
   *
   * @param charset the character set it belongs to
   * @param isDefault whether the character set uses it if none is named
   */
  public record Collation(String name, String charset, boolean isDefault) {}

  public DestinationProfile {
    charsets = Map.copyOf(charsets);
    collations = Map.copyOf(collations);
  }

  /** Returns the collation a character set has if none is named. */
  public Optional<String> defaultCollation(String charset) {
    return collations.values().stream()
        .filter(c -> c.isDefault() && c.charset().equals(charset))
        .map(Collation::name)
        .findFirst();
  }

  boolean isOceanBase() {
    return engine == Engine.OCEANBASE;
  }
}
