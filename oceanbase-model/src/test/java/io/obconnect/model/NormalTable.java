package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A table's definition in one form for all servers, one line for each part. */
final class NormalTable {

  private NormalTable() {}

  static String of(TableDefinition table, DestinationProfile profile) {
    List<String> lines = new ArrayList<>();
    table.columns().stream()
        .map(column -> NormalColumn.of(column, table))
        .map(column -> TableRenderer.column(column).replace("geomcollection", "geometrycollection"))
        .forEach(lines::add);
    Map<String, String> named = new TreeMap<>();
    table.indexes().forEach(index -> named.put("index " + index.name(), index(index, profile)));
    table.foreignKeys().forEach(key -> named.put("key " + key.name(), foreignKey(key)));
    table
        .checks()
        .forEach(check -> named.put("check " + check.name(), NormalColumn.expression(check.sql())));
    lines.addAll(named.values());
    lines.add("comment " + table.options().comment());
    lines.add("collation " + table.options().collation().orElse(""));
    table.partitioning().ifPresent(sql -> lines.add(partitioning(sql)));
    return String.join("\n", lines);
  }

  private static String index(IndexDefinition index, DestinationProfile profile) {
    List<IndexPart> parts = index.parts().stream().map(part -> part(part, profile)).toList();
    // What OceanBase prints of a parser are its own attributes.
    return TableRenderer.index(index.withParts(parts).withOptions(Map.of()));
  }

  private static IndexPart part(IndexPart part, DestinationProfile profile) {
    boolean descending = part.descending() && !profile.isOceanBase();
    return part instanceof IndexPart.Column column
        ? new IndexPart.Column(column.name(), column.prefix(), descending)
        : new IndexPart.Expression(
            NormalColumn.expression(((IndexPart.Expression) part).sql()), descending);
  }

  private static String foreignKey(ForeignKey key) {
    String rules =
        key.rules()
            .toUpperCase(Locale.ROOT)
            .replaceAll("ON (UPDATE|DELETE) (RESTRICT|NO ACTION)", "")
            .trim();
    List<String> sorted =
        List.of(rules.split("(?= ?ON )")).stream().map(String::trim).sorted().toList();
    return new ForeignKey(
            key.name(),
            "",
            key.columns(),
            key.parent(),
            key.parentColumns(),
            String.join(" ", sorted))
        .render();
  }

  /** MySQL numbers hashed partitions, OceanBase lists them; and it sorts lists by their values. */
  private static String partitioning(String sql) {
    String plain =
        sql.toLowerCase(Locale.ROOT)
            .replaceAll("(?s)subpartitions? (?!by)\\w+|engine ?= ?innodb|partitions \\d+", "")
            .replaceAll("\\([\\s,`\\w]*subpartition(?! by)[^)]*\\)", "")
            .replace("(maxvalue)", "maxvalue")
            .replaceAll("\\(\\s*partition `?\\w+`?(\\s*,\\s*partition `?\\w+`?)*\\s*\\)", "")
            .replaceAll("[`\\s]", "");
    List<String> parts =
        List.of(plain.replaceAll("\\)$", ",").split("(?=partition)")).stream().sorted().toList();
    return parts + " " + Partitioning.of(sql).names().stream().sorted().toList();
  }
}
