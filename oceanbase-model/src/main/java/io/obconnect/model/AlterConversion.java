package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Converts one ALTER TABLE, given the table as the destination has it. */
final class AlterConversion {

  private final DdlStatement.AlterTable alter;
  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final ConversionLog log = new ConversionLog();
  private final List<AlterAction> now = new ArrayList<>();
  private final List<AlterAction> later = new ArrayList<>();
  private final TableDefinition before;
  private TableDefinition table;

  AlterConversion(
      TableDefinition current,
      DdlStatement.AlterTable alter,
      DestinationProfile profile,
      ConversionOptions options) {
    this.before = current;
    this.table = current;
    this.alter = alter;
    this.profile = profile;
    this.options = options;
  }

  ChangeResult convert() {
    List<AlterAction> actions =
        AlterOrder.sorted(
            alter.actions().stream().map(action -> resolved(action, before)).toList(), before);
    TableDefinition after = TableEvolution.apply(before, actions);
    ColumnChangeConversion columns = new ColumnChangeConversion(after, profile, options, log);
    KeyChangeConversion keys = new KeyChangeConversion(profile, options, log);
    PartitionChangeConversion partitions = new PartitionChangeConversion(profile, options, log);
    for (AlterAction action : actions) {
      if (action instanceof AlterAction.ColumnAction column) {
        add(columns.convert(column, table));
      } else if (action instanceof AlterAction.ConvertCharset charset) {
        add(columns.convert(charset, table));
      } else if (action instanceof AlterAction.PartitionAction partition) {
        add(partitions.convert(partition, table));
      } else if (action instanceof AlterAction.SetOptions set) {
        add(options(set));
      } else if (action instanceof AlterAction.RenameTo rename) {
        add(List.of(new AlterAction.RenameTo(options.names().apply(rename.to()))));
      } else if (!(action instanceof AlterAction.Maintenance)) {
        add(keys.convert(action, table));
      }
    }
    return result();
  }

  /** Finds out what DROP CONSTRAINT means, and which name a constraint has here. */
  private static AlterAction resolved(AlterAction action, TableDefinition table) {
    List<String> foreignKeys = table.foreignKeys().stream().map(ForeignKey::name).toList();
    List<String> checks = table.checks().stream().map(CheckConstraint::name).toList();
    if (action instanceof AlterAction.DropConstraint drop) {
      String key = ConstraintNames.existing(drop.name(), foreignKeys);
      if (table.foreignKey(key).isPresent()) {
        return new AlterAction.DropForeignKey(key);
      }
      return table.index(drop.name()).isPresent()
          ? AlterReader.dropIndex(drop.name())
          : new AlterAction.DropCheck(ConstraintNames.existing(drop.name(), checks));
    }
    if (action instanceof AlterAction.DropForeignKey drop) {
      return new AlterAction.DropForeignKey(ConstraintNames.existing(drop.name(), foreignKeys));
    }
    if (action instanceof AlterAction.DropCheck drop) {
      return new AlterAction.DropCheck(ConstraintNames.existing(drop.name(), checks));
    }
    if (action instanceof AlterAction.SetCheckEnforced check) {
      return new AlterAction.SetCheckEnforced(
          ConstraintNames.existing(check.name(), checks), check.enforced());
    }
    return action;
  }

  private void add(List<AlterAction> converted) {
    for (AlterAction action : converted) {
      if (isHeldBack(action)) {
        later.add(action);
      } else {
        now.add(action);
        table = TableEvolution.apply(before, now);
      }
    }
  }

  private boolean isHeldBack(AlterAction action) {
    Stream<TablePart> part = Stream.empty();
    if (action instanceof AlterAction.AddForeignKey) {
      part = Stream.of(TablePart.FOREIGN_KEYS);
    } else if (action instanceof AlterAction.AddCheck) {
      part = Stream.of(TablePart.CHECKS);
    } else if (action instanceof AlterAction.AddIndex add && !add.index().isUnique()) {
      part = TablePart.of(add.index()).stream();
    }
    return part.anyMatch(options.heldBack()::contains);
  }

  private List<AlterAction> options(AlterAction.SetOptions set) {
    TableDefinition changed = before.withOptions(set.options());
    CollationMapper.TextAttributes text =
        new CollationMapper(profile, options).map(TableAttributes.of(changed), "table", log);
    TableOptions converted =
        new TableOptions(
            text.charset(),
            text.collation(),
            set.options().comment(),
            set.options().autoIncrement(),
            new OptionConversion(changed, profile, options, log).others());
    boolean empty =
        text.isEmpty()
            && set.comment().isEmpty()
            && converted.autoIncrement().isEmpty()
            && converted.others().isEmpty();
    return empty ? List.of() : List.of(new AlterAction.SetOptions(set.comment(), converted));
  }

  private ChangeResult result() {
    if (!log.refusals().isEmpty()) {
      return new ChangeResult.Refused(log.refusals());
    }
    return new ChangeResult.Converted(
        AlterGroups.of(now, before, profile.isOceanBase()).stream().map(ChangeStep::new).toList(),
        log.rewrites(),
        AlterGroups.of(later, before, true).stream().map(ChangeStep::new).toList());
  }
}
