package io.obconnect.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts ordered actions into statements. OceanBase refuses most mixtures (errors 1235 and 4179) and
 * takes columns together, which saves it from rewriting the table for each; MySQL takes all but
 * partitions together.
 */
final class AlterGroups {

  private final List<List<AlterAction>> groups = new ArrayList<>();
  private final Set<String> touched = new HashSet<>();
  private final boolean apart;

  private AlterGroups(boolean apart) {
    this.apart = apart;
  }

  /**
   * Returns the statements.
   *
   * @param apart whether only actions on columns, and those on the primary key, stand together
   */
  static List<DdlStatement> of(List<AlterAction> actions, TableDefinition table, boolean apart) {
    AlterGroups groups = new AlterGroups(apart);
    actions.forEach(groups::add);
    return groups.groups.stream().map(group -> statement(group, table)).toList();
  }

  private static DdlStatement statement(List<AlterAction> group, TableDefinition table) {
    return group.get(0) instanceof AlterAction.RenameTo rename
        ? new DdlStatement.RenameTables(List.of(new DdlStatement.Renaming(table.id(), rename.to())))
        : new DdlStatement.AlterTable(table.id(), group);
  }

  private void add(AlterAction action) {
    boolean together = !groups.isEmpty() && fits(action, last());
    if (!together) {
      groups.add(new ArrayList<>());
      touched.clear();
    }
    last().add(action);
    touch(action);
  }

  private List<AlterAction> last() {
    return groups.get(groups.size() - 1);
  }

  private boolean fits(AlterAction action, List<AlterAction> group) {
    if (isAlone(action) || isAlone(group.get(0))) {
      return false;
    }
    if (!apart) {
      return true;
    }
    if (AlterOrder.isPrimaryKey(action)) {
      return AlterOrder.isPrimaryKey(group.get(0));
    }
    return action instanceof AlterAction.ColumnAction
        && group.get(0) instanceof AlterAction.ColumnAction
        && !setsNotNull(action)
        && !setsNotNull(group.get(0))
        && !touchesAgain(action);
  }

  /** OceanBase refuses it besides some changes of other columns, such as their names. */
  private static boolean setsNotNull(AlterAction action) {
    return action instanceof AlterAction.ChangeColumn change && !change.column().nullable();
  }

  private static boolean isAlone(AlterAction action) {
    return action instanceof AlterAction.PartitionAction || action instanceof AlterAction.RenameTo;
  }

  /** Two renamings may swap their names; else each column stands in a statement once. */
  private boolean touchesAgain(AlterAction action) {
    return !(action instanceof AlterAction.RenameColumn)
        && names(action).stream().anyMatch(name -> touched.contains(lower(name)));
  }

  private void touch(AlterAction action) {
    names(action).forEach(name -> touched.add(lower(name)));
  }

  private static List<String> names(AlterAction action) {
    if (action instanceof AlterAction.AddColumn add) {
      return List.of(add.column().name());
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return List.of(drop.name());
    }
    if (action instanceof AlterAction.ChangeColumn change) {
      return List.of(change.name(), change.column().name());
    }
    if (action instanceof AlterAction.RenameColumn rename) {
      return List.of(rename.from(), rename.to());
    }
    return action instanceof AlterAction.SetDefault value ? List.of(value.column()) : List.of();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
