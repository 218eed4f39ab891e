package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Converts the actions of ALTER TABLE that concern columns. */
final class ColumnChangeConversion {

  private static final Map<String, String> NEXT_TEXT =
      Map.of("tinytext", "text", "text", "mediumtext", "mediumtext", "longtext");

  private final TableDefinition after;
  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final CollationMapper collations;
  private final ConversionLog log;

  /**
   * Makes a conversion.
   *
   * @param after the table with all actions: a column is converted with regard to its keys
   */
  ColumnChangeConversion(
      TableDefinition after,
      DestinationProfile profile,
      ConversionOptions options,
      ConversionLog log) {
    this.after = after;
    this.profile = profile;
    this.options = options;
    this.collations = new CollationMapper(profile, options);
    this.log = log;
  }

  /**
   * Converts an action.
   *
   * @param table the destination's table before the action
   */
  List<AlterAction> convert(AlterAction.ColumnAction action, TableDefinition table) {
    if (action instanceof AlterAction.AddColumn add) {
      return add(add, table);
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return table.column(drop.name()).isPresent()
          ? List.of(drop)
          : missing("column " + SqlText.identifier(drop.name()), "DROP COLUMN");
    }
    if (action instanceof AlterAction.ChangeColumn change) {
      return change(change, table);
    }
    if (action instanceof AlterAction.RenameColumn rename) {
      return column(rename.from(), table).isPresent() ? List.of(rename) : List.of();
    }
    if (action instanceof AlterAction.SetDefault value) {
      return column(value.column(), table)
          .map(column -> columns().convert(column.withDefault(value.value())))
          .<List<AlterAction>>map(
              column -> List.of(new AlterAction.SetDefault(column.name(), column.defaultValue())))
          .orElse(List.of());
    }
    return visible((AlterAction.SetColumnVisible) action, table);
  }

  private List<AlterAction> add(AlterAction.AddColumn add, TableDefinition table) {
    ColumnDefinition column = convert(add.column());
    String object = ConversionLog.column(column);
    if (column.autoIncrement()) {
      log.refuse(
          object
              + ": the rows that exist get numbers at the source, and change records do not carry"
              + " them; load the table anew");
    }
    if (table.column(column.name()).isPresent()) {
      log.refuse(object + " exists at the destination");
    }
    boolean ownValues =
        column.defaultValue() instanceof ColumnDefault.Expression && column.generated().isEmpty();
    if (ownValues) {
      log.notCarriedOver(
          object,
          "values of the rows that exist",
          "DEFAULT " + column.defaultValue().render(),
          "the destination evaluates it by itself, at another time");
    }
    return List.of(new AlterAction.AddColumn(column, position(add.position(), table, object)));
  }

  private ColumnPosition position(ColumnPosition position, TableDefinition table, String object) {
    if (position instanceof ColumnPosition.After behind
        && table.column(behind.column()).isEmpty()) {
      log.dropped(object, position.render().trim(), "the destination has no such column");
      return new ColumnPosition.Unchanged();
    }
    return position;
  }

  private List<AlterAction> change(AlterAction.ChangeColumn change, TableDefinition table) {
    Optional<ColumnDefinition> old = column(change.name(), table);
    if (old.isEmpty()) {
      return List.of();
    }
    ColumnDefinition column = convert(change.column());
    ColumnPosition position =
        position(change.position(), table, ConversionLog.column(change.column()));
    boolean computed = old.get().generated().isPresent() || column.generated().isPresent();
    if (!computed && change.column().generated().isPresent()) {
      log.refuse(
          ConversionLog.column(column)
              + ": its values are computed anew at the source without change records, and the"
              + " destination does not compute them; load the table anew");
    }
    return computed && profile.isOceanBase()
        ? recomputed(old.get(), column, position, table)
        : List.of(
            new AlterAction.ChangeColumn(
                old.get().name(), old.get().invisible() ? saidVisible(column) : column, position));
  }

  /** OceanBase changes no generated column (errors 1235 and 3106), but it can compute a new one. */
  private List<AlterAction> recomputed(
      ColumnDefinition old,
      ColumnDefinition column,
      ColumnPosition position,
      TableDefinition table) {
    boolean indexed =
        table.indexes().stream()
            .anyMatch(i -> i.columnNames().stream().anyMatch(old.name()::equalsIgnoreCase));
    if (column.generated().isEmpty() || indexed) {
      log.refuse(
          ConversionLog.column(column)
              + ": OceanBase changes no generated column (errors 1235 and 3106), and this one "
              + (indexed ? "has an index" : "would lose its values"));
    }
    ColumnPosition place =
        position instanceof ColumnPosition.Unchanged ? placeOf(old, table) : position;
    return List.of(
        new AlterAction.DropColumn(old.name()), new AlterAction.AddColumn(column, place));
  }

