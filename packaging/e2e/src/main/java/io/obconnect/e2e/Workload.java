package io.obconnect.e2e;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A stream of changes that is the same in every run, and the rows that are there before it begins.
 * All tables are in one database. The last change of every table inserts the row with the key
 * {@link #LAST_KEY}.
 */
final class Workload {
  /** Visible in the destination when the end of a table's changes has been reached. */
  static final long LAST_KEY = -1;

  /** Makes a new generator, for tables with the keys from 1 to the given number. */
  @FunctionalInterface
  interface Changes {
    ChangeGenerator after(long initialRows);
  }

  private static final int PERCENT = 100;

  private final String name;
  private final List<BenchTable> tables;
  private final int initialPercent;
  private final Changes changes;

  /**
   * Describes a workload.
   *
   * @param initialPercent rows of all tables before the first change, in percent of the changes
   */
  Workload(String name, List<BenchTable> tables, int initialPercent, Changes changes) {
    this.name = Objects.requireNonNull(name, "name");
    this.tables = List.copyOf(tables);
    this.initialPercent = initialPercent;
    this.changes = Objects.requireNonNull(changes, "changes");
  }

  /** What users type. */
  String name() {
    return name;
  }

  String database() {
    return tables.get(0).id().database();
  }

  List<BenchTable> tables() {
    return tables;
  }

  /** The rows that every table has before a stream of so many changes. */
  long initialRows(long count) {
    return count * initialPercent / PERCENT / tables.size();
  }

  /** So many changes, and the last rows. */
  Stream<RowChange> changes(long count) {
    ChangeGenerator generator = changes.after(initialRows(count));
    return Stream.concat(
        LongStream.rangeClosed(1, count).mapToObj(generator::next),
        tables.stream()
            .map(table -> new RowChange.Insert(table, LAST_KEY, table.row(LAST_KEY, count + 1))));
  }
}
