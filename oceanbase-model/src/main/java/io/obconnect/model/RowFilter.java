package io.obconnect.model;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses rows of one table by the text of an SQL WHERE clause in MySQL's syntax, as OceanBase
 * Migration Service does, the same way for copied rows and for changes.
 *
 * <p>There are
 *
 * <ul>
 *   <li>{@code + - * / % DIV MOD}, {@code & | ^ ~ << >>}
 *   <li>{@code = <=> <> != < <= > >=}, {@code [NOT] BETWEEN}, {@code [NOT] IN (..)}, {@code [NOT]
 *       LIKE .. [ESCAPE '.']}, {@code [NOT] REGEXP}
 *   <li>{@code IS [NOT] NULL}, {@code TRUE}, {@code FALSE}, {@code UNKNOWN}; {@code AND OR XOR NOT
 *       && || !}
 *   <li>{@code CASE}, {@code CAST}, {@code CONVERT(.., type)}, and the functions that the error for
 *       an unknown one lists: of texts, numbers, dates and times, and conditions
 *   <li>literals as in MySQL; columns plain, between backticks, or with a backslash before each
 *       special character
 * </ul>
 *
 * <p>Values behave as in MySQL, but for this:
 *
 * <ul>
 *   <li>Texts are compared by code points, which tells upper and lower case apart, and without
 *       regard to trailing blanks. ENUM and SET are texts. LENGTH and CRC32 see a text as UTF-8.
 *   <li>Integers and decimals are exact. Where MySQL fails because a result exceeds its type, the
 *       filter goes on with the result.
 *   <li>CASE, COALESCE, IF and the like return the chosen value as it is; MySQL first converts all
 *       branches to one type. Mixed types in IN and BETWEEN are compared pair by pair.
 *   <li>As text a date-time or time has a fraction of six digits, or none if it is zero.
 *   <li>TIMESTAMP is read in UTC. What depends on the current time, the user or chance is refused,
 *       so that a row's fate never depends on when it is looked at.
 *   <li>Regular expressions are Java's, and must be literals.
 *   <li>A YEAR is not extended from two digits.
 * </ul>
 *
 * <p>Immutable; any thread may use it.
 */
public final class RowFilter {

  /** Longer texts are mistakes, and would take long to compile. */
  private static final int MAX_LENGTH = 1 << 20;

  private final String where;
  private final FilterParser.Compiled compiled;

  private RowFilter(String where, FilterParser.Compiled compiled) {
    this.where = where;
    this.compiled = compiled;
  }

  /**
   * Compiles a filter.
   *
   * @param where the condition, without the word WHERE
   * @throws RowFilterException when it is not understood; the message says where and why
   */
  public static RowFilter compile(String where) {
    if (where.isBlank() || where.length() > MAX_LENGTH) {
      throw new RowFilterException(
          "row filter: its text is empty or has more than " + MAX_LENGTH + " characters");
    }
    return new RowFilter(where, FilterParser.compile(where));
  }

  /** The columns that the filter reads, in the spelling of their first occurrence. */
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    columns.addAll(compiled.columns());
    return Collections.unmodifiableSet(columns);
  }

  /**
   * Checks that a table has all columns that the filter reads.
   *
   * @param columns the table's columns, in any case
   * @throws RowFilterException naming those that are missing
   */
  public void requireColumns(Set<String> columns) {
    Set<String> present =
        columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    String missing =
        columns().stream()
            .filter(name -> !present.contains(name.toLowerCase(Locale.ROOT)))
            .map(SqlText::identifier)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new RowFilterException(
          "row filter: the table has no column " + missing + "; correct the filter");
    }
  }

  /**
   * Whether the row is chosen: the condition is true, neither false nor unknown.
   *
   * @throws RowFilterException when the condition compares what has no order, a DATETIME and a TIME
   *     for example, or a regular expression takes too long
   */
  public boolean passes(RowValues row) {
    return Boolean.TRUE.equals(FilterLogic.truth(compiled.expression().value(row)));
  }

  /**
   * Decides what becomes of a change, so that the destination holds the rows that pass and no
   * others.
   *
   * <p>If the row was there but its values are not known, the decision errs on the safe side: what
   * passes now is written whether or not it was there, and what does not pass is deleted, which
   * does no harm where it is absent. An update of the key is expected as a delete and an insert, as
   * Debezium writes it.
   *
   * @param before the row before the change; absent for an insert and a copied row
   * @param after the row after the change; absent for a delete
   * @throws IllegalArgumentException if {@code after} is unknown: no change leaves that open
   * @throws RowFilterException as {@link #passes} does
   */
  public RowDecision decide(RowImage before, RowImage after) {
    if (after instanceof RowImage.Unknown) {
      throw new IllegalArgumentException("a change without the row after it cannot be filtered");
    }
    boolean in = isIn(after);
    if (before instanceof RowImage.Unknown) {
      return in ? RowDecision.UPSERT : gone(after);
    }
    if (before instanceof RowImage.Absent) {
      return in ? RowDecision.KEEP : RowDecision.DROP;
    }
    boolean wasIn = isIn(before);
    if (wasIn) {
      return in ? RowDecision.KEEP : gone(after);
    }
    return in ? RowDecision.INSERT : RowDecision.DROP;
  }

  /** A delete is one already. */
  private static RowDecision gone(RowImage after) {
    return after instanceof RowImage.Absent ? RowDecision.KEEP : RowDecision.DELETE;
  }

  private boolean isIn(RowImage image) {
    return image instanceof RowImage.Present present && passes(present.values());
  }

  /** The text that was compiled. */
  @Override
  public String toString() {
    return where;
  }
}
