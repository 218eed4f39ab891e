package io.obconnect.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps tables of the source to tables of the destination. The first entry that fits decides; a
 * table that none fits keeps its name.
 *
 * <p>Entries are separated by commas or line breaks, and each is one of
 *
 * <ul>
 *   <li>{@code shop.orders -> store.sales}: a table. The left side may have the wildcards and
 *       regular expressions of {@link TableSelector}, so that many tables become one: {@code
 *       shop_*.orders_* -> shop.orders}.
 *   <li>{@code shop -> store}: all tables of a database, which keep their own name; wildcards too.
 *   <li>{@code /shop_(\d+)\.orders/ -> shop.orders_$1}: {@code $1} stands for what the first group
 *       of the regular expression holds.
 * </ul>
 *
 * On the right side a part {@code *} alone keeps the source's name of this part: {@code *.t_* ->
 * *.t}. Names with special characters stand between backticks.
 *
 * <p>Columns are renamed by {@link ColumnSelector}.
 *
 * <p>Immutable; any thread may use it.
 */
public final class NameMapping {

  /** A part of the right side that keeps the source's name. */
  private static final String SAME = "*";

  private static final Pattern GROUP = Pattern.compile("\\$(\\d)");

  /** An entry; the table of a database's mapping is kept. */
  private record Entry(NamePattern from, boolean wholeDatabase, String database, String table) {

    Optional<TableId> map(TableId source) {
      Optional<MatchResult> match =
          wholeDatabase
              ? from.match(source.database())
              : from.match(source.database(), source.table());
      return match.map(
          found ->
              new TableId(
                  name(database, source.database(), found), name(table, source.table(), found)));
    }

    /** Whether some table may get this name. */
    boolean mayGive(TableId destination) {
      return mayGive(database, destination.database()) && mayGive(table, destination.table());
    }

    private boolean mayGive(String part, String name) {
      boolean open = part.equals(SAME) || (from.isRegex() && GROUP.matcher(part).find());
      return open || NameRules.unquoted(part).equalsIgnoreCase(name);
    }

    private String name(String part, String same, MatchResult found) {
      if (part.equals(SAME)) {
        return same;
      }
      return from.isRegex() && !NameRules.isQuoted(part)
          ? GROUP.matcher(part).replaceAll(group -> Matcher.quoteReplacement(text(group, found)))
          : NameRules.unquoted(part);
    }

    /** A group that took no part in the match is empty. */
    private static String text(MatchResult group, MatchResult found) {
      String text = found.group(Integer.parseInt(group.group(1)));
      return text == null ? "" : text;
    }
  }

  private final List<Entry> entries;

  private NameMapping(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads the entries.
   *
   * @param option the entries; may be empty
   * @throws IllegalArgumentException naming the entry that cannot be read, and why
   */
  public static NameMapping parse(String option) {
    return new NameMapping(NameRules.entries(option).stream().map(NameMapping::entry).toList());
  }

  private static Entry entry(String text) {
    NameRules.Arrow arrow = NameRules.arrow(text);
    List<String> to = NameRules.parts(arrow.to());
    boolean wholeDatabase =
        !NameRules.isRegex(arrow.from()) && NameRules.parts(arrow.from()).size() == 1;
    String form = wholeDatabase ? "database" : "database.table";
    NamePattern from = NamePattern.of(arrow.from(), form);
    if (to.size() != NameRules.parts(form).size() || to.contains("")) {
      throw new IllegalArgumentException(
          "'" + text + "': its right side is not of the form " + form + ", as its left side is");
    }
    to.forEach(part -> checkPart(part, from, text));
    return new Entry(from, wholeDatabase, to.get(0), wholeDatabase ? SAME : to.get(1));
  }

  private static void checkPart(String part, NamePattern from, String entry) {
    if (part.equals(SAME) || NameRules.isQuoted(part)) {
      return;
    }
    if (part.matches(".*[*?\\[\\]/`].*")) {
      throw new IllegalArgumentException(
          "'" + entry + "': '" + part + "' is no name; the right side has names, or * alone");
    }
    Matcher group = GROUP.matcher(part);
    while (from.isRegex() && group.find()) {
      if (Integer.parseInt(group.group(1)) > from.groups()) {
        throw new IllegalArgumentException(
            "'" + entry + "': the left side has no group " + group.group());
      }
    }
  }

  /** Returns the destination's name of a table. */
  public TableId map(TableId source) {
    return entries.stream().flatMap(entry -> entry.map(source).stream()).findFirst().orElse(source);
  }

  /** Whether every table keeps its name. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Whether an entry may give a table this name, so that rows of several tables may meet there.
   * Upper and lower case count as the same, because many servers ignore them.
   */
  public boolean isTarget(TableId destination) {
    return entries.stream().anyMatch(entry -> entry.mayGive(destination));
  }

  /**
   * Returns the destination's name of a database, or nothing where tables are mapped one by one, so
   * that nobody knows whether any table will come to the database.
   */
  public Optional<String> mapDatabase(String source) {
    return entries.stream().allMatch(Entry::wholeDatabase)
        ? Optional.of(map(new TableId(source, "")).database())
        : Optional.empty();
  }

  /**
   * Returns the destinations that several of these tables are mapped to, each with its sources in
   * the given order. Rows of such tables must differ in their keys.
   */
  public Map<TableId, List<TableId>> merged(Collection<TableId> sources) {
    Map<TableId, List<TableId>> byDestination = new LinkedHashMap<>();
    sources.stream()
        .distinct()
        .forEach(
            source ->
                byDestination.computeIfAbsent(map(source), name -> new ArrayList<>()).add(source));
    byDestination.values().removeIf(tables -> tables.size() < 2);
    return byDestination;
  }
}
