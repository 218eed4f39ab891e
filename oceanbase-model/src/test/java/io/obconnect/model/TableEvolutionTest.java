package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableEvolutionTest {

  private static DdlStatement parse(String sql) {
    return new DdlParser().parse(sql, "shop").get(0);
  }

  private static TableDefinition table(String elements) {
    String sql = "create table t (" + elements;
    return assertInstanceOf(DdlStatement.CreateTable.class, parse(sql)).table();
  }

  /** From a definition by an alteration to another definition. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a int, b int)|add c int first, add d int after a|c int, a int, d int, b int)",
        "a int, b int, c int)|modify c int first, change a z bigint after b|c int, b int, z bigint)",
        "a int, b date)|rename column a to b, rename column b to a|b int, a date)",
        "a int, b int, key k (a, b), key l (a))|drop a|b int, key k (b))",
        "a int, key k (a), foreign key (a) references p (x))|change a b int|"
            + "b int, key k (b), foreign key (b) references p (x))",
        "a int primary key, b int)|add primary key (b), drop primary key|a int not null, b int"
            + " primary key)",
        "a int, key k (a))|add key k (a, a), drop key k|a int, key k (a, a))",
        "a int, key k (a))|rename key k to l, alter index k invisible|a int, key l (a))",
        "a int)|add check (a > 0), add constraint c check (a > 1)|"
            + "a int, check (a > 0), constraint c check (a > 1))",
        "a int, constraint c check (a > 1))|alter check c not enforced|"
            + "a int, constraint c check (a > 1) not enforced)",
        "a int, unique c (a), constraint d check (a > 1))|drop constraint c, drop constraint d|"
            + "a int)",
        "a int) comment 'x' engine innodb|comment ''|a int) engine innodb",
        "a int) charset latin1|default charset utf8mb4 collate utf8mb4_bin|"
            + "a int) charset utf8mb4 collate utf8mb4_bin",
        "a char(3) charset latin1) charset latin1|convert to charset utf8mb4|a char(3)) charset"
            + " utf8mb4",
        "a int default 3)|alter a drop default, alter a set invisible|a int invisible)",
        "a int) partition by hash (a)|remove partitioning|a int)",
      })
  void definitionFollows(String before, String alteration, String after) {
    DdlStatement.AlterTable alter =
        assertInstanceOf(DdlStatement.AlterTable.class, parse("alter table t " + alteration));
    assertEquals(table(after), TableEvolution.apply(table(before), alter.actions()));
  }
}
