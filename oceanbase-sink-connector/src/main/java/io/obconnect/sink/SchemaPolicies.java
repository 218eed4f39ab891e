package io.obconnect.sink;

import io.obconnect.model.AlterAction;
import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.Rewrite;
import io.obconnect.model.SharedTableChange;
import io.obconnect.model.SharedTableChanges;
import io.obconnect.model.StatementMapping;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the user decides about schema changes.
 *
 * @param kinds the policies that differ from the default
 * @param acrossTasks whether narrowing changes are carried out although other tasks may hold
 *     earlier rows of the table
 * @param keyless whether tables without any key are written to
 * @param selection what of the source goes to the destination
 * @param conversion for new tables and for changes
 * @param indexesAfterCopy whether a table that is copied gets its indexes when it is complete
 */
record SchemaPolicies(
    Map<DdlKind, DdlPolicy> kinds,
    boolean acrossTasks,
    boolean keyless,
    Selection selection,
    ConversionOptions conversion,
    boolean indexesAfterCopy) {

  /**
   * What becomes of a statement.
   *
   * @param statement the part of it that is carried over, if the policy is to apply it
   * @param notes why something is not
   */
  record Decision(DdlPolicy policy, DdlStatement statement, List<String> notes) {
    Decision {
      notes = List.copyOf(notes);
    }

    boolean isApplied() {
      return policy == DdlPolicy.APPLY;
    }
  }

  SchemaPolicies {
    kinds = Map.copyOf(kinds);
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(conversion, "conversion");
  }

  boolean applies(DdlKind kind) {
    return of(kind) == DdlPolicy.APPLY;
  }

  /** Whether tables that are there may be altered. */
  boolean changesTables() {
    return EnumSet.range(DdlKind.RENAME_TABLE, DdlKind.REORGANIZE_PARTITION).stream()
        .anyMatch(this::applies);
  }

  /** Whether a statement is about something that goes to the destination. */
  boolean concerns(DdlStatement statement) {
    List<TableId> objects = statement.tables().isEmpty() ? views(statement) : statement.tables();
    return objects.isEmpty() || objects.stream().anyMatch(selection::includes);
  }

  private static List<TableId> views(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateView create) {
      return List.of(create.view().id());
    }
    return statement instanceof DdlStatement.DropViews drop ? drop.views() : List.of();
  }

  Decision decide(DdlStatement statement) {
    if (statement instanceof DdlStatement.TruncateTable) {
      // Once is enough, and only there does it stand in order with the rows.
      return new Decision(
          DdlPolicy.IGNORE, statement, List.of("the truncation arrives as a change record"));
    }
    Optional<String> elsewhere = elsewhere(statement);
    if (elsewhere.isPresent()) {
      return new Decision(DdlPolicy.LOG, statement, List.of(elsewhere.get()));
    }
    List<DdlKind> leftOut = statement.ddlKinds().stream().filter(kind -> !applies(kind)).toList();
    List<String> notes = leftOut.stream().map(this::note).toList();
    if (leftOut.stream().anyMatch(kind -> of(kind) == DdlPolicy.FAIL)) {
      return new Decision(DdlPolicy.FAIL, statement, notes);
    }
    if (leftOut.isEmpty()) {
      return applied(chosen(statement), notes);
    }
    if (statement instanceof DdlStatement.AlterTable alter) {
      List<AlterAction> actions =
          alter.actions().stream().filter(action -> !leftOut.contains(action.kind())).toList();
      if (!actions.isEmpty()) {
        return applied(new DdlStatement.AlterTable(alter.id(), actions), notes);
      }
    }
    boolean logged = leftOut.stream().anyMatch(kind -> of(kind) == DdlPolicy.LOG);
    return new Decision(logged ? DdlPolicy.LOG : DdlPolicy.IGNORE, statement, notes);
  }

  /**
   * The same for a table that is there: of a change of a table that others share, what may be done
   * and has not been done.
   *
   * @param current definitions, by the destination's names
   */
  Decision decide(DdlStatement statement, Function<TableId, Optional<TableDefinition>> current) {
    Decision decision = decide(statement);
    return decision.isApplied()
            && decision.statement() instanceof DdlStatement.AlterTable alter
            && isShared(alter)
        ? current
            .apply(selection.destination(alter.id()))
            .map(table -> shared(alter, SharedTableChanges.of(alter, table), decision.notes()))
            .orElse(decision)
        : decision;
  }

  private static Decision shared(
      DdlStatement.AlterTable alter, SharedTableChange change, List<String> notes) {
    if (change instanceof SharedTableChange.Remaining remaining) {
      return new Decision(
          remaining.rest().isPresent() ? DdlPolicy.APPLY : DdlPolicy.IGNORE,
          remaining.rest().orElse(alter),
          Stream.concat(notes.stream(), remaining.notes().stream()).toList());
    }
    return new Decision(
        DdlPolicy.FAIL,
        alter,
        List.of(
            "other tables have the same destination: "
                + String.join("; ", ((SharedTableChange.Refused) change).reasons())));
  }

  /** What the statement would do to others' rows in the destination, if it is not only its own. */
  private Optional<String> elsewhere(DdlStatement statement) {
    boolean whole =
        database(statement)
            .map(name -> selection.destinationDatabase(name).isPresent())
            .orElse(true);
    if (!whole) {
      return Optional.of("not all of the database's tables go to one database of the destination");
    }
    boolean takesRowsAway =
        statement.ddlKinds().contains(DdlKind.DROP_TABLE)
            || statement.ddlKinds().contains(DdlKind.RENAME_TABLE);
    return takesRowsAway && isShared(statement)
        ? Optional.of(
            "the destination's table may hold rows of other tables; do by hand what is due")
        : Optional.empty();
  }

  /** Whether its tables share their destination with others, which change at another time. */
  boolean isShared(DdlStatement statement) {
    return statement.tables().stream().map(selection::destination).anyMatch(selection::mayMerge);
  }

  private static Optional<String> database(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateDatabase create) {
      return Optional.of(create.name());
    }
    if (statement instanceof DdlStatement.AlterDatabase alter) {
      return Optional.of(alter.name());
    }
    return statement instanceof DdlStatement.DropDatabase drop
        ? Optional.of(drop.name())
        : Optional.empty();
  }

  /** Of several tables to be dropped, those that are chosen. */
  private DdlStatement chosen(DdlStatement statement) {
    return statement instanceof DdlStatement.DropTables drop
        ? new DdlStatement.DropTables(
            drop.tables().stream().filter(selection::includes).toList(), drop.ifExists())
        : statement;
  }

  /** With the columns that the destination has. */
  private Decision applied(DdlStatement statement, List<String> notes) {
    if (statement instanceof DdlStatement.CreateTable || selection.columns().isEmpty()) {
      return new Decision(DdlPolicy.APPLY, statement, notes);
    }
    if (!allTreatedAlike(statement.tables())) {
      return new Decision(
          DdlPolicy.FAIL,
          statement,
          List.of(
              "other columns are chosen for the table's new name, and nobody knows their values;"
                  + " copy the table anew"));
    }
    try {
      StatementMapping mapping = StatementMapping.map(statement, selection.columns());
      List<String> all =
          Stream.concat(notes.stream(), mapping.rewrites().stream().map(Rewrite::toString))
              .toList();
      return mapping
          .statement()
          .map(mapped -> new Decision(DdlPolicy.APPLY, mapped, all))
          .orElseGet(() -> new Decision(DdlPolicy.IGNORE, statement, all));
    } catch (IllegalArgumentException e) {
      return new Decision(DdlPolicy.FAIL, statement, List.of(e.getMessage()));
    }
  }

  private boolean allTreatedAlike(List<TableId> tables) {
    return tables.stream().allMatch(table -> selection.columns().treatsAlike(tables.get(0), table));
  }

  DdlPolicy of(DdlKind kind) {
    return kinds.getOrDefault(kind, kind.defaultPolicy());
  }

  private String note(DdlKind kind) {
    return DdlOptions.name(kind) + "=" + OptionValues.of(of(kind)) + ": " + kind.reason();
  }
}
