package io.obconnect.source;

import io.obconnect.model.TableId;
import io.obconnect.source.TableFacts.ColumnFacts;
import io.obconnect.source.TableFacts.ReferenceFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decisions about the captured tables. */
final class TableChecks {
  /** The service's documents say MB; the smaller reading is on the safe side. */
  private static final long MAX_LOGGED_LOB = 48_000_000;

  private static final int MAX_LOGGED_VARCHAR = 65_535;
  private static final String LABELS_BEGIN = "('";
  private static final String LABELS_END = "')";

  private static final Set<String> LOBS =
      Set.of("mediumtext", "longtext", "mediumblob", "longblob");
  private static final Set<String> SPECIAL =
      Set.of(
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection",
          "vector",
          "array",
          "map",
          "roaringbitmap");

  private TableChecks() {}

  static Optional<String> definitions(PreflightFacts facts) {
    return facts
        .unread(PreflightCheck.DEFINITIONS)
        .map(why -> "The tables' definitions cannot be read: " + why + ".");
  }

  static Optional<String> tables(PreflightFacts facts) {
    return facts
        .tables()
        .filter(List::isEmpty)
        .map(tables -> "No table that the user may read is chosen.");
  }

  static Optional<String> keys(PreflightFacts facts) {
    return facts
        .tables(table -> !table.keyed())
        .map(tables -> "Nothing tells the rows of these tables apart: " + tables + ".");
  }

  static Optional<String> blockKeys(PreflightFacts facts) {
    return facts
        .tables(
            table ->
                facts.settings().blocks()
                    && !facts.settings().locks()
                    && !table.keyed()
                    && !facts.copyPlanned().contains(table.id()))
        .map(
            tables ->
                "Without a lock these tables without a key cannot be copied in blocks: "
                    + tables
                    + ".");
  }

  static Optional<String> caseOnly(PreflightFacts facts) {
    Map<String, Long> names =
        facts.tables().orElse(List.of()).stream()
            .collect(Collectors.groupingBy(TableChecks::folded, Collectors.counting()));
    return facts
        .tables(table -> names.get(folded(table)) > 1)
        .map(tables -> "Tables differ in upper and lower case only: " + tables + ".");
  }

  private static String folded(TableFacts table) {
    return table.id().toString().toLowerCase(Locale.ROOT);
  }

  static Optional<String> engine(PreflightFacts facts) {
    return facts
        .tables(table -> !table.engine().isEmpty() && !table.engine().equalsIgnoreCase("InnoDB"))
        .map(tables -> "Tables have another engine than InnoDB: " + tables + ".");
  }

  static Optional<String> cascades(PreflightFacts facts) {
    boolean logged =
        facts
            .server()
            .flatMap(ServerFacts::productVersion)
            .filter(version -> !version.isBefore(9, 6))
            .isPresent();
    return facts
        .tables(table -> !logged && table.references().stream().anyMatch(ReferenceFacts::cascades))
        .map(tables -> "Foreign keys change rows that are not logged: " + tables + ".");
  }

  static Optional<String> references(PreflightFacts facts) {
    Set<TableId> captured =
        facts.tables().orElse(List.of()).stream().map(TableFacts::id).collect(Collectors.toSet());
    return facts
        .tables(
            table ->
                table.references().stream()
                    .anyMatch(reference -> !captured.contains(reference.to())))
        .map(tables -> "Tables refer to tables that are not captured: " + tables + ".");
  }

  static Optional<String> lobSize(PreflightFacts facts) {
    long record = facts.settings().requestSize();
    long limit =
        facts.database() == CapturedDatabase.OCEANBASE ? Math.min(record, MAX_LOGGED_LOB) : record;
    return facts
        .columns(column -> LOBS.contains(column.type()) && column.maxBytes() > limit)
        .map(columns -> "Columns may hold more than " + limit + " bytes: " + columns + ".");
  }

  static Optional<String> virtualColumns(PreflightFacts facts) {
    return facts
        .columns(ColumnFacts::virtual)
        .map(columns -> "Generated columns are VIRTUAL: " + columns + ".");
  }

  static Optional<String> wideVarchar(PreflightFacts facts) {
    return facts
        .columns(
            column -> column.type().equals("varchar") && column.maxBytes() > MAX_LOGGED_VARCHAR)
        .map(columns -> "VARCHAR columns are longer than 65,535 bytes: " + columns + ".");
  }

  static Optional<String> enumQuotes(PreflightFacts facts) {
    return facts
        .columns(column -> labels(column).stream().anyMatch(label -> label.contains("'")))
        .map(columns -> "Labels have quotes: " + columns + ".");
  }

  static Optional<String> enumPrefixes(PreflightFacts facts) {
    return facts
        .columns(column -> hasPrefix(labels(column)))
        .map(columns -> "Labels begin with one that stands before them: " + columns + ".");
  }

  private static boolean hasPrefix(List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      for (String before : labels.subList(0, i)) {
        if (labels.get(i).startsWith(before)) {
          return true;
        }
      }
    }
    return false;
  }

  /** As OceanBase prints them, without any sign before a quote; none of other types. */
  private static List<String> labels(ColumnFacts column) {
    String text = column.declaration();
    int begin = text.indexOf(LABELS_BEGIN);
    int end = text.lastIndexOf(LABELS_END);
    boolean labelled = column.type().equals("enum") || column.type().equals("set");
    return labelled && begin >= 0 && end > begin
        ? Arrays.asList(text.substring(begin + LABELS_BEGIN.length(), end).split("','", -1))
        : List.of();
  }

  static Optional<String> types(PreflightFacts facts) {
    return facts
        .columns(column -> SPECIAL.contains(column.type()))
        .map(columns -> "Columns have types that are rarely logged: " + columns + ".");
  }
}
