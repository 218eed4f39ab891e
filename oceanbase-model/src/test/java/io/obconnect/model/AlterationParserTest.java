package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlterationParserTest {

  private static DdlStatement parse(String sql) {
    List<DdlStatement> statements = new DdlParser().parse(sql, "shop");
    assertEquals(1, statements.size(), statements::toString);
    return statements.get(0);
  }

  private static List<AlterAction> actions(String sql) {
    DdlStatement statement = parse("alter table d.t " + sql);
    return assertInstanceOf(DdlStatement.AlterTable.class, statement, statement::toString)
        .actions();
  }

  /** What is read is shown as it is written again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "add a int first|ADD COLUMN `a` int NULL FIRST",
        "add column a int not null default 3 after `b c`|"
            + "ADD COLUMN `a` int NOT NULL DEFAULT '3' AFTER `b c`",
        "add (a int, b int, key k (a))|"
            + "ADD COLUMN `a` int NULL, ADD COLUMN `b` int NULL, ADD KEY `k` (`a`)",
        "add column a int unique check (a > 0)|"
            + "ADD COLUMN `a` int NULL, ADD UNIQUE KEY (`a`), ADD CHECK (a > 0)",
        "add a decimal(5,2), drop b|ADD COLUMN `a` decimal(5,2) NULL, DROP COLUMN `b`",
        "drop column a cascade, drop key k|DROP COLUMN `a`, DROP INDEX `k`",
        "modify a varchar(9) collate utf8mb4_bin first|"
            + "MODIFY COLUMN `a` varchar(9) COLLATE utf8mb4_bin NULL FIRST",
        "change a b bigint after c|CHANGE COLUMN `a` `b` bigint NULL AFTER `c`",
        "change column `a` `a` enum('x','first')|MODIFY COLUMN `a` enum('x','first') NULL",
        "rename column a to b, rename key k to l|RENAME COLUMN `a` TO `b`, RENAME INDEX `k` TO `l`",
        "alter a set default -1, alter column b drop default|"
            + "ALTER COLUMN `a` SET DEFAULT '-1', ALTER COLUMN `b` DROP DEFAULT",
        "alter a set default (uuid())|ALTER COLUMN `a` SET DEFAULT (uuid())",
        "alter a set invisible, alter index k visible|"
            + "ALTER COLUMN `a` SET INVISIBLE, ALTER INDEX `k` VISIBLE",
        "add unique u (a(5) desc), add fulltext index f (b) with parser ngram, add spatial (g)|"
            + "ADD UNIQUE KEY `u` (`a`(5) DESC), ADD FULLTEXT KEY `f` (`b`) WITH PARSER ngram, ADD"
            + " SPATIAL KEY (`g`)",
        "drop primary key, add primary key (a, b)|DROP PRIMARY KEY, ADD PRIMARY KEY (`a`, `b`)",
        "add constraint fk foreign key (a) references p (b) on delete set null|"
            + "ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `d`.`p` (`b`) on delete set null",
        "drop foreign key fk, drop constraint c|DROP FOREIGN KEY `fk`, DROP CONSTRAINT `c`",
        "add constraint c check (a <> 'x,y') not enforced, drop check d|"
            + "ADD CONSTRAINT `c` CHECK (a <> 'x,y') NOT ENFORCED, DROP CHECK `d`",
        "alter check c not enforced, alter constraint d enforced|"
            + "ALTER CHECK `c` NOT ENFORCED, ALTER CHECK `d` ENFORCED",
        "rename as t2|RENAME TO `d`.`t2`",
        "rename = e.t2|RENAME TO `e`.`t2`",
        "comment = 'a''b', engine innodb|COMMENT='a''b', ENGINE=innodb",
        "comment ''|COMMENT=''",
        "default charset utf8 collate utf8_bin auto_increment 7|"
            + "AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_bin",
        "convert to character set utf8mb4 collate utf8mb4_bin|"
            + "CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        "convert to charset default|CONVERT TO CHARACTER SET DEFAULT",
        "add partition (partition p3 values less than (30), partition p4 values in (1,2))|"
            + "ADD PARTITION (partition p3 values less than (30), partition p4 values in (1,2))",
        "add partition partitions 4|ADD PARTITION partitions 4",
        "drop partition p0, p1|DROP PARTITION `p0`, `p1`",
        "truncate partition all|TRUNCATE PARTITION ALL",
        "exchange partition p with table x with validation|"
            + "EXCHANGE PARTITION `p` WITH TABLE `d`.`x` WITHOUT VALIDATION",
        "reorganize partition p0, p1 into (partition p values less than (9))|"
            + "reorganize partition p0, p1 into (partition p values less than (9))",
        "remove partitioning|remove partitioning",
        "add a int partition by hash (a) partitions 4|"
            + "ADD COLUMN `a` int NULL, partition by hash (a) partitions 4",
        "order by a desc, b|order by a desc, b",
        "force, disable keys, add a int, algorithm=inplace, lock none|"
            + "force, disable keys, ADD COLUMN `a` int NULL",
        "add column first int, add `after` int after first|"
            + "ADD COLUMN `first` int NULL, ADD COLUMN `after` int NULL AFTER `first`",
      })
  void actionsAreTakenApart(String sql, String expected) {
    String rendered =
        AlterRenderer.sql(new DdlStatement.AlterTable(new TableId("d", "t"), actions(sql)));
    assertEquals("ALTER TABLE `d`.`t` " + expected, rendered);
  }

  @Test
  void onlyManner() {
    assertEquals(List.of(), actions("algorithm=copy, lock=none"));
    assertEquals(List.of(), actions("with validation"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table t add",
        "alter table t add a",
        "alter table t drop column",
        "alter table t rename column a b",
        "alter table t discard tablespace",
        "alter table t import partition p tablespace",
        "alter table t alter a set",
        "alter table t add partition (p values less than (3))",
        "alter table t partition by hash (a) partitions x",
        "alter table t convert to utf8",
        "rename table a b",
      })
  void whatIsNotUnderstoodIsSaidSo(String sql) {
    assertInstanceOf(DdlStatement.Unparseable.class, parse(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "create unique index ii using btree on a.b (c(10), d desc) comment 'x' algorithm=inplace|"
            + "ALTER TABLE `a`.`b` ADD UNIQUE KEY `ii` (`c`(10), `d` DESC) USING BTREE COMMENT 'x'",
        "create index `on` on t ((lower(a)))|ALTER TABLE `shop`.`t` ADD KEY `on` ((lower(a)))",
        "create fulltext index f on t (a) with parser ngram|"
            + "ALTER TABLE `shop`.`t` ADD FULLTEXT KEY `f` (`a`) WITH PARSER ngram",
        "drop index ii on b lock=none|ALTER TABLE `shop`.`b` DROP INDEX `ii`",
        "drop index `PRIMARY` on b|ALTER TABLE `shop`.`b` DROP PRIMARY KEY",
        "rename table a to b, c.d to e.f|RENAME TABLE `shop`.`a` TO `shop`.`b`, `c`.`d` TO `e`.`f`",
        "truncate x.`y z`|TRUNCATE TABLE `x`.`y z`",
        "drop tables a, b.c restrict|DROP TABLE IF EXISTS `shop`.`a`, `b`.`c`",
        "DROP TABLE `t` /* generated by server */|DROP TABLE IF EXISTS `shop`.`t`",
        "drop schema if exists `d``x`|DROP DATABASE IF EXISTS `d``x`",
        "alter schema d charset utf8mb4 collate = utf8mb4_bin|"
            + "ALTER DATABASE `d` DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_bin",
        "alter database collate utf8mb4_bin|ALTER DATABASE `shop` DEFAULT COLLATE utf8mb4_bin",
        "create algorithm=undefined definer=`r`@`%` sql security invoker view v (a) as select 1 with"
            + " check option|CREATE SQL SECURITY INVOKER VIEW `shop`.`v` (`a`) AS select 1 WITH"
            + " CASCADED CHECK OPTION",
        "create or replace view v as select 1|CREATE OR REPLACE VIEW `shop`.`v` AS select 1",
        "alter view x.v as select `a` from t with local check option|"
            + "CREATE OR REPLACE VIEW `x`.`v` AS select `a` from t WITH LOCAL CHECK OPTION",
        "algorithm=merge definer=`r`@`%` sql security invoker view v as select 1|"
            + "CREATE SQL SECURITY INVOKER VIEW `shop`.`v` AS select 1",
        "or replace algorithm=merge view v as select 1|CREATE OR REPLACE VIEW `shop`.`v` AS select 1",
        "view v as select 1|CREATE VIEW `shop`.`v` AS select 1",
        "drop view if exists v, x.w|DROP VIEW IF EXISTS `shop`.`v`, `x`.`w`",
      })
  void statementsAreTakenApart(String sql, String expected) {
    assertEquals(expected, StatementRenderer.sql(parse(sql)));
  }

  @Test
  void databaseWithoutANameIsTheCurrentOne() {
    assertEquals(
        new DdlStatement.AlterDatabase("shop", Optional.of("utf8mb4"), Optional.empty(), Map.of()),
        parse("alter database character set utf8mb4"));
  }

  @Test
  void kindsHaveStableNamesAndReasons() {
    assertEquals("add-column", DdlKind.ADD_COLUMN.optionName());
    assertEquals("drop-database", DdlKind.DROP_DATABASE.optionName());
    for (DdlKind kind : DdlKind.values()) {
      assertTrue(kind.optionName().matches("[a-z]+(-[a-z]+)*"), kind::optionName);
      assertTrue(!kind.reason().isEmpty() && !kind.reason().endsWith("."), kind::optionName);
    }
    assertEquals(
        List.of(DdlKind.ADD_COLUMN, DdlKind.DROP_INDEX, DdlKind.RENAME_TABLE),
        parse("alter table t add a int, add b int, drop key k, rename u").ddlKinds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table t (a int)|shop.t",
        "create table t like x.u|shop.t",
        "alter table t add a int, rename x.u|shop.t x.u",
        "alter table t exchange partition p with table u|shop.t shop.u",
        "create index i on x.u (a)|x.u",
        "rename table a to b, c to a|shop.a shop.b shop.c",
        "drop table a, x.b|shop.a x.b",
        "truncate a|shop.a",
        "create table s select * from z|shop.s",
        "drop view v|",
        "drop database d|",
      })
  void statementsNameTheTablesTheyTouch(String sql, String tables) {
    assertEquals(
        tables == null ? "" : tables,
        String.join(" ", parse(sql).tables().stream().map(TableId::toString).toList()));
  }
}
