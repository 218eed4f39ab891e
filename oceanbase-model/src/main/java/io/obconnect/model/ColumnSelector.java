package io.obconnect.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Chooses and renames columns. An entry names columns as {@code database.table.column}, with the
 * wildcards and backticks of {@link TableSelector}; entries are separated by commas or line breaks.
 *
 * <ul>
 *   <li>Include: a table that an entry fits keeps only the columns that entries name; a table that
 *       none fits keeps all.
 *   <li>Exclude: what an entry names is left out in any case.
 *   <li>Rename: {@code shop.orders.total -> amount}; the first entry that fits decides.
 * </ul>
 *
 * All names on the left are the source's. Upper and lower case are the same in columns, and differ
 * in databases and tables, as in MySQL.
 *
 * <p>Immutable; any thread may use it.
 */
public final class ColumnSelector {

  private static final String FORM = "database.table.column";

  /** An entry; its column is in lower case, its new name empty if it is no renaming. */
  private record Entry(NamePattern table, NamePattern column, String newName) {

    boolean fits(TableId id) {
      return table.matches(id.database(), id.table());
    }

    boolean fits(TableId id, String name) {
      return fits(id) && column.matches(name.toLowerCase(Locale.ROOT));
    }
  }

  private final List<Entry> included;
  private final List<Entry> excluded;
  private final List<Entry> renamed;

  private ColumnSelector(List<Entry> included, List<Entry> excluded, List<Entry> renamed) {
    this.included = included;
    this.excluded = excluded;
    this.renamed = renamed;
  }

  /**
   * Reads the three options; each may be empty.
   *
   * @throws IllegalArgumentException naming the entry that cannot be read, and why
   */
  public static ColumnSelector parse(String include, String exclude, String rename) {
    return new ColumnSelector(
        NameRules.entries(include).stream().map(text -> entry(text, "")).toList(),
        NameRules.entries(exclude).stream().map(text -> entry(text, "")).toList(),
        NameRules.entries(rename).stream().map(ColumnSelector::renaming).toList());
  }

  private static Entry renaming(String text) {
    NameRules.Arrow arrow = NameRules.arrow(text);
    if (!NameRules.isQuoted(arrow.to()) && arrow.to().matches(".*[.*?\\[\\]/`].*")) {
      throw new IllegalArgumentException(
          "'" + text + "': the right side is the column's new name alone, without wildcards");
    }
    return entry(arrow.from(), NameRules.unquoted(arrow.to()));
  }

  private static Entry entry(String text, String newName) {
    List<String> parts = NameRules.parts(text);
    if (NameRules.isRegex(text) || parts.size() != NameRules.parts(FORM).size()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not of the form "
              + FORM
              + "; put names with dots or other special characters between backticks");
    }
    return new Entry(
        NamePattern.of(parts.get(0) + "." + parts.get(1), "database.table"),
        NamePattern.of(parts.get(2).toLowerCase(Locale.ROOT), "column"),
        newName);
  }

  /** Whether every table keeps all its columns and their names. */
  public boolean isEmpty() {
    return included.isEmpty() && excluded.isEmpty() && renamed.isEmpty();
  }

  /** Whether the same entries decide about the columns of both tables. */
  public boolean treatsAlike(TableId one, TableId other) {
    return Stream.of(included, excluded, renamed)
        .flatMap(List::stream)
        .allMatch(entry -> entry.fits(one) == entry.fits(other));
  }

  /**
   * Returns the destination's name of a column, or nothing if the column is left out.
   *
   * @param table the source's table
   */
  public Optional<String> map(TableId table, String column) {
    boolean listed = included.stream().anyMatch(entry -> entry.fits(table));
    boolean chosen = !listed || included.stream().anyMatch(entry -> entry.fits(table, column));
    if (!chosen || excluded.stream().anyMatch(entry -> entry.fits(table, column))) {
      return Optional.empty();
    }
    return renamed.stream()
        .filter(entry -> entry.fits(table, column))
        .map(Entry::newName)
        .findFirst()
        .or(() -> Optional.of(column));
  }

  /**
   * Returns the columns of a table that are kept, in the given order, with their new names.
   *
   * @throws IllegalArgumentException if two columns get the same name, or none is kept
   */
  public Map<String, String> map(TableId table, List<String> columns) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, String> sources = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      Optional<String> name = map(table, column);
      if (name.isPresent()) {
        String other = sources.put(name.get(), column);
        if (other != null) {
          throw new IllegalArgumentException(
              "table "
                  + table.quoted()
                  + ": the columns "
                  + SqlText.identifier(other)
                  + " and "
                  + SqlText.identifier(column)
                  + " both get the name "
                  + SqlText.identifier(name.get())
                  + "; rename or exclude one");
        }
        names.put(column, name.get());
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "table " + table.quoted() + " keeps no column; include one, or exclude the table");
    }
    return names;
  }
}
