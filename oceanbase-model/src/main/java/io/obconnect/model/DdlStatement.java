package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One statement of a DDL text. */
public sealed interface DdlStatement {

  /** Returns the kinds that policies are chosen for; several only for ALTER TABLE. */
  List<DdlKind> ddlKinds();

  /**
   * Returns the tables whose rows or definition the statement touches, in its order: those that
   * must not be written meanwhile. Empty for statements about databases and views.
   */
  default List<TableId> tables() {
    return List.of();
  }

  /** Returns whether the statement only makes a table or a database, which nobody waits for. */
  default boolean isCreation() {
    return false;
  }

  /** Returns the database that the statement takes away, with all tables in it. */
  default Optional<String> droppedDatabase() {
    return Optional.empty();
  }

  /** CREATE TABLE with its columns. */
  record CreateTable(TableDefinition table, boolean ifNotExists) implements DdlStatement {
    @Override
    public boolean isCreation() {
      return true;
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.CREATE_TABLE);
    }

    @Override
    public List<TableId> tables() {
      return List.of(table.id());
    }
  }

  /** CREATE TABLE ... LIKE. */
  record CreateTableLike(TableId id, TableId like, boolean ifNotExists) implements DdlStatement {
    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.CREATE_TABLE);
    }

    @Override
    public List<TableId> tables() {
      return List.of(id);
    }
  }

  /**
   * ALTER TABLE, CREATE INDEX and DROP INDEX.
   *
   * @param actions in the order of the statement; empty if it only rebuilds
   */
  record AlterTable(TableId id, List<AlterAction> actions) implements DdlStatement {

    public AlterTable {
      actions = List.copyOf(actions);
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return actions.stream().map(AlterAction::kind).distinct().toList();
    }

    @Override
    public List<TableId> tables() {
      List<TableId> tables = new ArrayList<>(List.of(id));
      for (AlterAction action : actions) {
        if (action instanceof AlterAction.RenameTo rename) {
          tables.add(rename.to());
        } else if (action instanceof AlterAction.ExchangePartition exchange) {
          tables.add(exchange.table());
        }
      }
      return tables;
    }
  }

  /** DROP TABLE. */
  record DropTables(List<TableId> tables, boolean ifExists) implements DdlStatement {

    public DropTables {
      tables = List.copyOf(tables);
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.DROP_TABLE);
    }
  }

  /** RENAME TABLE: all of its renamings happen at once, one after the other. */
  record RenameTables(List<Renaming> renamings) implements DdlStatement {

    public RenameTables {
      renamings = List.copyOf(renamings);
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.RENAME_TABLE);
    }

    @Override
    public List<TableId> tables() {
      return renamings.stream()
          .flatMap(pair -> Stream.of(pair.from(), pair.to()))
          .distinct()
          .toList();
    }
  }

  /** A table's old and new name. */
  record Renaming(TableId from, TableId to) {}

  /** TRUNCATE TABLE. */
  record TruncateTable(TableId id) implements DdlStatement {
    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.TRUNCATE_TABLE);
    }

    @Override
    public List<TableId> tables() {
      return List.of(id);
    }
  }

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

    @Override
    public boolean isCreation() {
      return true;
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.CREATE_DATABASE);
    }
  }

  /**
   * ALTER DATABASE.
   *
   * @param options further options, upper case name to value as written
   */
  record AlterDatabase(
      String name,
      Optional<String> charset,
      Optional<String> collation,
      Map<String, String> options)
      implements DdlStatement {

    public AlterDatabase {
      options = OrderedMaps.copyOf(options);
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.ALTER_DATABASE);
    }
  }

  /** DROP DATABASE. */
  record DropDatabase(String name, boolean ifExists) implements DdlStatement {
    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.DROP_DATABASE);
    }

    @Override
    public Optional<String> droppedDatabase() {
      return Optional.of(name);
    }
  }

  /** CREATE VIEW, and ALTER VIEW: a view that replaces its former self. */
  record CreateView(ViewDefinition view, boolean replaces) implements DdlStatement {
    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.CREATE_VIEW);
    }
  }

  /** DROP VIEW. */
  record DropViews(List<TableId> views, boolean ifExists) implements DdlStatement {

    public DropViews {
      views = List.copyOf(views);
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.DROP_VIEW);
    }
  }

  /**
   * A statement that is recognised but not taken apart: it is never carried over.
   *
   * @param tables the tables it touches, in order
   * @param database the database it touches; empty unless the statement is about a database
   */
  record Other(Kind kind, List<TableId> tables, Optional<String> database) implements DdlStatement {

    public Other {
      tables = List.copyOf(tables);
    }

    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(kind.ddlKind);
    }
  }

  /**
   * A statement that could not be read. Whether it touches a table is not known.
   *
   * @param reason what is not understood, without the statement's values
   */
  record Unparseable(String reason) implements DdlStatement {
    @Override
    public List<DdlKind> ddlKinds() {
      return List.of(DdlKind.UNPARSEABLE);
    }
  }

  /** The kinds of {@link Other}. */
  enum Kind {
    CREATE_TABLE_AS_SELECT(DdlKind.CREATE_TABLE_AS_SELECT),
    CREATE_TEMPORARY_TABLE(DdlKind.TEMPORARY_TABLE),
    USE_DATABASE(DdlKind.NOT_A_SCHEMA_CHANGE),
    /** Procedures and functions. */
    ROUTINE(DdlKind.ROUTINE),
    TRIGGER(DdlKind.TRIGGER),
    EVENT(DdlKind.EVENT),
    /** Users, roles and what they may do. */
    ACCOUNT(DdlKind.ACCOUNT),
    /** What a server has outside of its databases. */
    SERVER_OBJECT(DdlKind.SERVER_OBJECT),
    /** Settings, maintenance, transactions: no table changes its shape. */
    NOT_A_SCHEMA_CHANGE(DdlKind.NOT_A_SCHEMA_CHANGE);

    private final DdlKind ddlKind;

    Kind(DdlKind ddlKind) {
      this.ddlKind = ddlKind;
    }
  }
}
