package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the actions of one ALTER TABLE. What only says how to run it is left out. */
final class AlterReader {

  private final TokenCursor cursor;
  private final TableId table;
  private final List<AlterAction> actions = new ArrayList<>();

  AlterReader(TokenCursor cursor, TableId table) {
    this.cursor = cursor;
    this.table = table;
  }

  List<AlterAction> read() {
    while (!cursor.atEnd()) {
      if (!readManner() && !readPartitioning()) {
        readAction();
      }
      cursor.acceptSymbol(",");
    }
    return List.copyOf(actions);
  }

  /** Reads how the source was to carry the change out, which is the destination's own matter. */
  private boolean readManner() {
    if (cursor.acceptWords("ALGORITHM") || cursor.acceptWords("LOCK")) {
      cursor.acceptSymbol("=");
      cursor.next();
      return true;
    }
    return cursor.acceptWords("WITH", "VALIDATION") || cursor.acceptWords("WITHOUT", "VALIDATION");
  }

  private boolean readPartitioning() {
    return new PartitionReader(cursor, table.database()).read(actions::add);
  }

  private void readAction() {
    if (cursor.acceptWords("ADD")) {
      add();
    } else if (cursor.acceptWords("DROP")) {
      drop();
    } else if (cursor.acceptWords("MODIFY")) {
      cursor.acceptWords("COLUMN");
      change(cursor.peekName());
    } else if (cursor.acceptWords("CHANGE")) {
      cursor.acceptWords("COLUMN");
      change(cursor.name());
    } else if (cursor.acceptWords("ALTER")) {
      alter();
    } else if (cursor.acceptWords("RENAME")) {
      rename();
    } else if (cursor.acceptWords("CONVERT", "TO")) {
      convert();
    } else if (!readMaintenance()) {
      options();
    }
  }

  private void add() {
    cursor.acceptWords("COLUMN");
    cursor.acceptWords("IF", "NOT", "EXISTS");
    if (cursor.isSymbol("(")) {
      for (List<SqlToken> element : TokenCursor.splitAtCommas(cursor.parenthesised())) {
        element(element, column -> new AlterAction.AddColumn(column, unchanged()));
      }
    } else {
      List<SqlToken> element = cursor.untilComma();
      ColumnPosition position = position(element);
      element(
          withoutPosition(element, position),
          column -> new AlterAction.AddColumn(column, position));
    }
  }

  private void change(String name) {
    List<SqlToken> element = cursor.untilComma();
    ColumnPosition position = position(element);
    element(
        withoutPosition(element, position),
        column -> new AlterAction.ChangeColumn(name, column, position));
  }

  private void element(
      List<SqlToken> tokens, Function<ColumnDefinition, AlterAction> actionOfColumn) {
    ElementReader.read(
        tokens,
        "",
        table.database(),
        new ElementReader.Target() {
          @Override
          public void column(ColumnDefinition column) {
            actions.add(actionOfColumn.apply(column));
          }

          @Override
          public void index(IndexDefinition index) {
            actions.add(new AlterAction.AddIndex(index));
          }

          @Override
          public void check(CheckConstraint check) {
            actions.add(new AlterAction.AddCheck(check));
          }

          @Override
          public void foreignKey(ForeignKey key) {
            actions.add(new AlterAction.AddForeignKey(key));
          }
        });
  }

  private static ColumnPosition unchanged() {
    return new ColumnPosition.Unchanged();
  }

  private static ColumnPosition position(List<SqlToken> column) {
    int last = column.size() - 1;
    if (last > 2 && column.get(last - 1).isWord("AFTER")) {
      return new ColumnPosition.After(column.get(last).text());
    }
    return last > 1 && column.get(last).isWord("FIRST") ? new ColumnPosition.First() : unchanged();
  }

  private static List<SqlToken> withoutPosition(List<SqlToken> column, ColumnPosition position) {
    int words = 0;
    if (position instanceof ColumnPosition.First) {
      words = 1;
    } else if (position instanceof ColumnPosition.After) {
      words = 2;
    }
    return column.subList(0, column.size() - words);
  }

  private void drop() {
    if (cursor.acceptWords("PRIMARY", "KEY")) {
      actions.add(new AlterAction.DropPrimaryKey());
    } else if (cursor.acceptWords("FOREIGN", "KEY")) {
      actions.add(new AlterAction.DropForeignKey(cursor.name()));
    } else if (cursor.acceptWords("INDEX") || cursor.acceptWords("KEY")) {
      actions.add(dropIndex(cursor.name()));
    } else if (cursor.acceptWords("CHECK")) {
      actions.add(new AlterAction.DropCheck(cursor.name()));
    } else if (cursor.acceptWords("CONSTRAINT")) {
      actions.add(new AlterAction.DropConstraint(cursor.name()));
    } else {
      cursor.acceptWords("COLUMN");
      cursor.acceptWords("IF", "EXISTS");
      actions.add(new AlterAction.DropColumn(cursor.name()));
      if (!cursor.acceptWords("RESTRICT")) {
        cursor.acceptWords("CASCADE");
      }
    }
  }

