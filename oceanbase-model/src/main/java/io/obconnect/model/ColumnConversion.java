package io.obconnect.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Converts the columns of one table. */
final class ColumnConversion {

  /** Measured with the OceanBase engine: a larger VECTOR is refused with error 1235. */
  static final int OCEANBASE_MAX_VECTOR_DIMENSIONS = 16_000;

  /** Character sets whose characters never take more bytes in utf8mb4. */
  private static final Set<String> NOT_GROWING = Set.of("ascii", "utf8mb3", "utf8mb4", "utf32");

  private static final Map<String, String> NEXT_TEXT =
      Map.of("tinytext", "text", "text", "mediumtext", "mediumtext", "longtext");

  private final TableDefinition table;
  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final CollationMapper collations;
  private final ConversionLog log;

  ColumnConversion(
      TableDefinition table,
      DestinationProfile profile,
      ConversionOptions options,
      ConversionLog log) {
    this.table = table;
    this.profile = profile;
    this.options = options;
    this.collations = new CollationMapper(profile, options);
    this.log = log;
  }

  ColumnDefinition convert(ColumnDefinition column) {
    ColumnDefinition plain = withGeneration(column);
    ColumnType type = text(plain);
    checkSrid(plain);
    if (profile.isOceanBase()
        && type.name().equals("vector")
        && type.length().orElse(0) > OCEANBASE_MAX_VECTOR_DIMENSIONS) {
      log.refuse(
          ConversionLog.column(column)
              + ": OceanBase holds vectors of at most "
              + OCEANBASE_MAX_VECTOR_DIMENSIONS
              + " dimensions, not "
              + type.length().getAsInt());
    }
    return withoutOptions(withDefault(plain.withType(type)));
  }

  private ColumnDefinition withGeneration(ColumnDefinition column) {
    if (column.generated().isEmpty()) {
      return column;
    }
    GeneratedValue generated = column.generated().get();
    Optional<String> obstacle =
        options.has(TablePart.GENERATED_COLUMNS)
            ? obstacle(column.name(), generated)
            : Optional.of("the destination does not compute values");
    if (obstacle.isEmpty()) {
      return column;
    }
    return plain(column, generated, obstacle.get(), log);
  }

  /** Makes a plain column of a generated one. */
  static ColumnDefinition plain(
      ColumnDefinition column, GeneratedValue generated, String reason, ConversionLog log) {
    log.notCarriedOver(
        ConversionLog.column(column),
        "GENERATED ALWAYS AS ("
            + generated.expression()
            + ")"
            + (generated.stored() ? " STORED" : " VIRTUAL"),
        "plain column",
        reason + "; the values arrive computed in the change records");
    return column.withGenerated(Optional.empty()).withDefault(new ColumnDefault.None());
  }

  private Optional<String> obstacle(String column, GeneratedValue generated) {
    List<ColumnDefinition> used =
        table.columns().stream()
            .filter(other -> !other.name().equalsIgnoreCase(column))
            .filter(other -> SqlToken.names(generated.expression(), other.name()))
            .toList();
    if (!profile.isOceanBase()) {
      return Optional.empty();
    }
    if (used.stream().anyMatch(ColumnDefinition::autoIncrement)) {
      return Optional.of("OceanBase computes nothing from an AUTO_INCREMENT column (error 1235)");
    }
    return used.stream().anyMatch(other -> other.generated().isPresent())
        ? Optional.of("OceanBase computes nothing from a generated column (error 3106)")
        : Optional.empty();
  }

  private ColumnType text(ColumnDefinition column) {
    ColumnType type = column.type();
    if (!type.isText()) {
      return type;
    }
    CollationMapper.TextAttributes own =
        new CollationMapper.TextAttributes(type.charset(), type.collation());
    CollationMapper.TextAttributes mapped = mapped(column, own);
    Optional<String> from = own.isEmpty() ? tableCharset() : own.effectiveCharset();
    ColumnType wide = widened(column, from);
    return wide.withText(mapped.charset(), mapped.collation());
  }

  private CollationMapper.TextAttributes mapped(
      ColumnDefinition column, CollationMapper.TextAttributes own) {
    String object = ConversionLog.column(column);
    List<String> keys = keys(column);
    if (keys.isEmpty()) {
      return collations.map(own, object, log);
    }
    boolean inherited = own.isEmpty();
    CollationMapper.TextAttributes source = inherited ? TableAttributes.of(table) : own;
    return collations.mapKey(source, inherited, object, String.join(" and ", keys), log);
  }

  /** What tells rows apart by the column, and what compares it with such a column. */
  private List<String> keys(ColumnDefinition column) {
    Stream<String> unique =
        table.indexes().stream()
            .filter(IndexDefinition::isUnique)
            .filter(i -> i.columnNames().stream().anyMatch(column.name()::equalsIgnoreCase))
            .map(ConversionLog::index);
    Stream<String> foreign =
        table.foreignKeys().stream()
            .filter(key -> options.has(TablePart.FOREIGN_KEYS))
            .filter(key -> key.columns().stream().anyMatch(column.name()::equalsIgnoreCase))
            .map(key -> "foreign key " + SqlText.identifier(key.name()));
    return Stream.concat(unique, foreign).toList();
  }

  private Optional<String> tableCharset() {
    return TableAttributes.of(table).effectiveCharset();
  }

  private ColumnType widened(ColumnDefinition column, Optional<String> charset) {
    ColumnType type = column.type();
    boolean grows =
        charset.isPresent()
            && !profile.charsets().containsKey(charset.get())
            && !NOT_GROWING.contains(charset.get());
    String next = NEXT_TEXT.get(type.name());
    if (!grows || next == null) {
      return type;
    }
    log.mapped(
        ConversionLog.column(column),
        "type " + type.name(),
        next,
        "its limit counts bytes, and a text of "
            + charset.get()
            + " takes more of them in utf8mb4");
    return type.withName(next);
  }

  private void checkSrid(ColumnDefinition column) {
    int srid = column.type().srid().orElse(0);
    if (srid != 0 && !profile.spatialReferenceSystems()) {
      log.refuse(
          ConversionLog.column(column)
              + ": the destination has no spatial reference systems; it refuses the attribute SRID "
              + srid
              + " (error 3548) and every value that carries it (error 1416)");
    }
  }

  private ColumnDefinition withDefault(ColumnDefinition column) {
    boolean expression = column.defaultValue() instanceof ColumnDefault.Expression;
    if (!profile.isOceanBase() || !expression || !column.type().isLargeObject()) {
      return column;
    }
    log.notCarriedOver(
        ConversionLog.column(column),
        "DEFAULT " + column.defaultValue().render(),
        "",
        "OceanBase has no defaults for "
            + column.type().name().toUpperCase(Locale.ROOT)
            + " (errors 1067 and 1101); change records carry the value");
    return column.withDefault(new ColumnDefault.None());
  }

  private ColumnDefinition withoutOptions(ColumnDefinition column) {
    if (!profile.isOceanBase()) {
      return column;
    }
    column
        .options()
        .forEach(
            (name, value) ->
                log.dropped(
                    ConversionLog.column(column),
                    name + " " + value,
                    "concerns the storage engines of MySQL"));
    return column.withOptions(Map.of());
  }
}
