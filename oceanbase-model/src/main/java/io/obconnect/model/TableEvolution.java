package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a definition becomes by ALTER TABLE, found out without a server. Objects that are named but
 * missing are passed by. All methods are pure functions.
 */
public final class TableEvolution {

  private TableEvolution() {}

  /** Returns the definition after one ALTER TABLE with all of the actions. */
  public static TableDefinition apply(TableDefinition table, List<AlterAction> actions) {
    List<AlterAction.RenameColumn> renamings =
        actions.stream()
            .filter(AlterAction.RenameColumn.class::isInstance)
            .map(AlterAction.RenameColumn.class::cast)
            .toList();
    TableDefinition result = table;
    boolean renamed = false;
    for (AlterAction action : AlterOrder.sorted(actions, table)) {
      if (!(action instanceof AlterAction.RenameColumn)) {
        result = apply(result, action);
      } else if (!renamed) {
        result = renamed(result, renamings);
        renamed = true;
      }
    }
    return result;
  }

  /** All at once: columns may swap their names. */
  private static TableDefinition renamed(
      TableDefinition table, List<AlterAction.RenameColumn> renamings) {
    TableDefinition result = table;
    for (int i = 0; i < renamings.size(); i++) {
      result = apply(result, new AlterAction.RenameColumn(renamings.get(i).from(), between(i)));
    }
    for (int i = 0; i < renamings.size(); i++) {
      result = apply(result, new AlterAction.RenameColumn(between(i), renamings.get(i).to()));
    }
    return result;
  }

  /** A name that no column can have. */
  private static String between(int renaming) {
    return "\0" + renaming;
  }

  private static TableDefinition apply(TableDefinition table, AlterAction action) {
    if (action instanceof AlterAction.RenameTo rename) {
      return table.withId(rename.to());
    }
    if (action instanceof AlterAction.SetOptions options) {
      return table.withOptions(merged(table.options(), options));
    }
    if (action instanceof AlterAction.ConvertCharset convert) {
      return converted(table, convert);
    }
    if (action instanceof AlterAction.ColumnAction ofColumn) {
      return column(table, ofColumn);
    }
    if (action instanceof AlterAction.PartitionAction ofPartition) {
      return table.withPartitioning(Partitioning.after(table.partitioning(), ofPartition));
    }
    return keyOrConstraint(table, action);
  }

  private static TableDefinition column(TableDefinition table, AlterAction.ColumnAction action) {
    if (action instanceof AlterAction.AddColumn add) {
      return table.withColumns(
          placed(table.columns(), add.column(), add.position(), table.columns().size()));
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return withoutColumn(table, drop.name());
    }
    if (action instanceof AlterAction.ChangeColumn change) {
      return changed(table, change);
    }
    if (action instanceof AlterAction.RenameColumn rename) {
      return renamed(
          table.withColumns(
              mapped(
                  table.columns(),
                  c -> c.name().equalsIgnoreCase(rename.from()),
                  c -> c.withName(rename.to()))),
          rename.from(),
          rename.to());
    }
    if (action instanceof AlterAction.SetDefault value) {
      return table.withColumns(
          mapped(
              table.columns(),
              c -> c.name().equalsIgnoreCase(value.column()),
              c -> c.withDefault(value.value())));
    }
    AlterAction.SetColumnVisible visible = (AlterAction.SetColumnVisible) action;
    return table.withColumns(
        mapped(
            table.columns(),
            c -> c.name().equalsIgnoreCase(visible.column()),
            c -> c.withInvisible(!visible.visible())));
  }

  private static TableDefinition changed(TableDefinition table, AlterAction.ChangeColumn change) {
    int index = indexOf(table.columns(), change.name());
    if (index < 0) {
      return table;
    }
    List<ColumnDefinition> others = new ArrayList<>(table.columns());
    others.remove(index);
    TableDefinition changed =
        table.withColumns(placed(others, change.column(), change.position(), index));
    return renamed(changed, change.name(), change.column().name()).withKeyColumnsNotNull();
  }

  private static List<ColumnDefinition> placed(
      List<ColumnDefinition> others, ColumnDefinition column, ColumnPosition position, int index) {
    int place = index;
    if (position instanceof ColumnPosition.First) {
      place = 0;
    } else if (position instanceof ColumnPosition.After after) {
      int before = indexOf(others, after.column());
      place = before < 0 ? others.size() : before + 1;
    }
    List<ColumnDefinition> columns = new ArrayList<>(others);
    columns.add(place, column);
    return columns;
  }

