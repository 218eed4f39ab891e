package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what is left of changes of shared tables. All methods are pure functions. */
public final class SharedTableChanges {

  private SharedTableChanges() {}

  /**
   * Decides about a change.
   *
   * @param alter with the destination's names
   * @param current the shared table as it is
   */
  public static SharedTableChange of(DdlStatement.AlterTable alter, TableDefinition current) {
    List<AlterAction> rest = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    TableDefinition table = current;
    for (AlterAction action : alter.actions()) {
      Verdict verdict = verdict(action, table);
      if (verdict instanceof Verdict.Needed) {
        rest.add(action);
        table = TableEvolution.apply(table, List.of(action));
      } else if (verdict instanceof Verdict.LeftOut leftOut) {
        notes.add(leftOut.why());
      } else {
        reasons.add(((Verdict.Impossible) verdict).why());
      }
    }
    if (!reasons.isEmpty()) {
      return new SharedTableChange.Refused(reasons);
    }
    return new SharedTableChange.Remaining(
        rest.isEmpty()
            ? Optional.empty()
            : Optional.of(new DdlStatement.AlterTable(alter.id(), rest)),
        notes);
  }

  /** What becomes of one action. */
  private sealed interface Verdict {
    /** To be carried out. */
    record Needed() implements Verdict {}

    /** Not to be carried out. */
    record LeftOut(String why) implements Verdict {}

    /** Not to be carried out, nor to be left out. */
    record Impossible(String why) implements Verdict {}
  }

  private static Verdict verdict(AlterAction action, TableDefinition table) {
    if (action instanceof AlterAction.AddColumn add) {
      return added(add.column(), table.column(add.column().name()));
    }
    if (action instanceof AlterAction.ChangeColumn change && !change.isRename()) {
      return changed(change.column(), table.column(change.name()));
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return dropped(drop.name(), table.column(drop.name()));
    }
    if (action instanceof AlterAction.AddIndex add && has(table, add.index())) {
      return new Verdict.LeftOut("index on the same columns is there already");
    }
    return action.kind().effect() == ChangeEffect.WIDENING
        ? new Verdict.Needed()
        : new Verdict.Impossible(
            action.kind().optionName() + ": rows of the other tables may not fit any more");
  }

  private static Verdict added(ColumnDefinition column, Optional<ColumnDefinition> existing) {
    String name = SqlText.identifier(column.name());
    if (existing.isEmpty()) {
      return ChangeEffects.isFilledByItself(column)
          ? new Verdict.Needed()
          : new Verdict.Impossible(
              "rows of the other tables have no column "
                  + name
                  + ", which allows no NULL and has no default");
    }
    return ChangeEffects.isWidening(column, existing.get())
        ? new Verdict.LeftOut("column " + name + " is there already")
        : new Verdict.Impossible(
            "column " + name + " is there already with a type that does not hold all values");
  }

  private static Verdict changed(ColumnDefinition column, Optional<ColumnDefinition> existing) {
    String name = SqlText.identifier(column.name());
    if (existing.filter(old -> ChangeEffects.isWidening(column, old)).isPresent()) {
      return new Verdict.LeftOut("column " + name + " holds all of its values already");
    }
    return existing.filter(old -> ChangeEffects.isWidening(old, column)).isPresent()
        ? new Verdict.Needed()
        : new Verdict.Impossible(
            "rows of the other tables may not fit the new type of column " + name);
  }

  private static Verdict dropped(String column, Optional<ColumnDefinition> existing) {
    String name = SqlText.identifier(column);
    return existing.isEmpty() || ChangeEffects.isFilledByItself(existing.get())
        ? new Verdict.LeftOut(
            "column "
                + name
                + " stays for the other tables' rows; drop it by hand when none has it any more")
        : new Verdict.Impossible(
            "column " + name + " allows no NULL and has no default, so rows without it do not fit");
  }

  private static boolean has(TableDefinition table, IndexDefinition index) {
    return table.indexes().stream()
        .anyMatch(
            existing -> existing.kind() == index.kind() && existing.parts().equals(index.parts()));
  }
}
