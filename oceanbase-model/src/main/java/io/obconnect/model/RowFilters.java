package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Row filters for tables. An entry is {@code database.table: condition}; entries are separated by
 * semicolons or line breaks, which stand for themselves between quotes. Before the colon stand
 * rules as in {@link TableSelector}, behind it a condition as in {@link RowFilter}:
 *
 * <pre>
 *   shop.orders, shop_*.orders_*: amount &gt; 10 AND region = 'eu'; crm.users: id &lt; 1000
 * </pre>
 *
 * The first entry that fits a table decides; a table that none fits keeps all its rows.
 *
 * <p>Immutable; any thread may use it.
 */
public final class RowFilters {

  private record Entry(TableSelector tables, RowFilter filter) {}

  private final List<Entry> entries;

  private RowFilters(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads the entries.
   *
   * @param option the entries; may be empty
   * @throws IllegalArgumentException naming the entry that cannot be read, and why
   */
  public static RowFilters parse(String option) {
    List<Entry> entries = new ArrayList<>();
    int start = 0;
    while (start < option.length()) {
      int end = end(option, start, ";\n");
      String text = option.substring(start, end).strip();
      if (!text.isEmpty()) {
        entries.add(entry(text));
      }
      start = end + 1;
    }
    return new RowFilters(entries);
  }

  private static Entry entry(String text) {
    int colon = end(text, 0, ":");
    String tables = text.substring(0, colon).strip();
    if (colon == text.length() || tables.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no row filter; write it as: database.table: condition");
    }
    try {
      return new Entry(
          TableSelector.parse(tables, ""), RowFilter.compile(text.substring(colon + 1).strip()));
    } catch (RowFilterException e) {
      throw new IllegalArgumentException("'" + tables + "': " + e.getMessage(), e);
    }
  }

  /** Where the first of these characters stands outside of quotes, or the text's end. */
  private static int end(String text, int start, String characters) {
    int i = start;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      char c = text.charAt(i);
      boolean opensRegex = c == '/' && text.substring(start, i).isBlank();
      i = c == '\'' || c == '"' || c == '`' || opensRegex ? behindClosing(text, i) : i + 1;
    }
    return i;
  }

  /** Doubled quotes open a new piece at once, which comes to the same. */
  private static int behindClosing(String text, int start) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && quote != '`') {
        i++;
      } else if (text.charAt(i) == quote) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException(
        "'" + text.substring(start).strip() + "' lacks its closing " + quote);
  }

  /** The filter of a table of the source. */
  public Optional<RowFilter> of(TableId table) {
    return entries.stream()
        .filter(entry -> entry.tables().decide(table).selected())
        .map(Entry::filter)
        .findFirst();
  }
}
