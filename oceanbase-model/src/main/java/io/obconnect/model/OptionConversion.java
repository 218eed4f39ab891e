package io.obconnect.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Converts the options behind one table's columns. */
final class OptionConversion {

  private static final String OBJECT = "table";
  private static final Set<String> ROUTINE =
      Set.of("ENGINE", "ROW_FORMAT", "STATS_PERSISTENT", "START TRANSACTION");

  /** Options that name places or partners of the source's server. */
  private static final Set<String> OF_THE_SOURCE_SERVER =
      Set.of(
          "DATA DIRECTORY",
          "INDEX DIRECTORY",
          "TABLESPACE",
          "CONNECTION",
          "UNION",
          "START TRANSACTION");

  private final TableDefinition table;
  private final DestinationProfile profile;
  private final CollationMapper mapper;
  private final ConversionLog log;

  OptionConversion(
      TableDefinition table,
      DestinationProfile profile,
      ConversionOptions options,
      ConversionLog log) {
    this.table = table;
    this.profile = profile;
    this.mapper = new CollationMapper(profile, options);
    this.log = log;
  }

  TableOptions convert() {
    TableOptions options = table.options();
    CollationMapper.TextAttributes text = text();
    return new TableOptions(
        text.charset(), text.collation(), options.comment(), options.autoIncrement(), others());
  }

  /** Returns the options besides text, comment and counter that the destination gets. */
  Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>();
    table
        .options()
        .others()
        .forEach(
            (name, value) -> {
              if (isKept(name)) {
                others.put(name, value);
              } else {
                drop(name, value);
              }
            });
    return others;
  }

  /** A table without a character set takes its database's, which differs between servers. */
  private CollationMapper.TextAttributes text() {
    CollationMapper.TextAttributes own = TableAttributes.of(table);
    if (!own.isEmpty()) {
      return mapper.map(own, OBJECT, log);
    }
    Optional<String> collation = profile.defaultCollation(CollationMapper.WIDEST);
    log.mapped(
        OBJECT,
        "character set of the source's database",
        CollationMapper.WIDEST + collation.map(name -> ", collation " + name).orElse(""),
        "the statement names none; " + CollationMapper.WIDEST + " holds all characters");
    return new CollationMapper.TextAttributes(Optional.of(CollationMapper.WIDEST), collation);
  }

  private boolean isKept(String name) {
    return !profile.isOceanBase() && !OF_THE_SOURCE_SERVER.contains(name);
  }

  private void drop(String name, String value) {
    // A FEDERATED table's CONNECTION holds a password.
    String text = name.equals("CONNECTION") || value.isEmpty() ? name : name + "=" + value;
    String reason =
        OF_THE_SOURCE_SERVER.contains(name)
            ? "belongs to the source's server"
            : "concerns the storage engines of MySQL";
    if (ROUTINE.contains(name)) {
      log.routine(OBJECT, text, reason);
    } else {
      log.dropped(OBJECT, text, reason);
    }
  }
}
