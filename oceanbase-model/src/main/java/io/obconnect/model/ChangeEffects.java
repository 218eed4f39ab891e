package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/**
 * Tells how a change relates to the rows around it. Where that depends on the table and the table
 * is not known, a change is taken for narrowing. All methods are pure functions.
 */
public final class ChangeEffects {

  private ChangeEffects() {}

  /**
   * Returns the effect of a statement.
   *
   * @param current the table's definition before the statement; empty if not known
   */
  public static ChangeEffect of(DdlStatement statement, Optional<TableDefinition> current) {
    if (!(statement instanceof DdlStatement.AlterTable alter)) {
      return statement.ddlKinds().get(0).effect();
    }
    ChangeEffect effect = ChangeEffect.WIDENING;
    Optional<TableDefinition> table = current;
    for (AlterAction action : alter.actions()) {
      effect = effect.and(of(action, table));
      table = table.map(t -> TableEvolution.apply(t, List.of(action)));
    }
    return effect;
  }

  private static ChangeEffect of(AlterAction action, Optional<TableDefinition> current) {
    if (action instanceof AlterAction.AddColumn add) {
      return effect(isFilledByItself(add.column()));
    }
    if (action instanceof AlterAction.ChangeColumn change && !change.isRename()) {
      return effect(
          current
              .flatMap(table -> table.column(change.name()))
              .filter(old -> isWidening(old, change.column()))
              .isPresent());
    }
    if (action instanceof AlterAction.SetCheckEnforced check) {
      return effect(!check.enforced());
    }
    return action.kind().effect();
  }

  private static ChangeEffect effect(boolean widening) {
    return widening ? ChangeEffect.WIDENING : ChangeEffect.NARROWING;
  }

  /** Whether a row can be written that does not have the column. */
  static boolean isFilledByItself(ColumnDefinition column) {
    boolean hasDefault = !(column.defaultValue() instanceof ColumnDefault.None);
    return !column.autoIncrement()
        && (column.nullable() || hasDefault || column.generated().isPresent());
  }

  /** Whether every value of one column is one of the other, and the same. */
  static boolean isWidening(ColumnDefinition from, ColumnDefinition to) {
    return (to.nullable() || !from.nullable())
        && from.generated().equals(to.generated())
        && (from.autoIncrement() || !to.autoIncrement())
        && TypeWidening.isWidening(from.type(), to.type());
  }
}
