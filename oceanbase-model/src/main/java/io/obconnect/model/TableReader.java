package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the elements and options of one CREATE TABLE. */
final class TableReader {

  private static final List<String> QUERY_WORDS =
      List.of("SELECT", "AS", "WITH", "VALUES", "TABLE", "IGNORE", "REPLACE");

  private final TableId id;
  private Optional<String> charset = Optional.empty();
  private Optional<String> collation = Optional.empty();
  private String comment = "";
  private OptionalLong autoIncrement = OptionalLong.empty();
  private Optional<String> partitioning = Optional.empty();
  private final Map<String, String> others = new LinkedHashMap<>();

  TableReader(TableId id) {
    this.id = id;
  }

  /** Reads what follows the elements; false if that is a query whose result fills the table. */
  boolean readOptions(TokenCursor cursor) {
    while (!cursor.atEnd()) {
      if (cursor.acceptSymbol(",")) {
        continue;
      }
      if (cursor.isSymbol("(") || QUERY_WORDS.stream().anyMatch(cursor::isWords)) {
        return false;
      }
      if (cursor.isWords("PARTITION")) {
        partitioning = Optional.of(SqlToken.canonical(cursor.rest()));
      } else {
        readOption(cursor);
      }
    }
    return true;
  }

  private void readOption(TokenCursor cursor) {
    cursor.acceptWords("DEFAULT");
    if (cursor.acceptWords("CHARACTER", "SET")
        || cursor.acceptWords("CHAR", "SET")
        || cursor.acceptWords("CHARSET")) {
      charset = Optional.of(CharsetNames.charset(value(cursor).text()));
    } else if (cursor.acceptWords("COLLATE")) {
      collation = Optional.of(CharsetNames.collation(value(cursor).text()));
    } else if (cursor.acceptWords("COMMENT")) {
      comment = value(cursor).text();
    } else if (cursor.acceptWords("AUTO_INCREMENT")) {
      autoIncrement = OptionalLong.of(unsigned(value(cursor).text()));
    } else if (cursor.acceptWords("START", "TRANSACTION")) {
      // The binary log's form of CREATE TABLE ... SELECT: the rows follow as ordinary changes.
      others.put("START TRANSACTION", "");
    } else {
      others.put(optionName(cursor), optionValue(cursor));
    }
  }

  private static long unsigned(String number) {
    try {
      return Long.parseUnsignedLong(number);
    } catch (NumberFormatException e) {
      throw new DdlSyntaxException("AUTO_INCREMENT is no number: " + number, e);
    }
  }

  private static String optionName(TokenCursor cursor) {
    if (cursor.acceptWords("DATA", "DIRECTORY")) {
      return "DATA DIRECTORY";
    }
    if (cursor.acceptWords("INDEX", "DIRECTORY")) {
      return "INDEX DIRECTORY";
    }
    String name = cursor.name().toUpperCase(Locale.ROOT);
    return name.equals("TYPE") ? "ENGINE" : name;
  }

  private static SqlToken value(TokenCursor cursor) {
    cursor.acceptSymbol("=");
    return cursor.next();
  }

  private static String optionValue(TokenCursor cursor) {
    cursor.acceptSymbol("=");
    return cursor.isSymbol("(")
        ? "(" + SqlToken.canonical(cursor.parenthesised()) + ")"
        : cursor.next().canonical();
  }

  /** Reads the elements; the options must have been read before: columns inherit from them. */
  TableDefinition readElements(List<SqlToken> tokens) {
    List<ColumnDefinition> columns = new ArrayList<>();
    IndexNames indexes = new IndexNames();
    List<TableConstraint> foreignKeys = new ArrayList<>();
    List<TableConstraint> checks = new ArrayList<>();
    for (List<SqlToken> element : TokenCursor.splitAtCommas(tokens)) {
      Optional<TableConstraint> constraint = constraint(element);
      if (constraint.isPresent()) {
        (isWordsAtStart(constraint.get().sql(), "CHECK") ? checks : foreignKeys)
            .add(constraint.get());
      } else if (isIndex(element)) {
        indexes.add(IndexReader.read(element));
      } else {
        ColumnReader column = ColumnReader.read(element, columnContext());
        columns.add(column.definition());
        column.indexes().forEach(indexes::add);
        checks.addAll(column.checks());
        foreignKeys.addAll(column.foreignKeys());
      }
    }
    return build(columns, indexes.named(), foreignKeys, checks);
  }

  private TableDefinition build(
      List<ColumnDefinition> columns,
      List<IndexDefinition> indexes,
      List<TableConstraint> foreignKeys,
      List<TableConstraint> checks) {
    TableOptions options = new TableOptions(charset, collation, comment, autoIncrement, others);
    TableDefinition table =
        new TableDefinition(id, columns, indexes, foreignKeys, checks, partitioning, options);
    List<String> keyColumns =
        table.primaryKey().map(IndexDefinition::columnNames).orElse(List.of());
    for (String key : keyColumns) {
      if (table.column(key).isEmpty()) {
        throw new DdlSyntaxException("the primary key names an unknown column " + key);
      }
    }
    List<ColumnDefinition> notNull =
        columns.stream()
            .map(c -> containsName(keyColumns, c.name()) ? c.withNullable(false) : c)
            .toList();
    return new TableDefinition(id, notNull, indexes, foreignKeys, checks, partitioning, options);
  }

  private static boolean containsName(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private String columnContext() {
    return charset.or(() -> collation.map(CharsetNames::charsetOf)).orElse("");
  }

  /**
   * Reads [CONSTRAINT [name]] CHECK and [CONSTRAINT [name]] FOREIGN KEY; empty if it is neither.
   */
  private static Optional<TableConstraint> constraint(List<SqlToken> element) {
    TokenCursor cursor = new TokenCursor(element);
    String name = "";
    if (cursor.acceptWords("CONSTRAINT")
        && !cursor.isWords("CHECK")
        && !cursor.isWords("FOREIGN")) {
      name = cursor.name();
    }
    return cursor.isWords("CHECK") || cursor.isWords("FOREIGN", "KEY")
        ? Optional.of(new TableConstraint(name, SqlToken.canonical(cursor.rest()).trim()))
        : Optional.empty();
  }

  private static boolean isWordsAtStart(String sql, String word) {
    return sql.regionMatches(true, 0, word, 0, word.length());
  }

  private static boolean isIndex(List<SqlToken> element) {
    TokenCursor cursor = new TokenCursor(element);
    return List.of("CONSTRAINT", "PRIMARY", "UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL")
        .stream()
        .anyMatch(cursor::isWords);
  }
}
