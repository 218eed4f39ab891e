package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/**
 * Gives a statement of the source the columns that its tables shall have in the destination, before
 * {@link ChangeConverter} converts it. The tables keep their names.
 *
 * @param statement with the new names; empty if nothing of it concerns columns that are kept
 * @param rewrites one for each part that is left out, and for each new name
 */
public record StatementMapping(Optional<DdlStatement> statement, List<Rewrite> rewrites) {

  public StatementMapping {
    rewrites = List.copyOf(rewrites);
  }

  /**
   * Maps a statement: CREATE TABLE as {@link TableMapping}, ALTER TABLE action by action; all
   * others stay as they are.
   *
   * @throws IllegalArgumentException if the destination would miss values: a renaming crosses the
   *     border between columns that are left out and kept, the rows that exist get values computed
   *     from a column that is left out, or rows come to be told apart or partitioned by one. The
   *     table has to be copied anew then
   */
  public static StatementMapping map(DdlStatement source, ColumnSelector selector) {
    if (selector.isEmpty()) {
      return new StatementMapping(Optional.of(source), List.of());
    }
    if (source instanceof DdlStatement.CreateTable create) {
      TableDefinition table = create.table();
      TableMapping mapping = TableMapping.map(table, table.id(), selector);
      return new StatementMapping(
          Optional.of(new DdlStatement.CreateTable(mapping.table(), create.ifNotExists())),
          mapping.rewrites());
    }
    return source instanceof DdlStatement.AlterTable alter
        ? new AlterMapping(alter, selector).map()
        : new StatementMapping(Optional.of(source), List.of());
  }
}
