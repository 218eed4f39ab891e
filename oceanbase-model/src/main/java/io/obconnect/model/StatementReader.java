package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one statement: tells its kind, and takes apart the kinds the model describes. */
final class StatementReader {

  private static final Set<String> OBJECTS =
      Set.of(
          "TABLE",
          "TABLES",
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

  /** Debezium 3.6 emits CREATE VIEW without its first word. */
  private static final Set<String> BEHIND_CREATE =
      Set.of("OR", "ALGORITHM", "DEFINER", "SQL", "VIEW");

  private static final Set<String> NEUTRAL =
      Set.of(
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
    if (BEHIND_CREATE.stream().anyMatch(cursor::isWords)) {
      return createView(skipBehind("VIEW"));
    }
    String verb = cursor.next().text().toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "CREATE" -> create();
      case "ALTER" -> alter();
      case "DROP" -> drop();
      case "RENAME" -> rename();
      case "TRUNCATE" -> truncate();
      case "USE" ->
          new DdlStatement.Other(
              DdlStatement.Kind.USE_DATABASE, List.of(), Optional.of(cursor.name()));
      case "GRANT", "REVOKE" -> other(DdlStatement.Kind.ACCOUNT, List.of());
      case "SET" -> other(set(), List.of());
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
    List<SqlToken> attributes = skipBehind(object);
    return switch (object) {
      case "TABLE" -> createTable(temporary);
      case "DATABASE", "SCHEMA" -> {
        boolean ifNotExists = ifNotExists();
        String name = cursor.name();
        OptionReader options = databaseOptions();
        yield new DdlStatement.CreateDatabase(
            name,
            options.options().charset(),
            options.options().collation(),
            options.options().others(),
            ifNotExists);
      }
      case "INDEX" -> createIndex(attributes);
      case "VIEW" -> createView(attributes);
      default -> objectWithoutRows(object);
    };
  }

  private DdlStatement createView(List<SqlToken> attributes) {
    boolean replaces = attributes.stream().anyMatch(token -> token.isWord("REPLACE"));
    ifNotExists();
    return new DdlStatement.CreateView(ViewReader.read(attributes, cursor, database), replaces);
  }

  /** Moves behind the word that names the object, and returns what stood before it. */
  private List<SqlToken> skipBehind(String object) {
    if (object.isEmpty()) {
      throw new DdlSyntaxException("unknown object " + cursor.found());
    }
    return cursor.skipBehind(object);
  }

  private static DdlStatement objectWithoutRows(String object) {
    return other(
        switch (object) {
          case "PROCEDURE", "FUNCTION", "LIBRARY" -> DdlStatement.Kind.ROUTINE;
          case "TRIGGER" -> DdlStatement.Kind.TRIGGER;
          case "EVENT" -> DdlStatement.Kind.EVENT;
          case "USER", "ROLE" -> DdlStatement.Kind.ACCOUNT;
          case "SERVER", "TABLESPACE", "LOGFILE", "RESOURCE", "SPATIAL" ->
              DdlStatement.Kind.SERVER_OBJECT;
          default -> DdlStatement.Kind.NOT_A_SCHEMA_CHANGE;
        },
        List.of());
  }

  /** SET PASSWORD and SET DEFAULT ROLE outlive the session; all others are settings. */
  private DdlStatement.Kind set() {
    return cursor.isWords("PASSWORD") || cursor.isWords("DEFAULT", "ROLE")
        ? DdlStatement.Kind.ACCOUNT
        : DdlStatement.Kind.NOT_A_SCHEMA_CHANGE;
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

  private OptionReader databaseOptions() {
    OptionReader options = new OptionReader();
    while (!cursor.atEnd()) {
      options.read(cursor);
    }
    return options;
  }

  /** CREATE [kind] INDEX name [USING ..] ON table (..): an index but for the table within it. */
  private DdlStatement createIndex(List<SqlToken> kind) {
    List<SqlToken> index = new ArrayList<>(kind);
    index.add(new SqlToken(SqlToken.Kind.WORD, "INDEX", true));
    while (!cursor.acceptWords("ON")) {
      index.add(cursor.next());
    }
    TableId table = cursor.tableId(database);
    while (!cursor.atEnd() && !cursor.isWords("ALGORITHM") && !cursor.isWords("LOCK")) {
      index.add(cursor.next());
    }
    return new DdlStatement.AlterTable(
        table, List.of(new AlterAction.AddIndex(IndexReader.read(index))));
  }

  private DdlStatement alter() {
    if (!cursor.acceptWords("IGNORE") && !cursor.acceptWords("ONLINE")) {
      cursor.acceptWords("OFFLINE");
    }
    if (cursor.acceptWords("TABLE")) {
      TableId table = cursor.tableId(database);
      return new DdlStatement.AlterTable(table, new AlterReader(cursor, table).read());
    }
    if (cursor.acceptWords("DATABASE") || cursor.acceptWords("SCHEMA")) {
      boolean unnamed =
          cursor.isWords("DEFAULT") || cursor.isWords("CHARACTER") || cursor.isWords("COLLATE");
      String name = unnamed ? database : cursor.name();
      TableOptions options = databaseOptions().options();
      return new DdlStatement.AlterDatabase(
          name, options.charset(), options.collation(), options.others());
    }
    String object = objectOf(tokens);
    List<SqlToken> attributes = skipBehind(object);
    return object.equals("VIEW")
        ? new DdlStatement.CreateView(ViewReader.read(attributes, cursor, database), true)
        : objectWithoutRows(object);
  }

  private DdlStatement drop() {
    String object = objectOf(tokens);
    boolean temporary = cursor.isWords("TEMPORARY");
    skipBehind(object);
    if (object.equals("INDEX")) {
      AlterAction drop = AlterReader.dropIndex(cursor.name());
      cursor.expectWords("ON");
      return new DdlStatement.AlterTable(cursor.tableId(database), List.of(drop));
    }
    boolean ifExists = cursor.acceptWords("IF", "EXISTS");
    return switch (object) {
      case "TABLE", "TABLES" ->
          temporary
              ? other(DdlStatement.Kind.NOT_A_SCHEMA_CHANGE, List.of())
              : new DdlStatement.DropTables(tableList(), ifExists);
      case "VIEW" -> new DdlStatement.DropViews(tableList(), ifExists);
      case "DATABASE", "SCHEMA" -> new DdlStatement.DropDatabase(cursor.name(), ifExists);
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

  private DdlStatement rename() {
    if (cursor.isWords("USER")) {
      return other(DdlStatement.Kind.ACCOUNT, List.of());
    }
    if (!cursor.acceptWords("TABLE") && !cursor.acceptWords("TABLES")) {
      return other(DdlStatement.Kind.NOT_A_SCHEMA_CHANGE, List.of());
    }
    List<DdlStatement.Renaming> renamings = new ArrayList<>();
    do {
      TableId from = cursor.tableId(database);
      cursor.expectWords("TO");
      renamings.add(new DdlStatement.Renaming(from, cursor.tableId(database)));
    } while (cursor.acceptSymbol(","));
    return new DdlStatement.RenameTables(renamings);
  }

  private DdlStatement truncate() {
    cursor.acceptWords("TABLE");
    return new DdlStatement.TruncateTable(cursor.tableId(database));
  }

  private static DdlStatement other(DdlStatement.Kind kind, List<TableId> tables) {
    return new DdlStatement.Other(kind, tables, Optional.empty());
  }
}
