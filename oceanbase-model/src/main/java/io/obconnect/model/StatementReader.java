package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one statement: tells its kind, and takes apart the kinds the model describes. */
final class StatementReader {

  private static final Set<String> OBJECTS =
      Set.of(
          "TABLE",
          "DATABASE",
          "SCHEMA",
          "INDEX",
          "VIEW",
          "PROCEDURE",
          "FUNCTION",
          "TRIGGER",
          "EVENT",
          "USER",
          "ROLE",
          "SERVER",
          "TABLESPACE",
          "LOGFILE",
          "RESOURCE",
          "SPATIAL",
          "LIBRARY",
          "INSTANCE");
  private static final Set<String> ROUTINES =
      Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "LIBRARY");
  private static final Set<String> NEUTRAL =
      Set.of(
          "SET",
          "GRANT",
          "REVOKE",
          "FLUSH",
          "ANALYZE",
          "OPTIMIZE",
          "REPAIR",
          "CHECK",
          "BEGIN",
          "START",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "XA",
          "LOCK",
          "UNLOCK",
          "RESET",
          "PURGE",
          "INSTALL",
          "UNINSTALL",
          "INSERT",
          "UPDATE",
          "DELETE",
          "REPLACE",
          "BINLOG");

  private final TokenCursor cursor;
  private final List<SqlToken> tokens;
  private final String database;

  StatementReader(List<SqlToken> tokens, String database) {
    this.cursor = new TokenCursor(tokens);
    this.tokens = tokens;
    this.database = database;
  }

  /** Returns whether the statement creates something whose body has statements of its own. */
  static boolean isRoutine(List<SqlToken> tokens) {
    return !tokens.isEmpty()
        && tokens.get(0).isWord("CREATE")
        && ROUTINES.contains(objectOf(tokens));
  }

  DdlStatement read() {
    String verb = cursor.next().text().toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "CREATE" -> create();
      case "ALTER" -> alter();
      case "DROP" -> drop();
      case "RENAME" -> rename();
      case "TRUNCATE" -> truncate();
      case "USE" -> onDatabase(DdlStatement.Kind.USE_DATABASE, cursor.name());
      default -> {
        if (NEUTRAL.contains(verb)) {
          yield other(DdlStatement.Kind.NOT_A_SCHEMA_CHANGE, List.of());
        }
        throw new DdlSyntaxException("unknown statement " + verb);
      }
    };
  }

  /** The first word that names a kind of object: behind DEFINER, ALGORITHM, UNIQUE and the like. */
  private static String objectOf(List<SqlToken> tokens) {
    for (int i = 1; i < tokens.size(); i++) {
      String word = tokens.get(i).text().toUpperCase(Locale.ROOT);
      boolean spatialReferenceSystem =
          word.equals("SPATIAL") && i + 1 < tokens.size() && tokens.get(i + 1).isWord("REFERENCE");
      if (tokens.get(i).kind() == SqlToken.Kind.WORD
          && OBJECTS.contains(word)
          && (!word.equals("SPATIAL") || spatialReferenceSystem)) {
        return word;
      }
    }
    return "";
  }

  private DdlStatement create() {
    String object = objectOf(tokens);
    boolean temporary = cursor.isWords("TEMPORARY");
    skipBehind(object);
    return switch (object) {
      case "TABLE" -> createTable(temporary);
      case "DATABASE", "SCHEMA" -> createDatabase();
      case "INDEX" -> onIndex(DdlStatement.Kind.CREATE_INDEX);
      case "VIEW" -> {
        ifNotExists();
        yield other(DdlStatement.Kind.CREATE_VIEW, List.of(cursor.tableId(database)));
      }
      default -> objectWithoutRows(object);
    };
  }

  private void skipBehind(String object) {
    if (object.isEmpty()) {
      throw new DdlSyntaxException("unknown object " + cursor.found());
    }
    cursor.skipBehind(object);
  }

  private DdlStatement objectWithoutRows(String object) {
    return other(
        ROUTINES.contains(object)
            ? DdlStatement.Kind.ROUTINE
            : DdlStatement.Kind.NOT_A_SCHEMA_CHANGE,
        List.of());
  }

  private boolean ifNotExists() {
    return cursor.acceptWords("IF", "NOT", "EXISTS");
  }

  private DdlStatement createTable(boolean temporary) {
    boolean ifNotExists = ifNotExists();
    TableId id = cursor.tableId(database);
    if (temporary) {
      return other(DdlStatement.Kind.CREATE_TEMPORARY_TABLE, List.of(id));
    }
    if (cursor.acceptWords("LIKE")) {
      return new DdlStatement.CreateTableLike(id, cursor.tableId(database), ifNotExists);
    }
    if (!cursor.isSymbol("(")) {
      return other(DdlStatement.Kind.CREATE_TABLE_AS_SELECT, List.of(id));
    }
    List<SqlToken> elements = cursor.parenthesised();
    if (!elements.isEmpty() && elements.get(0).isWord("LIKE")) {
      TableId like = new TokenCursor(elements.subList(1, elements.size())).tableId(database);
      return new DdlStatement.CreateTableLike(id, like, ifNotExists);
    }
    TableReader reader = new TableReader(id);
    if (elements.isEmpty() || elements.get(0).isWord("SELECT") || !reader.readOptions(cursor)) {
      return other(DdlStatement.Kind.CREATE_TABLE_AS_SELECT, List.of(id));
    }
    return new DdlStatement.CreateTable(reader.readElements(elements), ifNotExists);
  }

  private DdlStatement createDatabase() {
    boolean ifNotExists = ifNotExists();
    String name = cursor.name();
    Optional<String> charset = Optional.empty();
    Optional<String> collation = Optional.empty();
    Map<String, String> options = new LinkedHashMap<>();
    while (!cursor.atEnd()) {
      cursor.acceptWords("DEFAULT");
      if (cursor.acceptWords("CHARACTER", "SET") || cursor.acceptWords("CHARSET")) {
        charset = Optional.of(CharsetNames.charset(optionValue()));
      } else if (cursor.acceptWords("COLLATE")) {
        collation = Optional.of(CharsetNames.collation(optionValue()));
      } else {
        options.put(cursor.name().toUpperCase(Locale.ROOT), optionValue());
      }
    }
    return new DdlStatement.CreateDatabase(name, charset, collation, options, ifNotExists);
  }

  private String optionValue() {
    cursor.acceptSymbol("=");
    return cursor.next().text();
  }

  private DdlStatement alter() {
    if (cursor.acceptWords("TABLE")) {
      TableId table = cursor.tableId(database);
      List<TableId> tables = new ArrayList<>(List.of(table));
      renameTarget(table).ifPresent(tables::add);
      return other(DdlStatement.Kind.ALTER_TABLE, tables);
    }
    if (cursor.acceptWords("DATABASE") || cursor.acceptWords("SCHEMA")) {
      boolean unnamed = cursor.isWords("DEFAULT") || cursor.isWords("CHARACTER");
      return onDatabase(DdlStatement.Kind.ALTER_DATABASE, unnamed ? database : cursor.name());
    }
    String object = objectOf(tokens);
    skipBehind(object);
    if (object.equals("VIEW")) {
      return other(DdlStatement.Kind.ALTER_VIEW, List.of(cursor.tableId(database)));
    }
    return objectWithoutRows(object);
  }

  /** The new name in ALTER TABLE ... RENAME TO, which is no rename of a column or an index. */
  private Optional<TableId> renameTarget(TableId table) {
    for (List<SqlToken> change : TokenCursor.splitAtCommas(cursor.rest())) {
      TokenCursor words = new TokenCursor(change);
      if (words.acceptWords("RENAME")
          && !words.isWords("COLUMN")
          && !words.isWords("INDEX")
          && !words.isWords("KEY")) {
        if (!words.acceptWords("TO")) {
          words.acceptWords("AS");
        }
        return Optional.of(words.tableId(table.database()));
      }
    }
    return Optional.empty();
  }

  private DdlStatement drop() {
    String object = objectOf(tokens);
    boolean temporary = cursor.isWords("TEMPORARY");
    skipBehind(object);
    if (object.equals("INDEX")) {
      return onIndex(DdlStatement.Kind.DROP_INDEX);
    }
    cursor.acceptWords("IF", "EXISTS");
    return switch (object) {
      case "TABLE" ->
          other(
              temporary ? DdlStatement.Kind.NOT_A_SCHEMA_CHANGE : DdlStatement.Kind.DROP_TABLE,
              tableList());
      case "VIEW" -> other(DdlStatement.Kind.DROP_VIEW, tableList());
      case "DATABASE", "SCHEMA" -> onDatabase(DdlStatement.Kind.DROP_DATABASE, cursor.name());
      default -> objectWithoutRows(object);
    };
  }

  private List<TableId> tableList() {
    List<TableId> tables = new ArrayList<>();
    do {
      tables.add(cursor.tableId(database));
    } while (cursor.acceptSymbol(","));
    return tables;
  }

  private DdlStatement onIndex(DdlStatement.Kind kind) {
    cursor.skipBehind("ON");
    return other(kind, List.of(cursor.tableId(database)));
  }

  private DdlStatement rename() {
    if (!cursor.acceptWords("TABLE") && !cursor.acceptWords("TABLES")) {
      return other(DdlStatement.Kind.NOT_A_SCHEMA_CHANGE, List.of());
    }
    List<TableId> tables = new ArrayList<>();
    do {
      tables.add(cursor.tableId(database));
      if (!cursor.acceptWords("TO")) {
        throw new DdlSyntaxException("expected TO but found " + cursor.found());
      }
      tables.add(cursor.tableId(database));
    } while (cursor.acceptSymbol(","));
    return other(DdlStatement.Kind.RENAME_TABLE, tables);
  }

  private DdlStatement truncate() {
    cursor.acceptWords("TABLE");
    return other(DdlStatement.Kind.TRUNCATE_TABLE, List.of(cursor.tableId(database)));
  }

  private static DdlStatement other(DdlStatement.Kind kind, List<TableId> tables) {
    return new DdlStatement.Other(kind, tables, Optional.empty());
  }

  private static DdlStatement onDatabase(DdlStatement.Kind kind, String name) {
    return new DdlStatement.Other(kind, List.of(), Optional.of(name));
  }
}