  private static ColumnPosition placeOf(ColumnDefinition column, TableDefinition table) {
    int index = table.columns().indexOf(column);
    return index == 0
        ? new ColumnPosition.First()
        : new ColumnPosition.After(table.columns().get(index - 1).name());
  }

  private List<AlterAction> visible(AlterAction.SetColumnVisible action, TableDefinition table) {
    if (!profile.isOceanBase()) {
      return List.of(action);
    }
    // OceanBase has no ALTER COLUMN ... SET VISIBLE (error 1064), but MODIFY COLUMN does it.
    return column(action.column(), table)
        .map(column -> column.withInvisible(!action.visible()))
        .<List<AlterAction>>map(
            column ->
                List.of(
                    new AlterAction.ChangeColumn(
                        column.name(), saidVisible(column), new ColumnPosition.Unchanged())))
        .orElse(List.of());
  }

  /** OceanBase leaves an invisible column so where MySQL takes no word for visible. */
  private ColumnDefinition saidVisible(ColumnDefinition column) {
    return profile.isOceanBase() && !column.invisible()
        ? column.withOptions(Map.of("VISIBLE", ""))
        : column;
  }

  /**
   * Converts CONVERT TO CHARACTER SET. OceanBase's own spares columns with a collation of theirs,
   * so that each column is converted by itself.
   */
  List<AlterAction> convert(AlterAction.ConvertCharset convert, TableDefinition table) {
    CollationMapper.TextAttributes source =
        new CollationMapper.TextAttributes(
            convert.charset().or(() -> Optional.of(CollationMapper.WIDEST)), convert.collation());
    CollationMapper.TextAttributes mapped = collations.map(source, "table", log);
    if (!profile.isOceanBase()) {
      return List.of(new AlterAction.ConvertCharset(mapped.charset(), mapped.collation()));
    }
    if (convert.charset().filter("binary"::equals).isPresent()) {
      log.refuse(
          "CONVERT TO CHARACTER SET binary turns texts into bytes; change the columns' types instead");
    }
    List<AlterAction> actions = new ArrayList<>();
    actions.add(new AlterAction.SetOptions(Optional.empty(), text(mapped)));
    ColumnConversion columns =
        new ColumnConversion(after.withOptions(text(source)), profile, options, log);
    for (ColumnDefinition column : table.columns()) {
      if (column.type().isText()) {
        ColumnType inherited = column.type().withText(Optional.empty(), Optional.empty());
        ColumnType type = columns.convert(column.withType(inherited)).type();
        ColumnType complete =
            type.charset().isPresent() ? type : type.withText(mapped.charset(), mapped.collation());
        actions.add(
            new AlterAction.ChangeColumn(
                column.name(), column.withType(widened(complete)), new ColumnPosition.Unchanged()));
      }
    }
    return actions;
  }

  private static TableOptions text(CollationMapper.TextAttributes text) {
    return new TableOptions(text.charset(), text.collation(), "", OptionalLong.empty(), Map.of());
  }

  /**
   * MySQL widens a TEXT whose characters may take more bytes than before; it may be one of them.
   */
  private static ColumnType widened(ColumnType type) {
    String next = NEXT_TEXT.get(type.name());
    return next == null ? type : type.withName(next);
  }

  private ColumnConversion columns() {
    return new ColumnConversion(after, profile, options, log);
  }

  private ColumnDefinition convert(ColumnDefinition column) {
    ColumnDefinition converted = columns().convert(column);
    boolean inherits =
        column.type().isText()
            && column.type().charset().isEmpty()
            && column.type().collation().isEmpty();
    return inherits && isKey(column)
        ? KeyColumns.binary(converted, after, profile, log)
        : converted;
  }

  private boolean isKey(ColumnDefinition column) {
    return after.indexes().stream()
        .filter(IndexDefinition::isUnique)
        .anyMatch(i -> i.columnNames().stream().anyMatch(column.name()::equalsIgnoreCase));
  }

  /** Returns the destination's column; without it the change is refused. */
  private Optional<ColumnDefinition> column(String name, TableDefinition table) {
    Optional<ColumnDefinition> column = table.column(name);
    if (column.isEmpty()) {
      log.refuse("the destination has no column " + SqlText.identifier(name));
    }
    return column;
  }

  private List<AlterAction> missing(String object, String action) {
    log.dropped(object, action, "the destination does not have it");
    return List.of();
  }
}
