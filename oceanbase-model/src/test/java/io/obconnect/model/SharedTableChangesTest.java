package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedTableChangesTest {
  private static final TableDefinition TABLE =
      assertInstanceOf(
              DdlStatement.CreateTable.class,
              parse(
                  "create table t (id int primary key, a int not null, b varchar(10), c bigint, key"
                      + " by_c (c))"))
          .table();

  private static DdlStatement parse(String sql) {
    return new DdlParser().parse(sql, "shop").get(0);
  }

  private static SharedTableChange of(String sql) {
    return SharedTableChanges.of(
        assertInstanceOf(DdlStatement.AlterTable.class, parse(sql)), TABLE);
  }

  /** How many actions are left, or what stands in the way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter table t add n int|1",
        "alter table t add n int not null default 3|1",
        "alter table t add n int not null|impossible",
        "alter table t add c bigint|0",
        "alter table t add c int|0",
        "alter table t add b varchar(200)|impossible",
        "alter table t add b varchar(5), add n int|1",
        "alter table t modify b varchar(20)|1",
        "alter table t modify b varchar(5)|0",
        "alter table t modify c date|impossible",
        "alter table t modify nothing int|impossible",
        "alter table t drop b|0",
        "alter table t drop gone|0",
        "alter table t drop a|impossible",
        "alter table t rename column b to z|impossible",
        "alter table t add index (c)|0",
        "alter table t add index (b)|1",
        "create index other on t (c)|0",
        "alter table t add unique (c)|impossible",
        "alter table t comment 'x'|1",
        "alter table t drop partition p|impossible",
        "alter table t add n int, modify n bigint|2",
      })
  void actions(String sql, String left) {
    SharedTableChange change = of(sql);
    assertEquals(
        left,
        change instanceof SharedTableChange.Remaining remaining
            ? String.valueOf(remaining.rest().map(rest -> rest.actions().size()).orElse(0))
            : "impossible");
  }

  @Test
  void whatIsLeftOutIsTold() {
    SharedTableChange.Remaining remaining =
        assertInstanceOf(SharedTableChange.Remaining.class, of("alter table t drop b"));
    assertEquals(1, remaining.notes().size());
  }
}
