package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one step starts from and what it brings about, as far as definitions show it.
 *
 * <p>What cannot be seen has no facts: it is then possible that the step is still to be done.
 */
final class StepFacts {

  /** The object of a fact about the table itself. */
  static final String TABLE = "table";

  /**
   * Something that is true of a table.
   *
   * @param object what of the table it is about; the later fact about an object replaces an earlier
   * @param holds decides by the table's definition, which is empty if there is no table
   */
  record Fact(TableId table, String object, Predicate<Optional<TableDefinition>> holds) {}

  private final List<Fact> before = new ArrayList<>();
  private final List<Fact> after = new ArrayList<>();

  private StepFacts() {}

  static StepFacts of(DdlStatement statement) {
    StepFacts facts = new StepFacts();
    if (statement instanceof DdlStatement.CreateTable create) {
      facts.appears(create.table().id(), TABLE, Optional::isPresent);
    } else if (statement instanceof DdlStatement.CreateTableLike like) {
      facts.appears(like.id(), TABLE, Optional::isPresent);
    } else if (statement instanceof DdlStatement.DropTables drop) {
      drop.tables().forEach(id -> facts.disappears(id, TABLE, Optional::isPresent));
    } else if (statement instanceof DdlStatement.RenameTables rename) {
      facts.rename(rename.renamings());
    } else if (statement instanceof DdlStatement.AlterTable alter) {
      // All at once: what goes makes room for what comes.
      alter.actions().forEach(action -> facts.going(alter.id(), action));
      alter.actions().forEach(action -> facts.coming(alter.id(), action));
    }
    return facts;
  }

  List<Fact> before() {
    return before;
  }

  List<Fact> after() {
    return after;
  }

  /** One after the other: a name may be freed and taken again. */
  private void rename(List<DdlStatement.Renaming> renamings) {
    Map<TableId, Boolean> atFirst = new LinkedHashMap<>();
    Map<TableId, Boolean> atLast = new LinkedHashMap<>();
    for (DdlStatement.Renaming pair : renamings) {
      atFirst.putIfAbsent(pair.from(), true);
      atFirst.putIfAbsent(pair.to(), false);
      atLast.put(pair.from(), false);
      atLast.put(pair.to(), true);
    }
    atFirst.forEach((id, there) -> before.add(new Fact(id, TABLE, t -> t.isPresent() == there)));
    atLast.forEach((id, there) -> after.add(new Fact(id, TABLE, t -> t.isPresent() == there)));
  }

  private void going(TableId id, AlterAction action) {
    if (action instanceof AlterAction.DropColumn drop) {
      disappears(id, column(drop.name()), has(t -> t.column(drop.name())));
    } else if (action instanceof AlterAction.ChangeColumn change && change.isRename()) {
      disappears(id, column(change.name()), has(t -> t.column(change.name())));
    } else if (action instanceof AlterAction.RenameColumn rename) {
      disappears(id, column(rename.from()), has(t -> t.column(rename.from())));
    } else if (action instanceof AlterAction.DropIndex drop) {
      disappears(id, index(drop.name()), has(t -> t.index(drop.name())));
    } else if (action instanceof AlterAction.DropPrimaryKey) {
      disappears(id, index("PRIMARY"), has(TableDefinition::primaryKey));
    } else if (action instanceof AlterAction.RenameIndex rename) {
      disappears(id, index(rename.from()), has(t -> t.index(rename.from())));
    } else if (action instanceof AlterAction.DropForeignKey drop) {
      disappears(id, constraint(drop.name()), has(t -> t.foreignKey(drop.name())));
    } else if (action instanceof AlterAction.DropCheck drop) {
      disappears(id, constraint(drop.name()), has(t -> t.check(drop.name())));
    } else if (action instanceof AlterAction.DropPartitions drop) {
      drop.names().forEach(name -> disappears(id, partition(name), hasPartition(name)));
    }
  }

  private void coming(TableId id, AlterAction action) {
    if (action instanceof AlterAction.AddColumn add) {
      appears(id, column(add.column().name()), has(t -> t.column(add.column().name())));
    } else if (action instanceof AlterAction.ChangeColumn change) {
      change(id, change);
    } else if (action instanceof AlterAction.RenameColumn rename) {
      appears(id, column(rename.to()), has(t -> t.column(rename.to())));
    } else if (action instanceof AlterAction.SetDefault value) {
      ColumnDefault wanted = value.value();
      before.add(
          new Fact(
              id,
              column(value.column()) + " default",
              has(t -> t.column(value.column()).filter(c -> !isDefault(c, wanted, t)))));
    } else if (action instanceof AlterAction.AddIndex add) {
      String name = add.index().name();
      appears(id, index(name), has(t -> t.index(name)));
    } else if (action instanceof AlterAction.RenameIndex rename) {
      appears(id, index(rename.to()), has(t -> t.index(rename.to())));
    } else if (action instanceof AlterAction.AddForeignKey add) {
      String name = add.key().name();
      appears(id, constraint(name), has(t -> t.foreignKey(name)));
    } else if (action instanceof AlterAction.AddCheck add) {
      String name = add.check().name();
      appears(id, constraint(name), has(t -> t.check(name)));
    } else if (action instanceof AlterAction.AddPartitions add && !add.isNumber()) {
      Partitioning.of("(" + add.definitions() + ")")
          .names()
          .forEach(name -> appears(id, partition(name), hasPartition(name)));
    }
  }

  private void change(TableId id, AlterAction.ChangeColumn change) {
    ColumnDefinition wanted = change.column();
    if (change.isRename()) {
      appears(id, column(wanted.name()), has(t -> t.column(wanted.name())));
      return;
    }
    // Servers print some defaults in their own way, so that only types are taken for certain.
    before.add(
        new Fact(
            id,
            column(wanted.name()),
            has(
                t ->
                    t.column(wanted.name()).filter(c -> !normal(c, t).equals(normal(wanted, t))))));
    after.add(
        new Fact(
            id,
            column(wanted.name()),
            has(
                t ->
                    t.column(wanted.name())
                        .filter(c -> normal(c, t).type().equals(normal(wanted, t).type())))));
  }

  private static ColumnDefinition normal(ColumnDefinition column, TableDefinition table) {
    return NormalColumn.of(column, table);
  }

  private static boolean isDefault(
      ColumnDefinition column, ColumnDefault wanted, TableDefinition table) {
    ColumnDefault now = normal(column, table).defaultValue();
    return Objects.equals(now, normal(column.withDefault(wanted), table).defaultValue());
  }

  private void appears(TableId id, String object, Predicate<Optional<TableDefinition>> there) {
    before.add(new Fact(id, object, there.negate()));
    after.add(new Fact(id, object, there));
  }

  private void disappears(TableId id, String object, Predicate<Optional<TableDefinition>> there) {
    before.add(new Fact(id, object, there));
    after.add(new Fact(id, object, there.negate()));
  }

  private interface Part {
    Optional<?> of(TableDefinition table);
  }

  private static Predicate<Optional<TableDefinition>> has(Part part) {
    return table -> table.filter(t -> part.of(t).isPresent()).isPresent();
  }

  private static Predicate<Optional<TableDefinition>> hasPartition(String name) {
    return has(
        t ->
            t.partitioning()
                .filter(
                    sql -> Partitioning.of(sql).names().stream().anyMatch(name::equalsIgnoreCase)));
  }

  private static String column(String name) {
    return "column " + name;
  }

  private static String index(String name) {
    return "index " + name;
  }

  private static String constraint(String name) {
    return "constraint " + name;
  }

  private static String partition(String name) {
    return "partition " + name;
  }
}
