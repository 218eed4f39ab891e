package io.obconnect.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One statement of a DDL text. */
public sealed interface DdlStatement {

  /** CREATE TABLE with its columns. */
  record CreateTable(TableDefinition table, boolean ifNotExists) implements DdlStatement {}

  /** CREATE TABLE ... LIKE. */
  record CreateTableLike(TableId id, TableId like, boolean ifNotExists) implements DdlStatement {}

  /**
   * CREATE DATABASE.
   *
   * @param options further options, upper case name to value as written
   */
  record CreateDatabase(
      String name,
      Optional<String> charset,
      Optional<String> collation,
      Map<String, String> options,
      boolean ifNotExists)
      implements DdlStatement {

    public CreateDatabase {
      options = OrderedMaps.copyOf(options);
    }
  }

  /**
   * A statement that is recognised but not taken apart.
   *
   * @param tables the tables it touches, in order; a rename is listed as old, new, old, new
   * @param database the database it touches; empty unless the statement is about a database
   */
  record Other(Kind kind, List<TableId> tables, Optional<String> database) implements DdlStatement {

    public Other {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A statement that could not be read. Whether it touches a table is not known.
   *
   * @param reason what is not understood, without the statement's values
   */
  record Unparseable(String reason) implements DdlStatement {}

  /** The kinds of {@link Other}. */
  enum Kind {
    ALTER_TABLE,
    DROP_TABLE,
    RENAME_TABLE,
    TRUNCATE_TABLE,
    CREATE_TABLE_AS_SELECT,
    CREATE_TEMPORARY_TABLE,
    CREATE_INDEX,
    DROP_INDEX,
    ALTER_DATABASE,
    DROP_DATABASE,
    USE_DATABASE,
    CREATE_VIEW,
    ALTER_VIEW,
    DROP_VIEW,
    /** Procedures, functions, triggers and events: they hold no rows. */
    ROUTINE,
    /** Users, grants, settings, maintenance, transactions: no table changes its shape. */
    NOT_A_SCHEMA_CHANGE
  }
}
