package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads MySQL DDL: what SHOW CREATE TABLE prints and what people type.
 *
 * <p>A statement that is not understood becomes {@link DdlStatement.Unparseable} and does not
 * hinder its neighbours. Quotes are read as with an {@code sql_mode} without ANSI_QUOTES and
 * NO_BACKSLASH_ESCAPES. Instances hold no state and may be shared between threads.
 */
public final class DdlParser {

  /**
   * Returns the statements of the text in order.
   *
   * @param ddl one or more statements separated by semicolons
   * @param currentDatabase the database of names without one; empty if there is none
   */
  public List<DdlStatement> parse(String ddl, String currentDatabase) {
    List<SqlToken> tokens;
    try {
      tokens = SqlScanner.scan(ddl);
    } catch (DdlSyntaxException e) {
      return List.of(new DdlStatement.Unparseable(e.getMessage()));
    }
    List<DdlStatement> statements = new ArrayList<>();
    String database = currentDatabase;
    for (List<SqlToken> statement : split(tokens)) {
      DdlStatement parsed = parseOne(statement, database);
      statements.add(parsed);
      if (parsed instanceof DdlStatement.Other other
          && other.kind() == DdlStatement.Kind.USE_DATABASE) {
        database = other.database().orElse(database);
      }
    }
    return List.copyOf(statements);
  }

  private static DdlStatement parseOne(List<SqlToken> tokens, String database) {
    try {
      return new StatementReader(tokens, database).read();
    } catch (DdlSyntaxException e) {
      return new DdlStatement.Unparseable(e.getMessage());
    }
  }

  private static List<List<SqlToken>> split(List<SqlToken> tokens) {
    List<List<SqlToken>> statements = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      boolean end = i == tokens.size() || tokens.get(i).isSymbol(";");
      if (end && i > start) {
        List<SqlToken> statement = tokens.subList(start, i);
        if (StatementReader.isRoutine(statement)) {
          // The body has semicolons of its own: such a statement always stands last.
          statements.add(tokens.subList(start, tokens.size()));
          return statements;
        }
        statements.add(statement);
      }
      if (end) {
        start = i + 1;
      }
    }
    return statements;
  }
}
