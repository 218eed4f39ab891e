package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeEffectsTest {

  private static final String TABLE =
      "create table t (id int primary key, a int not null, b varchar(10), c int, v int as (c), ck"
          + " int)";

  private static DdlStatement parse(String sql) {
    return new DdlParser().parse(sql, "shop").get(0);
  }

  private static ChangeEffect effect(String table, String sql) {
    return ChangeEffects.of(
        parse(sql),
        Optional.of(assertInstanceOf(DdlStatement.CreateTable.class, parse(table)).table()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table x (a int)|WIDENING",
        "create view v as select 1|WIDENING",
        "drop table t|NARROWING",
        "truncate table t|NARROWING",
        "rename table t to u|NARROWING",
        "drop database shop|NARROWING",
        "alter table t add n int|WIDENING",
        "alter table t add n int first, add key (n), comment 'x'|WIDENING",
        "alter table t add n int not null default 3|WIDENING",
        "alter table t add n int not null|NARROWING",
        "alter table t add n int as (a) not null|WIDENING",
        "alter table t add n int auto_increment unique|NARROWING",
        "alter table t drop a|NARROWING",
        "alter table t rename column a to z|NARROWING",
        "alter table t change a z bigint|NARROWING",
        "alter table t modify a bigint not null first|WIDENING",
        "alter table t modify a int|WIDENING",
        "alter table t modify a bigint, modify a int|NARROWING",
        "alter table t modify c int not null|NARROWING",
        "alter table t modify v bigint as (c)|WIDENING",
        "alter table t modify v int as (c + 1)|NARROWING",
        "alter table t modify nothing int|NARROWING",
        "alter table t alter a set default 4|WIDENING",
        "alter table t drop key k|WIDENING",
        "alter table t add unique (c)|NARROWING",
        "alter table t drop primary key|NARROWING",
        "alter table t add check (a > 0)|NARROWING",
        "alter table t alter check k not enforced|WIDENING",
        "alter table t alter check k enforced|NARROWING",
        "alter table t drop foreign key k|WIDENING",
        "alter table t drop partition p|NARROWING",
        "alter table t add partition (partition p values in (1))|WIDENING",
        "alter table t convert to charset utf8mb4|NARROWING",
        "alter table t algorithm=inplace|WIDENING",
      })
  void statementsAreSortedByWhatTheyDoToRows(String sql, ChangeEffect expected) {
    assertEquals(expected, effect(TABLE, sql));
  }

  @Test
  void withoutTheTableAModificationNarrows() {
    assertEquals(
        ChangeEffect.NARROWING,
        ChangeEffects.of(parse("alter table t modify a bigint"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint|bigint|WIDENING",
        "int(5)|int(11)|WIDENING",
        "int unsigned|bigint|WIDENING",
        "int unsigned|int|NARROWING",
        "int|bigint unsigned|NARROWING",
        "bigint|int|NARROWING",
        "int|varchar(20)|NARROWING",
        "decimal(5,2)|decimal(7,4)|WIDENING",
        "decimal(5,2)|decimal(6,4)|NARROWING",
        "decimal(5)|decimal(5,1)|NARROWING",
        "decimal|decimal(11,1)|WIDENING",
        "decimal(5,2) unsigned|decimal(5,2)|WIDENING",
        "float|double|WIDENING",
        "double|float|NARROWING",
        "varchar(5)|varchar(6)|WIDENING",
        "varchar(6)|varchar(5)|NARROWING",
        "char(5)|varchar(5)|WIDENING",
        "varchar(5)|char(50)|NARROWING",
        "varchar(5)|tinytext|WIDENING",
        "varchar(64)|tinytext|NARROWING",
        "text|text|WIDENING",
        "text|mediumtext|WIDENING",
        "text|tinytext|NARROWING",
        "varchar(5) charset latin1|varchar(5) charset utf8mb4|WIDENING",
        "varchar(5) charset utf8mb4|varchar(5) charset latin1|NARROWING",
        "varchar(5) collate utf8mb4_bin|varchar(5) collate utf8mb4_general_ci|WIDENING",
        "varbinary(5)|blob|WIDENING",
        "binary(5)|binary(6)|NARROWING",
        "datetime|datetime(3)|WIDENING",
        "datetime(3)|datetime|NARROWING",
        "datetime|timestamp|NARROWING",
        "bit|bit(2)|WIDENING",
        "enum('a')|enum('a','b')|WIDENING",
        "enum('a','b')|enum('b','a')|NARROWING",
        "set('a')|set('a','b')|WIDENING",
        "json|longtext|NARROWING",
        "date|date|WIDENING",
      })
  void typesWidenIfEveryValueStays(String from, String to, ChangeEffect expected) {
    assertEquals(
        expected, effect("create table t (x " + from + ")", "alter table t modify x " + to));
  }
}
