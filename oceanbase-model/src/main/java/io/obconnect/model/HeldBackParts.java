package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes out of a converted table what the user wants to be added later. */
final class HeldBackParts {

  private HeldBackParts() {}

  static ConversionResult.Converted split(
      TableDefinition table, List<Rewrite> rewrites, ConversionOptions options) {
    List<IndexDefinition> indexes = new ArrayList<>();
    List<AlterAction> later = new ArrayList<>();
    for (IndexDefinition index : table.indexes()) {
      if (isHeldBack(index, table, options)) {
        later.add(new AlterAction.AddIndex(index));
      } else {
        indexes.add(index);
      }
    }
    TableDefinition first = table.withIndexes(indexes);
    if (options.heldBack().contains(TablePart.CHECKS)) {
      table.checks().forEach(check -> later.add(new AlterAction.AddCheck(check)));
      first = first.withChecks(List.of());
    }
    if (options.heldBack().contains(TablePart.FOREIGN_KEYS)) {
      table.foreignKeys().forEach(key -> later.add(new AlterAction.AddForeignKey(key)));
      first = first.withForeignKeys(List.of());
    }
    return new ConversionResult.Converted(
        first,
        rewrites,
        later.stream()
            .map(action -> new DdlStatement.AlterTable(table.id(), List.of(action)))
            .toList());
  }

  private static boolean isHeldBack(
      IndexDefinition index, TableDefinition table, ConversionOptions options) {
    Optional<TablePart> part = TablePart.of(index);
    // Unique keys of expressions keep rows apart; MySQL wants a counter to lead an index.
    return part.filter(options.heldBack()::contains).isPresent()
        && !index.isUnique()
        && index.columnNames().stream()
            .limit(1)
            .flatMap(name -> table.column(name).stream())
            .noneMatch(ColumnDefinition::autoIncrement);
  }
}
