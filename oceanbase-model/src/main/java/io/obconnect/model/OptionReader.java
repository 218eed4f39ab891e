package io.obconnect.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the options of one table, of CREATE TABLE and ALTER TABLE alike. */
final class OptionReader {

  private Optional<String> charset = Optional.empty();
  private Optional<String> collation = Optional.empty();
  private Optional<String> comment = Optional.empty();
  private OptionalLong autoIncrement = OptionalLong.empty();
  private final Map<String, String> others = new LinkedHashMap<>();

  void read(TokenCursor cursor) {
    cursor.acceptWords("DEFAULT");
    if (cursor.acceptCharset()) {
      charset = Optional.of(CharsetNames.charset(value(cursor).text()));
    } else if (cursor.acceptWords("COLLATE")) {
      collation = Optional.of(CharsetNames.collation(value(cursor).text()));
    } else if (cursor.acceptWords("COMMENT")) {
      comment = Optional.of(value(cursor).text());
    } else if (cursor.acceptWords("AUTO_INCREMENT")) {
      autoIncrement = OptionalLong.of(unsigned(value(cursor).text()));
    } else if (cursor.acceptWords("START", "TRANSACTION")) {
      // The binary log's form of CREATE TABLE ... SELECT: the rows follow as ordinary changes.
      others.put("START TRANSACTION", "");
    } else {
      others.put(optionName(cursor), optionValue(cursor));
    }
  }

  /** The comment if one was named, if only an empty one. */
  Optional<String> comment() {
    return comment;
  }

  TableOptions options() {
    return new TableOptions(charset, collation, comment.orElse(""), autoIncrement, others);
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
}