  private static int indexOf(List<ColumnDefinition> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * An index loses the column with it, and is gone if it has no other: measured on both engines.
   */
  private static TableDefinition withoutColumn(TableDefinition table, String name) {
    return table
        .withColumns(without(table.columns(), c -> c.name().equalsIgnoreCase(name)))
        .withIndexes(
            table.indexes().stream()
                .map(
                    index ->
                        index.withParts(
                            without(
                                index.parts(),
                                part ->
                                    part instanceof IndexPart.Column column
                                        && column.name().equalsIgnoreCase(name))))
                .filter(index -> !index.parts().isEmpty())
                .toList());
  }

  /** Keys follow a column's name; expressions do not, and the servers refuse them. */
  private static TableDefinition renamed(TableDefinition table, String from, String to) {
    UnaryOperator<String> name = old -> old.equalsIgnoreCase(from) ? to : old;
    return table
        .withIndexes(
            table.indexes().stream()
                .map(i -> i.withParts(i.parts().stream().map(p -> renamed(p, name)).toList()))
                .toList())
        .withForeignKeys(table.foreignKeys().stream().map(k -> k.withColumns(name)).toList());
  }

  private static IndexPart renamed(IndexPart part, UnaryOperator<String> name) {
    return part instanceof IndexPart.Column column
        ? new IndexPart.Column(name.apply(column.name()), column.prefix(), column.descending())
        : part;
  }

  private static TableDefinition keyOrConstraint(TableDefinition table, AlterAction action) {
    if (action instanceof AlterAction.AddIndex add) {
      IndexNames indexes = new IndexNames();
      table.indexes().forEach(indexes::add);
      indexes.add(add.index());
      return table.withIndexes(indexes.named()).withKeyColumnsNotNull();
    }
    if (action instanceof AlterAction.DropPrimaryKey) {
      return table.withIndexes(
          without(table.indexes(), i -> i.kind() == IndexDefinition.Kind.PRIMARY));
    }
    if (action instanceof AlterAction.DropIndex drop) {
      return table.withIndexes(
          without(table.indexes(), i -> i.name().equalsIgnoreCase(drop.name())));
    }
    if (action instanceof AlterAction.RenameIndex rename) {
      return table.withIndexes(
          mapped(
              table.indexes(),
              i -> i.name().equalsIgnoreCase(rename.from()),
              i -> i.withName(rename.to())));
    }
    if (action instanceof AlterAction.SetIndexVisible visible) {
      return table.withIndexes(
          mapped(
              table.indexes(),
              i -> i.name().equalsIgnoreCase(visible.index()),
              i -> i.withInvisible(!visible.visible())));
    }
    return constraint(table, action);
  }

  private static TableDefinition constraint(TableDefinition table, AlterAction action) {
    if (action instanceof AlterAction.AddForeignKey add) {
      return table.withForeignKeys(with(table.foreignKeys(), add.key()));
    }
    if (action instanceof AlterAction.DropForeignKey drop) {
      return table.withForeignKeys(
          without(table.foreignKeys(), k -> k.name().equalsIgnoreCase(drop.name())));
    }
    if (action instanceof AlterAction.AddCheck add) {
      return table.withChecks(with(table.checks(), add.check()));
    }
    if (action instanceof AlterAction.DropCheck drop) {
      return table.withChecks(without(table.checks(), c -> c.name().equalsIgnoreCase(drop.name())));
    }
    if (action instanceof AlterAction.SetCheckEnforced check) {
      return table.withChecks(
          mapped(
              table.checks(),
              c -> c.name().equalsIgnoreCase(check.name()),
              c -> c.withEnforced(check.enforced())));
    }
    if (action instanceof AlterAction.DropConstraint drop) {
      return apply(
          table,
          List.of(
              new AlterAction.DropForeignKey(drop.name()),
              new AlterAction.DropCheck(drop.name()),
              new AlterAction.DropIndex(drop.name())));
    }
    return table;
  }

  private static TableOptions merged(TableOptions old, AlterAction.SetOptions change) {
    TableOptions options = change.options();
    boolean text = options.charset().isPresent() || options.collation().isPresent();
    return new TableOptions(
        text ? options.charset() : old.charset(),
        text ? options.collation() : old.collation(),
        change.comment().orElse(old.comment()),
        options.autoIncrement().isPresent() ? options.autoIncrement() : old.autoIncrement(),
        OrderedMaps.merged(old.others(), options.others()));
  }

  private static TableDefinition converted(
      TableDefinition table, AlterAction.ConvertCharset convert) {
    TableOptions old = table.options();
    TableOptions options =
        new TableOptions(
            convert.charset(),
            convert.collation(),
            old.comment(),
            old.autoIncrement(),
            old.others());
    return table
        .withOptions(options)
        .withColumns(
            mapped(
                table.columns(),
                c -> c.type().isText(),
                c -> c.withType(c.type().withText(Optional.empty(), Optional.empty()))));
  }

  private static <T> List<T> mapped(List<T> all, Predicate<T> which, UnaryOperator<T> mapping) {
    return all.stream().map(each -> which.test(each) ? mapping.apply(each) : each).toList();
  }

  private static <T> List<T> without(List<T> all, Predicate<T> which) {
    return all.stream().filter(which.negate()).toList();
  }

  private static <T> List<T> with(List<T> all, T more) {
    List<T> result = new ArrayList<>(all);
    result.add(more);
    return result;
  }
}
