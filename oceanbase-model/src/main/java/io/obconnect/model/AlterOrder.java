package io.obconnect.model;

import java.util.Comparator;
import java.util.List;

/**
 * The order in which the actions of one ALTER TABLE can be carried out one by one: what is in the
 * way goes first, what builds on the columns comes after them. Within a phase the statement's order
 * stays; the actions on columns depend on it.
 */
final class AlterOrder {

  private AlterOrder() {}

  static List<AlterAction> sorted(List<AlterAction> actions, TableDefinition table) {
    boolean newKey = actions.stream().anyMatch(AlterOrder::isPrimaryKey);
    return actions.stream()
        .sorted(Comparator.comparingInt(action -> phase(action, newKey ? table : null)))
        .toList();
  }

  /** A column of the old primary key can only go when the key has gone. */
  private static int phase(AlterAction action, TableDefinition changingKey) {
    boolean behindKey =
        changingKey != null
            && action instanceof AlterAction.DropColumn drop
            && changingKey.primaryKey().map(IndexDefinition::columnNames).orElse(List.of()).stream()
                .anyMatch(drop.name()::equalsIgnoreCase);
    return behindKey ? phase(DdlKind.ADD_PRIMARY_KEY) + 1 : phase(action.kind());
  }

  static boolean isPrimaryKey(AlterAction action) {
    return action.kind() == DdlKind.ADD_PRIMARY_KEY || action.kind() == DdlKind.DROP_PRIMARY_KEY;
  }

  private static int phase(DdlKind kind) {
    return switch (kind) {
      case DROP_FOREIGN_KEY, DROP_CHECK, DROP_CONSTRAINT, CHECK_ENFORCEMENT -> 0;
      case DROP_INDEX, RENAME_INDEX, INDEX_VISIBILITY -> 1;
      case TABLE_COMMENT, TABLE_OPTION, DEFAULT_CHARSET, CONVERT_CHARSET -> 2;
      case DROP_PRIMARY_KEY -> 4;
      case ADD_PRIMARY_KEY -> 5;
      case ADD_INDEX, ADD_UNIQUE_INDEX, ADD_FULLTEXT_INDEX, ADD_SPATIAL_INDEX -> 7;
      case ADD_FOREIGN_KEY, ADD_CHECK -> 8;
      case ADD_PARTITION,
          DROP_PARTITION,
          TRUNCATE_PARTITION,
          EXCHANGE_PARTITION,
          PARTITION_BY,
          REORGANIZE_PARTITION ->
          9;
      case RENAME_TABLE -> 10;
      default -> 3;
    };
  }
}
