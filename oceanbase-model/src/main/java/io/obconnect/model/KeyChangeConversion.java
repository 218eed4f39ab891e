package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts the actions of ALTER TABLE that concern indexes, keys and constraints. */
final class KeyChangeConversion {

  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final ConstraintConversion constraints;
  private final ConversionLog log;

  KeyChangeConversion(DestinationProfile profile, ConversionOptions options, ConversionLog log) {
    this.profile = profile;
    this.options = options;
    this.constraints = new ConstraintConversion(profile, options, log);
    this.log = log;
  }

  /**
   * Converts an action.
   *
   * @param table the destination's table before the action
   */
  List<AlterAction> convert(AlterAction action, TableDefinition table) {
    if (action instanceof AlterAction.AddIndex add) {
      return index(add.index(), table);
    }
    if (action instanceof AlterAction.AddForeignKey add) {
      return foreignKey(add.key(), table);
    }
    if (action instanceof AlterAction.AddCheck add) {
      return constraints
          .convert(add.check(), table)
          .<List<AlterAction>>map(check -> List.of(new AlterAction.AddCheck(check)))
          .orElse(List.of());
    }
    return ifPresent(action, table);
  }

  private List<AlterAction> index(IndexDefinition unnamed, TableDefinition table) {
    TableDefinition with = TableEvolution.apply(table, List.of(new AlterAction.AddIndex(unnamed)));
    IndexDefinition index = with.indexes().get(with.indexes().size() - 1);
    Optional<IndexDefinition> converted =
        new IndexConversion(with, with, profile, options, log).convert(index);
    List<AlterAction> actions = new ArrayList<>();
    if (converted.isPresent()) {
      if (index.isUnique()) {
        actions.addAll(binaryColumns(index, table));
      }
      actions.add(new AlterAction.AddIndex(converted.get()));
    }
    return actions;
  }

  private List<AlterAction> binaryColumns(IndexDefinition index, TableDefinition table) {
    List<AlterAction> actions = new ArrayList<>();
    for (String name : index.columnNames()) {
      Optional<ColumnDefinition> column = table.column(name);
      column
          .map(c -> KeyColumns.binary(c, table, profile, log))
          .filter(binary -> !binary.equals(column.get()))
          .ifPresent(
              binary ->
                  actions.add(
                      new AlterAction.ChangeColumn(
                          binary.name(), binary, new ColumnPosition.Unchanged())));
    }
    return actions;
  }

  private List<AlterAction> foreignKey(ForeignKey key, TableDefinition table) {
    List<AlterAction> actions = new ArrayList<>();
    constraints
        .convert(key, table)
        .ifPresent(
            converted -> {
              ForeignKeyIndexes.implied(converted, table)
                  .ifPresent(index -> actions.addAll(index(index, table)));
              actions.add(new AlterAction.AddForeignKey(converted));
            });
    return actions;
  }

  /** What the destination does not have, perhaps because the conversion left it out, stays so. */
  private List<AlterAction> ifPresent(AlterAction action, TableDefinition table) {
    if (isPresent(action, table)) {
      return List.of(action);
    }
    log.dropped(
        "table",
        "change of a key or constraint (" + action.kind().optionName() + ")",
        "the destination does not have it");
    return List.of();
  }

  private static boolean isPresent(AlterAction action, TableDefinition table) {
    if (action instanceof AlterAction.DropIndex drop) {
      return table.index(drop.name()).isPresent();
    }
    if (action instanceof AlterAction.RenameIndex rename) {
      return table.index(rename.from()).isPresent();
    }
    if (action instanceof AlterAction.SetIndexVisible visible) {
      return table.index(visible.index()).isPresent();
    }
    if (action instanceof AlterAction.DropPrimaryKey) {
      return table.primaryKey().isPresent();
    }
    if (action instanceof AlterAction.DropForeignKey drop) {
      return table.foreignKey(drop.name()).isPresent();
    }
    if (action instanceof AlterAction.DropCheck drop) {
      return table.check(drop.name()).isPresent();
    }
    return action instanceof AlterAction.SetCheckEnforced check
        && table.check(check.name()).isPresent();
  }
}
