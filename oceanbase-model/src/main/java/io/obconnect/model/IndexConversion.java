package io.obconnect.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Converts the indexes of one table, given its converted columns. */
final class IndexConversion {

  /** Measured with the OceanBase engine (error 1071). */
  private static final int OCEANBASE_MAX_KEY_BYTES = 16_384;

  /** InnoDB with 16 KiB pages. */
  private static final int MYSQL_MAX_KEY_BYTES = 3_072;

  private static final Set<String> ROUTINE = Set.of("BTREE");

  private final TableDefinition source;
  private final TableDefinition converted;
  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final CollationMapper collations;
  private final ConversionLog log;

  IndexConversion(
      TableDefinition source,
      TableDefinition converted,
      DestinationProfile profile,
      ConversionOptions options,
      ConversionLog log) {
    this.source = source;
    this.converted = converted;
    this.profile = profile;
    this.options = options;
    this.collations = new CollationMapper(profile, options);
    this.log = log;
  }

  List<IndexDefinition> convert() {
    return source.indexes().stream().flatMap(index -> convert(index).stream()).toList();
  }

  /** Converts one index; empty if the destination gets none. */
  Optional<IndexDefinition> convert(IndexDefinition index) {
    if (!isCarriedOver(index)) {
      return Optional.empty();
    }
    return Optional.of(profile.isOceanBase() ? forOceanBase(index) : index);
  }

  private boolean isCarriedOver(IndexDefinition index) {
    Optional<String> reason = obstacle(index);
    reason.ifPresent(
        why -> log.notCarriedOver(ConversionLog.index(index), index.kind().sql(), "", why));
    return reason.isEmpty() && fits(index);
  }

  private Optional<String> obstacle(IndexDefinition index) {
    String unique = index.isUnique() ? "; the destination does not enforce it" : "";
    if (TablePart.of(index).filter(part -> !options.has(part)).isPresent()) {
      return Optional.of("such indexes are not carried over: create it afterwards" + unique);
    }
    return profile.isOceanBase() && hasPrefixOfBacktickName(index)
        ? Optional.of(
            "OceanBase has no index of a prefix of a column with a backtick in its name (error"
                + " 1064)"
                + unique)
        : Optional.empty();
  }

  private static boolean hasPrefixOfBacktickName(IndexDefinition index) {
    return index.kind() != IndexDefinition.Kind.PRIMARY
        && index.parts().stream()
            .filter(IndexPart.Column.class::isInstance)
            .map(IndexPart.Column.class::cast)
            .anyMatch(part -> part.prefix().isPresent() && part.name().contains("`"));
  }

  /** Checks the key's length if a wider character set made it grow; else the source had it too. */
  private boolean fits(IndexDefinition index) {
    int limit = profile.isOceanBase() ? OCEANBASE_MAX_KEY_BYTES : MYSQL_MAX_KEY_BYTES;
    boolean grown =
        index.columnNames().stream()
            .anyMatch(name -> !charset(source, name).equals(charset(converted, name)));
    long bytes = index.parts().stream().mapToLong(this::bytes).sum();
    if (!grown || bytes <= limit) {
      return true;
    }
    String why =
        "takes up to " + bytes + " bytes in the wider character set; the limit is " + limit;
    if (index.isUnique()) {
      log.refuse(ConversionLog.index(index) + " " + why);
    } else {
      log.notCarriedOver(ConversionLog.index(index), "KEY", "", why);
    }
    return false;
  }

  private static Optional<String> charset(TableDefinition table, String column) {
    return table
        .column(column)
        .filter(c -> c.type().isText())
        .flatMap(
            c ->
                new CollationMapper.TextAttributes(c.type().charset(), c.type().collation())
                    .effectiveCharset()
                    .or(() -> TableAttributes.of(table).effectiveCharset()));
  }

  private long bytes(IndexPart part) {
    if (!(part instanceof IndexPart.Column column)) {
      return 0;
    }
    ColumnType type =
        converted.column(column.name()).map(ColumnDefinition::type).orElse(ColumnType.of("int"));
    int units = column.prefix().orElse(type.length().orElse(1));
    int perUnit =
        type.isText()
            ? collations.bytesPerCharacter(charset(converted, column.name()).orElse(""))
            : 1;
    return Math.max((long) units * perUnit, 8);
  }

  private IndexDefinition forOceanBase(IndexDefinition index) {
    List<IndexPart> parts = index.parts().stream().map(p -> forOceanBase(index, p)).toList();
    Map<String, String> kept = new LinkedHashMap<>();
    index
        .options()
        .forEach(
            (name, value) -> {
              if (name.equals("WITH PARSER") && value.equalsIgnoreCase("ngram")) {
                kept.put(name, value);
              } else {
                drop(index, name, value);
              }
            });
    return index.withParts(parts).withOptions(kept);
  }

  private void drop(IndexDefinition index, String name, String value) {
    String object = ConversionLog.index(index);
    if (ROUTINE.contains(value)) {
      log.routine(object, name + " " + value, "the only kind of index OceanBase has");
    } else {
      log.dropped(object, name + " " + value, "concerns the storage engines of MySQL");
    }
  }

  private IndexPart forOceanBase(IndexDefinition index, IndexPart part) {
    if (!(part instanceof IndexPart.Column column)) {
      return part;
    }
    String name = SqlText.identifier(column.name());
    if (column.descending()) {
      log.dropped(
          ConversionLog.index(index), name + " DESC", "OceanBase sorts all index parts upwards");
    }
    return new IndexPart.Column(column.name(), prefix(index, column), false);
  }

  private OptionalInt prefix(IndexDefinition index, IndexPart.Column part) {
    if (part.prefix().isEmpty() || index.kind() != IndexDefinition.Kind.PRIMARY) {
      return part.prefix();
    }
    String name = SqlText.identifier(part.name());
    boolean large = converted.column(part.name()).map(c -> c.type().isLargeObject()).orElse(false);
    if (large) {
      log.refuse(
          "primary key: OceanBase has no key of a prefix (error 1064) nor of a whole TEXT or BLOB"
              + " (error 1167), column "
              + name);
    } else {
      log.mapped(
          "primary key",
          part.render(),
          name,
          "OceanBase has no primary key of a prefix; the whole column tells apart at least as much");
    }
    return OptionalInt.empty();
  }
}