  static AlterAction dropIndex(String name) {
    return name.equalsIgnoreCase("PRIMARY")
        ? new AlterAction.DropPrimaryKey()
        : new AlterAction.DropIndex(name);
  }

  private void alter() {
    if (cursor.acceptWords("INDEX")) {
      String index = cursor.name();
      actions.add(new AlterAction.SetIndexVisible(index, visible()));
    } else if (cursor.acceptWords("CHECK") || cursor.acceptWords("CONSTRAINT")) {
      String check = cursor.name();
      boolean enforced = !cursor.acceptWords("NOT");
      cursor.expectWords("ENFORCED");
      actions.add(new AlterAction.SetCheckEnforced(check, enforced));
    } else {
      cursor.acceptWords("COLUMN");
      alterColumn(cursor.name());
    }
  }

  private void alterColumn(String column) {
    if (cursor.acceptWords("DROP", "DEFAULT")) {
      actions.add(new AlterAction.SetDefault(column, new ColumnDefault.None()));
    } else {
      cursor.expectWords("SET");
      actions.add(
          cursor.isWords("DEFAULT")
              ? new AlterAction.SetDefault(
                  column, ColumnReader.defaultValue(cursor.untilComma(), table.database()))
              : new AlterAction.SetColumnVisible(column, visible()));
    }
  }

  private boolean visible() {
    boolean visible = cursor.acceptWords("VISIBLE");
    if (!visible) {
      cursor.expectWords("INVISIBLE");
    }
    return visible;
  }

  private void rename() {
    if (cursor.acceptWords("COLUMN")) {
      String from = cursor.name();
      cursor.expectWords("TO");
      actions.add(new AlterAction.RenameColumn(from, cursor.name()));
    } else if (cursor.acceptWords("INDEX") || cursor.acceptWords("KEY")) {
      String from = cursor.name();
      cursor.expectWords("TO");
      actions.add(new AlterAction.RenameIndex(from, cursor.name()));
    } else {
      if (!cursor.acceptWords("TO") && !cursor.acceptWords("AS")) {
        cursor.acceptSymbol("=");
      }
      actions.add(new AlterAction.RenameTo(cursor.tableId(table.database())));
    }
  }

  private void convert() {
    if (!cursor.acceptCharset()) {
      throw new DdlSyntaxException("expected CHARACTER SET but found " + cursor.found());
    }
    Optional<String> charset =
        cursor.acceptWords("DEFAULT")
            ? Optional.empty()
            : Optional.of(CharsetNames.charset(cursor.next().text()));
    Optional<String> collation = Optional.empty();
    if (cursor.acceptWords("COLLATE")) {
      cursor.acceptSymbol("=");
      collation = Optional.of(CharsetNames.collation(cursor.next().text()));
    }
    actions.add(new AlterAction.ConvertCharset(charset, collation));
  }

  private boolean readMaintenance() {
    if (cursor.isWords("DISCARD") || cursor.isWords("IMPORT")) {
      throw new DdlSyntaxException("the rows of a file come and go without change records");
    }
    if (cursor.isWords("ORDER", "BY")) {
      // Its columns stand between commas, as further actions do; MySQL wants it last.
      actions.add(new AlterAction.Maintenance(SqlToken.canonical(cursor.rest()).trim()));
      return true;
    }
    boolean maintenance =
        cursor.isWords("FORCE")
            || cursor.isWords("ENABLE", "KEYS")
            || cursor.isWords("DISABLE", "KEYS")
            || cursor.isWords("UPGRADE", "PARTITIONING")
            || cursor.isWords("SECONDARY_LOAD")
            || cursor.isWords("SECONDARY_UNLOAD");
    if (maintenance) {
      actions.add(new AlterAction.Maintenance(SqlToken.canonical(cursor.untilComma()).trim()));
    }
    return maintenance;
  }

  private void options() {
    TokenCursor options = new TokenCursor(cursor.untilComma());
    OptionReader reader = new OptionReader();
    while (!options.atEnd()) {
      reader.read(options);
    }
    actions.add(new AlterAction.SetOptions(reader.comment(), reader.options()));
  }
}
