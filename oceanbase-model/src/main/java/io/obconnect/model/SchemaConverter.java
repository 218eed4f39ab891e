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

  /** Converts a table, and says why for every difference. */
  public static ConversionResult convert(TableDefinition table, DestinationProfile profile) {
    ConversionLog log = new ConversionLog();
    noteCase(table, profile, log);
    TableOptions options = new OptionConversion(table, profile, log).convert();
    ColumnConversion columnConversion = new ColumnConversion(table, profile, log);
    List<ColumnDefinition> columns =
        table.columns().stream().map(columnConversion::convert).toList();
    TableDefinition withColumns = with(table, columns, List.of(), options);
    checkRow(table, withColumns, profile, log);
    List<IndexDefinition> indexes = new IndexConversion(table, withColumns, profile, log).convert();
    leaveOutConstraints(table, log);
    return log.result(with(table, columns, indexes, options));
  }

  /** Converts a database's character set and collation; without any it gets utf8mb4. */
  public static ConvertedDatabase convertDatabase(
      DdlStatement.CreateDatabase database, DestinationProfile profile) {
    ConversionLog log = new ConversionLog();
    String object = "database " + SqlText.identifier(database.name());
    CollationMapper.TextAttributes own =
        new CollationMapper.TextAttributes(database.charset(), database.collation());
    if (own.isEmpty()) {
      own =
          new CollationMapper.TextAttributes(Optional.of(CollationMapper.WIDEST), Optional.empty());
    }
    CollationMapper.TextAttributes mapped = new CollationMapper(profile).map(own, object, log);
    database
        .options()
        .forEach((name, value) -> log.dropped(object, name + "=" + value, "an option of MySQL"));
    return new ConvertedDatabase(
        new DdlStatement.CreateDatabase(
            database.name(),
            mapped.charset(),
            mapped.collation(),
            Map.of(),
            database.ifNotExists()),
        log.rewrites());
  }

  private static TableDefinition with(
      TableDefinition table,
      List<ColumnDefinition> columns,
      List<IndexDefinition> indexes,
      TableOptions options) {
    return new TableDefinition(
        table.id(), columns, indexes, List.of(), List.of(), Optional.empty(), options);
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
      ConversionLog log) {
    boolean changed = !rowCharsets(table).equals(rowCharsets(converted));
    long bytes = converted.columns().stream().mapToLong(c -> bytes(converted, c, profile)).sum();
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
      TableDefinition table, ColumnDefinition column, DestinationProfile profile) {
    ColumnType type = column.type();
    if (!type.name().equals("char") && !type.name().equals("varchar")) {
      return 0;
    }
    int perCharacter =
        new CollationMapper(profile).bytesPerCharacter(charset(table, column).orElse(""));
    return (long) type.length().orElse(1) * perCharacter;
  }

  private static void leaveOutConstraints(TableDefinition table, ConversionLog log) {
    for (TableConstraint key : table.foreignKeys()) {
      log.notCarriedOver(
          "foreign key " + SqlText.identifier(key.name()),
          key.sql(),
          "",
          "the source enforces it; at the destination it would order the tables' writes");
    }
    for (TableConstraint check : table.checks()) {
      log.notCarriedOver(
          "check " + SqlText.identifier(check.name()),
          check.sql(),
          "",
          "the source enforces it; its expression may mean something else at the destination");
    }
    table
        .partitioning()
        .ifPresent(
            sql ->
                log.notCarriedOver(
                    "table", sql, "", "partitions are the destination's own design"));
  }
}
