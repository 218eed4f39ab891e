package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DdlParserTest {

  private static List<DdlStatement> parse(String sql) {
    return new DdlParser().parse(sql, "shop");
  }

  private static TableDefinition table(String sql) {
    List<DdlStatement> statements = parse(sql);
    assertEquals(1, statements.size(), statements::toString);
    return assertInstanceOf(DdlStatement.CreateTable.class, statements.get(0)).table();
  }

  private static ColumnDefinition column(String definition) {
    return table("CREATE TABLE t (" + definition + ")").columns().get(0);
  }

  @Test
  void wideServerTextIsReadWithoutLoss() {
    TableDefinition table = table(ServerTexts.WIDE);
    assertEquals(new TableId("shop", "a1"), table.id());
    assertEquals(20, table.columns().size());
    assertEquals(7, table.indexes().size());
    assertEquals(
        new TableOptions(
            Optional.of("utf8mb4"),
            Optional.of("utf8mb4_0900_ai_ci"),
            "tbl; com",
            OptionalLong.of(1000),
            Map.of("ENGINE", "InnoDB", "STATS_PERSISTENT", "1", "ROW_FORMAT", "DYNAMIC")),
        table.options());
    assertEquals(
        List.of(
            new CheckConstraint("ck", "CHECK ((`n` > 0))"),
            new CheckConstraint("ck2", "CHECK ((`c` <> _utf8mb4'q')) NOT ENFORCED")),
        table.checks());
  }

  @Test
  void versionCommentsOfColumnsAreSeen() {
    TableDefinition table = table(ServerTexts.WIDE);
    assertEquals(OptionalInt.of(4326), table.column("g").orElseThrow().type().srid(), "SRID 4326");
    assertFalse(table.column("g").orElseThrow().nullable());
    assertTrue(table.column("inv").orElseThrow().invisible(), "INVISIBLE");
    assertFalse(table.column("id").orElseThrow().invisible());
  }

  @Test
  void versionCommentsOfIndexesAreSeen() {
    TableDefinition table = table(ServerTexts.WIDE);
    IndexDefinition hidden = index(table, "k4");
    assertTrue(hidden.invisible());
    IndexDefinition fullText = index(table, "ft");
    assertEquals(IndexDefinition.Kind.FULLTEXT, fullText.kind());
    assertEquals(Map.of("WITH PARSER", "ngram"), fullText.options());
    assertEquals(IndexDefinition.Kind.SPATIAL, index(table, "sp").kind());
  }

  @Test
  void versionCommentOfPartitionsIsSeen() {
    TableDefinition table = table(ServerTexts.PARTITIONED);
    String sql = table.partitioning().orElseThrow();
    assertTrue(sql.startsWith("PARTITION BY RANGE (to_days(`ts`))"), sql);
    assertTrue(sql.endsWith("ENGINE = InnoDB)"), sql);
    assertEquals(List.of("id", "ts"), table.primaryKey().orElseThrow().columnNames());
  }

  @Test
  void generatedColumnsKeepTheirExpressions() {
    TableDefinition table = table(ServerTexts.WIDE);
    assertEquals(
        Optional.of(new GeneratedValue("(`z` * 2)", false)),
        table.column("v").orElseThrow().generated());
    ColumnDefinition stored = table.column("st").orElseThrow();
    assertEquals(Optional.of(new GeneratedValue("length(`c`)", true)), stored.generated());
    assertFalse(stored.nullable());
  }

  @Test
  void quotesAndBackslashesInNamesDefaultsAndCommentsAreUnescapedOnce() {
    TableDefinition table = table(ServerTexts.WIDE);
    ColumnDefinition weird = table.column("we`ird").orElseThrow();
    assertEquals(new ColumnDefault.Literal("x'y\\n"), weird.defaultValue());
    assertEquals("it's", table.column("ts").orElseThrow().comment());
    assertEquals(List.of("a", "b'c", "d,e"), table.column("e").orElseThrow().type().values());
    assertEquals("a\nb\\ \"c\"\0", column("a int comment 'a\\nb\\\\ \\\"c\\\"\\0'").comment());
    assertEquals("it\"s\n", column("a int comment \"it\"\"s\\n\"").comment());
    assertEquals(
        new ColumnDefault.Literal("\\%\\_"),
        column("a varchar(9) default '\\%\\_'").defaultValue());
  }

  @Test
  void chineseNamesAndReservedWordsAreNames() {
    TableDefinition table = table(ServerTexts.CHINESE);
    assertEquals("中文 表.x", table.id().table());
    assertEquals(
        List.of("列", "select", "d", "vec"),
        table.columns().stream().map(ColumnDefinition::name).toList());
    ColumnType vector = table.columns().get(3).type();
    assertEquals("vector", vector.name());
    assertEquals(OptionalInt.of(3), vector.length());
  }

  @Test
  void keywordsAreColumnNamesWhereMySqlAllowsIt() {
    TableDefinition table =
        table(
            "create table t (date date, comment text, status int, type int, local int, ascii int,"
                + " visible int, hash int, key status (status), index hash (hash))");
    assertEquals(
        List.of("date", "comment", "status", "type", "local", "ascii", "visible", "hash"),
        table.columns().stream().map(ColumnDefinition::name).toList());
    assertEquals(List.of("status", "hash"), table.indexes().stream().map(i -> i.name()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "local", "global", "using", "clustered", "spatial", "key", "ann"})
  void quotedKeywordsAreNamesToo(String name) {
    TableDefinition table =
        table("create table `%1$s` (`%1$s` int, key `%1$s` (`%1$s`))".formatted(name));
    assertEquals(name, table.id().table());
    assertEquals(name, table.columns().get(0).name());
    assertEquals(name, table.indexes().get(0).name());
    assertEquals(List.of(name), table.indexes().get(0).columnNames());
  }

  @Test
  void keyPartsKeepPrefixOrderAndExpression() {
    TableDefinition table = table(ServerTexts.WIDE);
    assertEquals(
        List.of(
            new IndexPart.Column("we`ird", OptionalInt.of(10), false),
            new IndexPart.Column("c", OptionalInt.empty(), true)),
        index(table, "uk").parts());
    assertEquals(
        List.of(new IndexPart.Expression("lower(`c`)", false)), index(table, "k3").parts());
    assertEquals("hey", index(table, "k2").comment());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "bit(5) default b'101'|b'101'",
        "bit(64) default B'1'|b'1'",
        "varbinary(10) default 0x0102FF|0x0102FF",
        "varbinary(10) default x'00ff'|0x00ff",
        "int default -1|'-1'",
        "decimal(5,2) default 1.50|'1.50'",
        "decimal(5,2) default +1|'1'",
        "tinyint(1) default true|'1'",
        "int default null|NULL",
        "varchar(9) default 'null'|'null'",
        "char(1) default ''|''",
        "datetime default now()|CURRENT_TIMESTAMP",
        "datetime(6) default localtimestamp(6)|CURRENT_TIMESTAMP(6)",
        "timestamp(3) not null default current_timestamp(3)|CURRENT_TIMESTAMP(3)",
        "json default (json_array())|(json_array())",
        "char(36) default (uuid())|(uuid())",
        "varchar(9) default (concat(_utf8mb4'a;',_utf8mb4'\\''))|"
            + "(concat(_utf8mb4'a;',_utf8mb4''''))",
      })
  void defaultsKeepTheirKind(String type, String expected) {
    assertEquals(expected, column("c " + type).defaultValue().render());
  }

  @Test
  void timeOfLastUpdateIsKept() {
    ColumnDefinition column = table(ServerTexts.WIDE).column("ts").orElseThrow();
    assertEquals(new ColumnDefault.Expression("CURRENT_TIMESTAMP(3)"), column.defaultValue());
    assertEquals(Optional.of("CURRENT_TIMESTAMP(3)"), column.onUpdate());
    assertEquals(
        Optional.of("CURRENT_TIMESTAMP"),
        column("c datetime on update now() invisible comment 'x'").onUpdate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "integer|int",
        "int(5) zerofill|int(5) unsigned zerofill",
        "dec(10,2) unsigned|decimal(10,2) unsigned",
        "numeric(5) signed|decimal(5)",
        "double precision|double",
        "double precision(7,3)|double(7,3)",
        "real|double",
        "float(53)|double",
        "float(24)|float",
        "float(7,3)|float(7,3)",
        "bool|tinyint(1)",
        "year(4)|year",
        "long|mediumtext",
        "long varchar|mediumtext",
        "long varbinary|mediumblob",
        "char byte|binary",
        "varchar(5) character set binary|varbinary(5)",
        "text charset binary|blob",
        "varchar(5) ascii|varchar(5) CHARACTER SET latin1",
        "char(3) unicode|char(3) CHARACTER SET ucs2",
        "varchar(5) charset ascii|varchar(5) CHARACTER SET ascii",
        "nchar(3)|char(3) CHARACTER SET utf8mb3",
        "national varchar(3)|varchar(3) CHARACTER SET utf8mb3",
        "national character varying(3)|varchar(3) CHARACTER SET utf8mb3",
        "nvarchar(3)|varchar(3) CHARACTER SET utf8mb3",
        "character varying(3)|varchar(3)",
        "text binary|text COLLATE utf8mb4_bin",
        "text(200)|text",
        "blob(200)|tinyblob",
        "varchar(5) character set utf8 collate utf8_bin|"
            + "varchar(5) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin",
        "enum('a','b') character set latin1 collate latin1_bin|"
            + "enum('a','b') CHARACTER SET latin1 COLLATE latin1_bin",
        "set('a','b c') collate utf8mb4_bin|set('a','b c') COLLATE utf8mb4_bin",
        "varchar(5) not null collate utf8mb4_bin|varchar(5) COLLATE utf8mb4_bin",
        "geomcollection|geometrycollection",
        "datetime(6)|datetime(6)",
        "bit(64)|bit(64)",
        "json|json",
      })
  void synonymsOfTypesBecomeOne(String written, String canonical) {
    assertEquals(canonical, column("c " + written).type().render());
  }

  @Test
  void serialIsAUniqueCounter() {
    TableDefinition table = table("create table t (i serial, x int)");
    ColumnDefinition column = table.columns().get(0);
    assertEquals("bigint unsigned", column.type().render());
    assertTrue(column.autoIncrement());
    assertFalse(column.nullable());
    assertEquals(IndexDefinition.Kind.UNIQUE, table.indexes().get(0).kind());
  }

  @Test
  void keysDeclaredWithColumnsBecomeIndexes() {
    TableDefinition table =
        table("create table t (a int primary key comment 'x', b int unique, c int unique key)");
    assertEquals(List.of("a"), table.primaryKey().orElseThrow().columnNames());
    assertFalse(table.columns().get(0).nullable(), "a primary key's column is NOT NULL");
    assertEquals(List.of("b", "c"), table.uniqueIndexes().stream().map(i -> i.name()).toList());
  }

  @Test
  void unnamedIndexesGetTheNamesMySqlGives() {
    TableDefinition table =
        table(
            "create table t (a int, b int, index (a), key using btree (a), unique (a, b),"
                + " constraint `sym` unique key (b), index ((a + 1)), key `a_4` (b))");
    assertEquals(
        List.of("a", "a_2", "a_3", "sym", "functional_index", "a_4"),
        table.indexes().stream().map(IndexDefinition::name).toList());
    assertEquals(Map.of("USING", "BTREE"), table.indexes().get(1).options());
  }

  @Test
  void foreignKeysAreTakenApart() {
    TableDefinition table = table(ServerTexts.CHILD);
    assertEquals(
        List.of(
            new ForeignKey(
                "fk1",
                "",
                List.of("a"),
                new TableId("shop", "p2b"),
                List.of("id"),
                "ON DELETE CASCADE")),
        table.foreignKeys());
    TableDefinition inline = table("create table d.t (a int references z(id) on delete cascade)");
    assertEquals(
        "FOREIGN KEY (`a`) REFERENCES `d`.`z` (`id`) on delete cascade",
        inline.foreignKeys().get(0).render(),
        "the parent is in the table's database, whatever the current one is");
    assertEquals(
        "FOREIGN KEY `i` (`a`, `b`) REFERENCES `x`.`y` (`c`, `d`)",
        table("create table t (a int, b int, foreign key i (a, b) references x.y (c, d))")
            .foreignKeys()
            .get(0)
            .render());
  }

  @Test
  void checksDeclaredWithColumnsAreKept() {
    TableDefinition table =
        table("create table t (a int check (a > 0), b int constraint bb check (b <> 1) not null)");
    assertEquals(
        List.of(
            new CheckConstraint("", "CHECK (a > 0)"), new CheckConstraint("bb", "CHECK (b <> 1)")),
        table.checks());
    assertFalse(table.columns().get(1).nullable());
  }

  @Test
  void semicolonsInTextsAndCommentsDoNotEndAStatement() {
    List<DdlStatement> statements =
        parse(
            """
            -- first; comment
            create table a (x varchar(9) default ';' comment 'a;b'); # rest; of line
            /* drop table b; */ drop table c;
            """);
    assertEquals(2, statements.size());
    assertInstanceOf(DdlStatement.CreateTable.class, statements.get(0));
    assertEquals(
        new DdlStatement.DropTables(List.of(new TableId("shop", "c")), false), statements.get(1));
  }

  @Test
  void oneBrokenStatementDoesNotHinderItsNeighbours() {
    List<DdlStatement> statements =
        parse("drop table a; create table b (x int frobnicated); truncate c");
    assertEquals(3, statements.size());
    DdlStatement.Unparseable broken =
        assertInstanceOf(DdlStatement.Unparseable.class, statements.get(1));
    assertTrue(broken.reason().contains("frobnicated"), broken.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table t (a int",
        "create table t (a int 'x')",
        "create table t (a)",
        "create table t (a int, primary key (b))",
        "create table t (a varchar(9) default 'x)",
        "create table t (a int /* open)",
        "create table t (a int default (1)",
        "create table t (a int, key k (a) frob)",
        "create table t (a varchar(9) default _latin1'x')",
        "frobnicate table t",
        "create gizmo g",
      })
  void brokenTextIsAResultAndNoException(String sql) {
    List<DdlStatement> statements = parse(sql);
    assertEquals(1, statements.size());
    assertInstanceOf(DdlStatement.Unparseable.class, statements.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "create table s select * from z|CREATE_TABLE_AS_SELECT|shop.s",
        "create table s (a int) as select 1 as a|CREATE_TABLE_AS_SELECT|shop.s",
        "create temporary table s (a int)|CREATE_TEMPORARY_TABLE|shop.s",
        "create definer=`r`@`%` trigger tr before insert on t for each row begin set @a=1; end"
            + "|TRIGGER|",
        "create event e on schedule every 1 day do delete from t|EVENT|",
        "create procedure p() begin select 1; drop table x; end|ROUTINE|",
        "drop function f|ROUTINE|",
        "grant all on *.* to x|ACCOUNT|",
        "revoke all on *.* from x|ACCOUNT|",
        "create user x identified by 'table'|ACCOUNT|",
        "alter user x identified by 'table'|ACCOUNT|",
        "drop user if exists x, y|ACCOUNT|",
        "rename user x to y|ACCOUNT|",
        "create role r|ACCOUNT|",
        "drop role r|ACCOUNT|",
        "set password for x = 'table'|ACCOUNT|",
        "set default role r to x|ACCOUNT|",
        "create server s foreign data wrapper mysql options (password 'table')|SERVER_OBJECT|",
        "alter server s options (user 'x')|SERVER_OBJECT|",
        "drop server s|SERVER_OBJECT|",
        "create tablespace ts add datafile 'ts.ibd'|SERVER_OBJECT|",
        "create undo tablespace ts add datafile 'ts.ibu'|SERVER_OBJECT|",
        "drop tablespace ts|SERVER_OBJECT|",
        "create logfile group g add undofile 'u.dat'|SERVER_OBJECT|",
        "create resource group g type = user|SERVER_OBJECT|",
        "create spatial reference system 4120 name 'x' definition 'y'|SERVER_OBJECT|",
        "alter instance rotate innodb master key|NOT_A_SCHEMA_CHANGE|",
        "set @@session.sql_mode = ''|NOT_A_SCHEMA_CHANGE|",
        "flush privileges|NOT_A_SCHEMA_CHANGE|",
        "optimize table t|NOT_A_SCHEMA_CHANGE|",
      })
  void otherStatementsNameTheirTables(String sql, DdlStatement.Kind kind, String tables) {
    List<DdlStatement> statements = parse(sql);
    assertEquals(1, statements.size(), statements::toString);
    DdlStatement.Other other = assertInstanceOf(DdlStatement.Other.class, statements.get(0));
    assertEquals(kind, other.kind());
    assertEquals(
        tables == null ? "" : tables,
        String.join(" ", other.tables().stream().map(TableId::toString).toList()));
  }

  @Test
  void likeNamesBothTables() {
    assertEquals(
        List.of(
            new DdlStatement.CreateTableLike(
                new TableId("x", "y"), new TableId("shop", "a"), true)),
        parse("create table if not exists x.y like a"));
    assertEquals(
        List.of(
            new DdlStatement.CreateTableLike(
                new TableId("shop", "y"), new TableId("d", "a"), false)),
        parse("create table y (like d.a)"));
  }

  @Test
  void useChangesTheDatabaseOfWhatFollows() {
    List<DdlStatement> statements = parse("use `other`; drop table a");
    assertEquals(
        new DdlStatement.DropTables(List.of(new TableId("other", "a")), false), statements.get(1));
  }

  @Test
  void databasesKeepCharsetAndOptions() {
    assertEquals(
        List.of(
            new DdlStatement.CreateDatabase(
                "x`y",
                Optional.of("utf8mb4"),
                Optional.of("utf8mb4_0900_ai_ci"),
                Map.of("ENCRYPTION", "'N'"),
                true)),
        parse(
            "CREATE DATABASE IF NOT EXISTS `x``y` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE"
                + " utf8mb4_0900_ai_ci */ /*!80016 DEFAULT ENCRYPTION='N' */"));
  }

  @Test
  void tableFilledByAQueryIsAnOrdinaryTableInTheBinaryLog() {
    TableDefinition table = table("CREATE TABLE `t` (`a` int DEFAULT NULL) START TRANSACTION");
    assertEquals(Map.of("START TRANSACTION", ""), table.options().others());
  }

  @Test
  void unknownTableOptionsAreKept() {
    TableDefinition table =
        table(
            "create table t (a int) type=innodb, data directory = '/x' union = (a, b) encryption"
                + " 'N' secondary_engine=rapid autoextend_size=4M");
    assertEquals(
        List.of(
            "ENGINE",
            "DATA DIRECTORY",
            "UNION",
            "ENCRYPTION",
            "SECONDARY_ENGINE",
            "AUTOEXTEND_SIZE"),
        List.copyOf(table.options().others().keySet()));
  }

  @Test
  void unsignedCounterIsKept() {
    OptionalLong next =
        table("create table t (a serial) auto_increment=18446744073709551615")
            .options()
            .autoIncrement();
    assertEquals(OptionalLong.of(-1), next);
  }

  private static IndexDefinition index(TableDefinition table, String name) {
    return table.indexes().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
  }
}
