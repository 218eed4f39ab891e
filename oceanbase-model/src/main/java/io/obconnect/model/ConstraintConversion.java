package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Converts the foreign keys, checks and partitions of one table. */
final class ConstraintConversion {

  private static final Pattern CASCADE =
      Pattern.compile("\\bON (DELETE|UPDATE) (CASCADE|SET NULL)\\b", Pattern.CASE_INSENSITIVE);

  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final ConversionLog log;

  ConstraintConversion(DestinationProfile profile, ConversionOptions options, ConversionLog log) {
    this.profile = profile;
    this.options = options;
    this.log = log;
  }

  List<ForeignKey> foreignKeys(TableDefinition table) {
    TableDefinition result = table.withForeignKeys(List.of());
    for (ForeignKey key : table.foreignKeys()) {
      List<ForeignKey> keys = new ArrayList<>(result.foreignKeys());
      convert(key, result).ifPresent(keys::add);
      result = result.withForeignKeys(keys);
    }
    return result.foreignKeys();
  }

  /**
   * Converts a foreign key.
   *
   * @param table the table that gets it, with its earlier foreign keys
   */
  Optional<ForeignKey> convert(ForeignKey key, TableDefinition table) {
    if (!options.has(TablePart.FOREIGN_KEYS)) {
      log.notCarriedOver(
          "foreign key " + SqlText.identifier(key.name()),
          key.withName("").render(),
          "",
          "the source enforces it; at the destination it would order the tables' writes");
      return Optional.empty();
    }
    String name = key.name().isEmpty() ? ConstraintNames.nextForeignKey(table) : key.name();
    if (CASCADE.matcher(key.rules()).find()) {
      log.mapped(
          "foreign key " + SqlText.identifier(name),
          key.rules(),
          "not set off by the sink's changes",
          "what the source cascades has to be in its log, as it is with MySQL since 9.6;"
              + " see docs/ddl.md");
    }
    return Optional.of(key.withName(name).withParent(options.names()));
  }

  List<CheckConstraint> checks(TableDefinition table) {
    TableDefinition result = table.withChecks(List.of());
    for (CheckConstraint check : table.checks()) {
      List<CheckConstraint> checks = new ArrayList<>(result.checks());
      convert(check, result).ifPresent(checks::add);
      result = result.withChecks(checks);
    }
    return result.checks();
  }

  /**
   * Converts a check.
   *
   * @param table the table that gets it, with its earlier checks
   */
  Optional<CheckConstraint> convert(CheckConstraint check, TableDefinition table) {
    if (!options.has(TablePart.CHECKS)) {
      log.notCarriedOver(
          "check " + SqlText.identifier(check.name()),
          check.sql(),
          "",
          "the source enforces it; its expression may mean something else at the destination");
      return Optional.empty();
    }
    return Optional.of(
        check.name().isEmpty() ? check.withName(ConstraintNames.nextCheck(table)) : check);
  }

  Optional<String> partitioning(String sql) {
    if (!options.has(TablePart.PARTITIONS)) {
      log.notCarriedOver("table", sql, "", "partitions are the destination's own design");
      return Optional.empty();
    }
    return Optional.of(profile.isOceanBase() ? Partitioning.of(sql).forOceanBase(this::drop) : sql);
  }

  /** Converts the definitions of single partitions. */
  String partitions(String definitions) {
    return profile.isOceanBase()
        ? Partitioning.definitionsForOceanBase(definitions, this::drop)
        : definitions;
  }

  private void drop(String clause) {
    String reason = "OceanBase's partitions have no such attribute";
    if (clause.toUpperCase(Locale.ROOT).startsWith("ENGINE")) {
      log.routine("partitions", clause, reason);
    } else {
      log.dropped("partitions", clause, reason);
    }
  }
}
