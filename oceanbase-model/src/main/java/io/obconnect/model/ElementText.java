package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Takes out of a column's tokens what Druid's grammar lacks or rewrites: attributes such as SRID
 * and INVISIBLE, types of several words, and expressions, which are kept as they were written. The
 * tokens that remain are Druid's.
 */
final class ElementText {

  private static final Set<String> OPTION_WORDS =
      Set.of("COLUMN_FORMAT", "STORAGE", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE");

  private final TokenCursor cursor;
  private final String name;
  private final String database;
  private final List<SqlToken> remaining = new ArrayList<>();
  private final List<CheckConstraint> checks = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private Optional<String> impliedCharset = Optional.empty();
  private Optional<String> defaultExpression = Optional.empty();
  private Optional<String> generated = Optional.empty();
  private OptionalInt srid = OptionalInt.empty();
  private String constraintName = "";
  private boolean binaryCollation;
  private boolean invisible;

  ElementText(List<SqlToken> column, String database) {
    this.cursor = new TokenCursor(column);
    this.database = database;
    this.name = cursor.name();
    // Druid takes some names for keywords even if they are quoted.
    remaining.add(new SqlToken(SqlToken.Kind.IDENTIFIER, "c", true));
    readType();
    while (!cursor.atEnd()) {
      readAttribute();
    }
  }

  String name() {
    return name;
  }

  List<SqlToken> remaining() {
    return remaining;
  }

  List<CheckConstraint> checks() {
    return checks;
  }

  List<ForeignKey> foreignKeys() {
    return foreignKeys;
  }

  Map<String, String> options() {
    return options;
  }

  /** The character set that the type or an attribute such as ASCII stands for. */
  Optional<String> impliedCharset() {
    return impliedCharset;
  }

  /** The expression of DEFAULT (...), with its parentheses. */
  Optional<String> defaultExpression() {
    return defaultExpression;
  }

  Optional<String> generated() {
    return generated;
  }

  OptionalInt srid() {
    return srid;
  }

  boolean binaryCollation() {
    return binaryCollation;
  }

  boolean invisible() {
    return invisible;
  }

  private void readType() {
    String word = cursor.name().toLowerCase(Locale.ROOT);
    String type =
        switch (word) {
          case "long" -> longType();
          case "double" -> {
            cursor.acceptWords("PRECISION");
            yield word;
          }
          case "national" -> {
            impliedCharset = Optional.of("utf8mb3");
            yield cursor.acceptWords("VARCHAR") ? "varchar" : character(cursor.name());
          }
          case "nchar" -> {
            impliedCharset = Optional.of("utf8mb3");
            yield character("char");
          }
          case "nvarchar" -> {
            impliedCharset = Optional.of("utf8mb3");
            yield "varchar";
          }
          case "char", "character" -> character(word);
          default -> word;
        };
    remaining.add(new SqlToken(SqlToken.Kind.WORD, type, true));
    if (cursor.isSymbol("(")) {
      remaining.add(new SqlToken(SqlToken.Kind.SYMBOL, "(", false));
      remaining.addAll(cursor.parenthesised());
      remaining.add(new SqlToken(SqlToken.Kind.SYMBOL, ")", false));
    }
  }

  private String longType() {
    if (cursor.acceptWords("VARBINARY")) {
      return "mediumblob";
    }
    if (!cursor.acceptWords("VARCHAR")
        && (cursor.isWords("CHAR", "VARYING") || cursor.isWords("CHARACTER", "VARYING"))) {
      cursor.next();
      cursor.next();
    }
    return "mediumtext";
  }

  private String character(String word) {
    if (!word.equalsIgnoreCase("char") && !word.equalsIgnoreCase("character")) {
      throw new DdlSyntaxException("unknown type " + word);
    }
    return cursor.acceptWords("VARYING") || cursor.acceptWords("VARCHAR") ? "varchar" : "char";
  }

  private void readAttribute() {
    if (readCharsetOrCollation() || readTextAttribute() || readFlag() || readConstraint()) {
      return;
    }
    if (cursor.isWords("DEFAULT")) {
      readDefault();
    } else if (cursor.acceptWords("SRID")) {
      srid = OptionalInt.of(cursor.integer());
    } else if (cursor.acceptWords("AS")) {
      generated = Optional.of(SqlToken.canonical(cursor.parenthesised()).trim());
    } else if (cursor.isWords("COMMENT")) {
      remaining.add(cursor.next());
      remaining.add(cursor.next());
    } else {
      readOptionOrKeep();
    }
  }

  /** Keeps the name that follows together with the word: it may read like an attribute. */
  private boolean readCharsetOrCollation() {
    int words = cursor.isWords("COLLATE") || cursor.isWords("CHARSET") ? 1 : 0;
    if (cursor.isWords("CHARACTER", "SET") || cursor.isWords("CHAR", "SET")) {
      words = 2;
    }
    if (words == 0) {
      return false;
    }
    if (words == 1 && cursor.isWords("COLLATE")) {
      remaining.add(cursor.next());
    } else {
      for (int i = 0; i < words; i++) {
        cursor.next();
      }
      remaining.add(new SqlToken(SqlToken.Kind.WORD, "CHARSET", true));
    }
    cursor.acceptSymbol("=");
    remaining.add(new SqlToken(SqlToken.Kind.WORD, cursor.next().text(), true));
    return true;
  }

  private boolean readTextAttribute() {
    if (cursor.acceptWords("ASCII")) {
      impliedCharset = Optional.of("latin1");
    } else if (cursor.acceptWords("UNICODE")) {
      impliedCharset = Optional.of("ucs2");
    } else if (cursor.acceptWords("BYTE")) {
      impliedCharset = Optional.of("binary");
    } else if (cursor.acceptWords("BINARY")) {
      binaryCollation = true;
    } else {
      return false;
    }
    return true;
  }

  private boolean readFlag() {
    boolean hidden = cursor.acceptWords("INVISIBLE");
    invisible |= hidden;
    return hidden || cursor.acceptWords("VISIBLE") || cursor.acceptWords("GENERATED", "ALWAYS");
  }

  private boolean readConstraint() {
    if (cursor.acceptWords("CONSTRAINT")) {
      constraintName = cursor.isWords("CHECK") ? "" : cursor.name();
    }
    if (cursor.acceptWords("CHECK")) {
      checks.add(ElementReader.check(constraintName, cursor));
    } else if (cursor.isWords("REFERENCES")) {
      // Only constraints may follow in MySQL's grammar; they stay with the reference's text.
      foreignKeys.add(
          ForeignKeyReader.reference(constraintName, "", List.of(name), cursor, database));
    } else {
      return false;
    }
    constraintName = "";
    return true;
  }

  private void readDefault() {
    SqlToken word = cursor.next();
    if (cursor.isSymbol("(")) {
      String sql = SqlToken.canonical(cursor.parenthesised()).trim();
      defaultExpression = Optional.of("(" + sql + ")");
    } else {
      remaining.add(word);
      // Without its space, Druid would read DEFAULT and a number behind a dropped sign as one word.
      boolean signed = cursor.acceptSymbol("+");
      SqlToken value = cursor.next();
      remaining.add(signed ? new SqlToken(value.kind(), value.text(), true) : value);
    }
  }

  private void readOptionOrKeep() {
    SqlToken token = cursor.next();
    String word = token.text().toUpperCase(Locale.ROOT);
    if (token.kind() == SqlToken.Kind.WORD && OPTION_WORDS.contains(word)) {
      cursor.acceptSymbol("=");
      options.put(word, cursor.next().canonical());
    } else {
      remaining.add(token);
    }
  }
}
