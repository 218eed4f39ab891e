package io.obconnect.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Converts definitions of a MySQL source for a destination. All methods are pure functions. */
public final class SchemaConverter {

  /** MySQL's limit for all columns of a row that are stored in it. */
  private static final long MYSQL_MAX_ROW_BYTES = 65_535;

  private SchemaConverter() {}

  /**
   * A database as the destination gets it.
   *
   * @param rewrites the differences to the source
   */
  public record ConvertedDatabase(DdlStatement.CreateDatabase database, List<Rewrite> rewrites) {

    public ConvertedDatabase {
      rewrites = List.copyOf(rewrites);
    }
  }

  /** Converts what rows need of a table: {@link ConversionOptions#rowsOnly()}. */
  public static ConversionResult convert(TableDefinition table, DestinationProfile profile) {
    return convert(table, profile, ConversionOptions.rowsOnly());
  }

  /** Converts a table, and says why for every difference. */
  public static ConversionResult convert(
      TableDefinition table, DestinationProfile profile, ConversionOptions options) {
    ConversionLog log = new ConversionLog();
    noteCase(table, profile, log);
    ConstraintConversion constraints = new ConstraintConversion(profile, options, log);
    TableOptions tableOptions = new OptionConversion(table, profile, options, log).convert();
    ColumnConversion columnConversion = new ColumnConversion(table, profile, options, log);
    TableDefinition withColumns =
        table
            .withColumns(table.columns().stream().map(columnConversion::convert).toList())
            .withOptions(tableOptions);
    checkRow(table, withColumns, profile, options, log);
    TableDefinition converted =
        withColumns
            .withIndexes(new IndexConversion(table, withColumns, profile, options, log).convert())
            .withForeignKeys(constraints.foreignKeys(table))
            .withChecks(constraints.checks(table))
            .withPartitioning(table.partitioning().flatMap(constraints::partitioning))
            .withId(options.names().apply(table.id()));
    return log.refusals().isEmpty()
        ? HeldBackParts.split(ForeignKeyIndexes.with(converted), log.rewrites(), options)
        : new ConversionResult.Refused(log.refusals());
  }

  /** Converts a database under its own name. */
  public static ConvertedDatabase convertDatabase(
      DdlStatement.CreateDatabase database, DestinationProfile profile) {
    return convertDatabase(database, profile, ConversionOptions.full());
  }

  /** Converts a database's character set and collation; without any it gets utf8mb4. */
  public static ConvertedDatabase convertDatabase(
      DdlStatement.CreateDatabase database, DestinationProfile profile, ConversionOptions options) {
    ConversionLog log = new ConversionLog();
    String object = "database " + SqlText.identifier(database.name());
    CollationMapper.TextAttributes own =
        new CollationMapper.TextAttributes(database.charset(), database.collation());
    if (own.isEmpty()) {
      own =
          new CollationMapper.TextAttributes(Optional.of(CollationMapper.WIDEST), Optional.empty());
    }
    CollationMapper.TextAttributes mapped =
        new CollationMapper(profile, options).map(own, object, log);
    database
        .options()
        .forEach((name, value) -> log.dropped(object, name + "=" + value, "an option of MySQL"));
    return new ConvertedDatabase(
        new DdlStatement.CreateDatabase(
            options.database(database.name()),
            mapped.charset(),
            mapped.collation(),
            Map.of(),
            database.ifNotExists()),
        log.rewrites());
  }

  private static void noteCase(
      TableDefinition table, DestinationProfile profile, ConversionLog log) {
    String name = table.id().toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (profile.lowerCaseTableNames() && !name.equals(lower)) {
      log.mapped(
          "table",
          "name " + name,
          lower,
          "the destination ignores case: tables that differ only by it become one");
    }
  }

  /** A wider character set can push a row over MySQL's limit; OceanBase's is never reached. */
  private static void checkRow(
      TableDefinition table,
      TableDefinition converted,
      DestinationProfile profile,
      ConversionOptions options,
      ConversionLog log) {
    boolean changed = !rowCharsets(table).equals(rowCharsets(converted));
    CollationMapper mapper = new CollationMapper(profile, options);
    long bytes = converted.columns().stream().mapToLong(c -> bytes(converted, c, mapper)).sum();
    if (!profile.isOceanBase() && changed && bytes > MYSQL_MAX_ROW_BYTES) {
      log.refuse(
          "the row takes up to "
              + bytes
              + " bytes in the wider character set; MySQL's limit is "
              + MYSQL_MAX_ROW_BYTES);
    }
  }

  private static List<Optional<String>> rowCharsets(TableDefinition table) {
    return table.columns().stream().map(c -> charset(table, c)).toList();
  }

  private static Optional<String> charset(TableDefinition table, ColumnDefinition column) {
    return new CollationMapper.TextAttributes(column.type().charset(), column.type().collation())
        .effectiveCharset()
        .or(() -> TableAttributes.of(table).effectiveCharset());
  }

  private static long bytes(
      TableDefinition table, ColumnDefinition column, CollationMapper mapper) {
    ColumnType type = column.type();
    if (!type.name().equals("char") && !type.name().equals("varchar")) {
      return 0;
    }
    int perCharacter = mapper.bytesPerCharacter(charset(table, column).orElse(""));
    return (long) type.length().orElse(1) * perCharacter;
  }
}
