package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/** Maps one ALTER TABLE; of the table nothing is known but its name. */
final class AlterMapping {

  private final DdlStatement.AlterTable alter;
  private final ColumnNames names;
  private final ConversionLog log = new ConversionLog();
  private final ElementMapping elements;

  AlterMapping(DdlStatement.AlterTable alter, ColumnSelector selector) {
    this.alter = alter;
    this.names = ColumnNames.of(alter.id(), selector);
    this.elements = new ElementMapping(alter.id(), selector, names, log);
  }

  StatementMapping map() {
    List<AlterAction> actions =
        alter.actions().stream().<AlterAction>flatMap(action -> map(action).stream()).toList();
    boolean nothingLeft = actions.isEmpty() && !alter.actions().isEmpty();
    return new StatementMapping(
        nothingLeft
            ? Optional.empty()
            : Optional.of(new DdlStatement.AlterTable(alter.id(), actions)),
        log.rewrites());
  }

  private Optional<? extends AlterAction> map(AlterAction action) {
    if (action instanceof AlterAction.ColumnAction column) {
      return column(column);
    }
    if (action instanceof AlterAction.AddIndex add) {
      return elements
          .index(add.index())
          .map(mapped -> named(mapped, add.index()))
          .map(AlterAction.AddIndex::new);
    }
    if (action instanceof AlterAction.AddForeignKey add) {
      return elements.foreignKey(add.key()).map(AlterAction.AddForeignKey::new);
    }
    if (action instanceof AlterAction.AddCheck add) {
      return elements.check(add.check()).map(AlterAction.AddCheck::new);
    }
    return action instanceof AlterAction.PartitionBy by
        ? Optional.of(partitionBy(by))
        : Optional.of(action);
  }

  /** MySQL names an index after its first column: later statements use the source's name. */
  private static IndexDefinition named(IndexDefinition mapped, IndexDefinition source) {
    boolean afterColumn =
        source.name().isEmpty() && source.parts().get(0) instanceof IndexPart.Column;
    if (!afterColumn || mapped.parts().get(0).equals(source.parts().get(0))) {
      return mapped;
    }
    IndexNames indexes = new IndexNames();
    indexes.add(source);
    return mapped.withName(indexes.named().get(0).name());
  }

  /** Partitions that stay as they were would later lose other rows than the source's. */
  private AlterAction partitionBy(AlterAction.PartitionBy by) {
    ColumnNames.Text text = names.partitioning(by.partitioning());
    if (!text.lost().isEmpty()) {
      throw refused("its partitions depend on a column: " + ColumnNames.leftOut(text.lost()));
    }
    return new AlterAction.PartitionBy(text.sql());
  }

  private Optional<? extends AlterAction> column(AlterAction.ColumnAction action) {
    if (action instanceof AlterAction.AddColumn add) {
      return add(add);
    }
    if (action instanceof AlterAction.ChangeColumn change) {
      return newName(change, change.name(), change.column().name()).map(to -> change(change, to));
    }
    if (action instanceof AlterAction.RenameColumn rename) {
      return newName(rename, rename.from(), rename.to()).flatMap(to -> rename(rename, to));
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return name(drop, drop.name()).map(AlterAction.DropColumn::new);
    }
    if (action instanceof AlterAction.SetDefault set) {
      return name(set, set.column())
          .map(
              name ->
                  new AlterAction.SetDefault(
                      name, elements.defaultValue(set.column(), set.value())));
    }
    AlterAction.SetColumnVisible set = (AlterAction.SetColumnVisible) action;
    return name(set, set.column())
        .map(name -> new AlterAction.SetColumnVisible(name, set.visible()));
  }

  private Optional<AlterAction> add(AlterAction.AddColumn add) {
    ColumnDefinition column = add.column();
    if (names.map(column.name()).isPresent()) {
      refuseLostValues(column, elements.lostSources(column));
    }
    return elements
        .column(column)
        .map(mapped -> new AlterAction.AddColumn(mapped, position(add.position(), column)));
  }

  private AlterAction change(AlterAction.ChangeColumn change, String to) {
    ColumnDefinition column = change.column();
    if (column.generated().isPresent()) {
      refuseLostValues(column, elements.lostSources(column));
    }
    if (change.isRename()) {
      elements.reportName(column.name(), to);
    }
    return new AlterAction.ChangeColumn(
        names.kept(change.name()),
        elements.definition(column).withName(to),
        position(change.position(), column));
  }

  private Optional<AlterAction> rename(AlterAction.RenameColumn rename, String to) {
    String from = names.kept(rename.from());
    if (from.equals(to) && !rename.from().equals(rename.to())) {
      log.dropped(
          ConversionLog.column(rename.from()),
          what(rename),
          "the destination's column keeps its name " + SqlText.identifier(to));
      return Optional.empty();
    }
    elements.reportName(rename.to(), to);
    return Optional.of(new AlterAction.RenameColumn(from, to));
  }

  private ColumnPosition position(ColumnPosition position, ColumnDefinition column) {
    if (!(position instanceof ColumnPosition.After after)) {
      return position;
    }
    Optional<String> before = names.map(after.column());
    if (before.isEmpty()) {
      log.dropped(
          ConversionLog.column(column),
          position.render().trim(),
          ColumnNames.leftOut(List.of(after.column())));
      return new ColumnPosition.Unchanged();
    }
    return new ColumnPosition.After(before.get());
  }

  /** Returns the destination's name of a column; empty, and reported, if it is left out. */
  private Optional<String> name(AlterAction action, String column) {
    Optional<String> name = names.map(column);
    if (name.isEmpty()) {
      log.notCarriedOver(
          ConversionLog.column(column), what(action), "", "the column is left out as configured");
    }
    return name;
  }

  /** Returns the destination's name of a column after an action that may rename it. */
  private Optional<String> newName(AlterAction action, String from, String to) {
    Optional<String> before = name(action, from);
    Optional<String> after = names.map(to);
    if (before.isPresent() != after.isPresent()) {
      throw refused(
          what(action)
              + ": "
              + SqlText.identifier(from)
              + " becomes "
              + SqlText.identifier(to)
              + ", but "
              + (after.isPresent()
                  ? ColumnNames.leftOut(List.of(from)) + " and its values are unknown"
                  : ColumnNames.leftOut(List.of(to)) + " and the destination has its values"));
    }
    return after;
  }

  private void refuseLostValues(ColumnDefinition column, List<String> lost) {
    if (!lost.isEmpty()) {
      throw refused(
          "the rows that exist get values of "
              + SqlText.identifier(column.name())
              + " without change records, and "
              + ColumnNames.leftOut(lost)
              + ", so that the destination cannot compute them");
    }
  }

  private IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(
        "table " + alter.id().quoted() + ": " + reason + "; copy the table anew");
  }

  private static String what(AlterAction action) {
    return action.kind().name().replace('_', ' ');
  }
}
