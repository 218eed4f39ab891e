package io.obconnect.model;

import static io.obconnect.model.ChangeProgress.State.ALREADY_APPLIED;
import static io.obconnect.model.ChangeProgress.State.NOT_APPLIED;
import static io.obconnect.model.ChangeProgress.State.PARTLY;
import static io.obconnect.model.ChangeProgress.State.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeProgressTest {

  private static final String TABLE =
      "create table t (id int primary key, a int default 1, b varchar(20), key k (a))";

  private static List<DdlStatement> parse(String sql) {
    return new DdlParser().parse(sql, "shop");
  }

  /** What is found if the destination has these tables and the change is these statements. */
  private static ChangeProgress progress(String tables, String steps) {
    Map<TableId, TableDefinition> current = new HashMap<>();
    for (DdlStatement statement : parse(tables)) {
      TableDefinition table = assertInstanceOf(DdlStatement.CreateTable.class, statement).table();
      current.put(table.id(), table);
    }
    return ChangeProgress.of(
        parse(steps).stream().map(ChangeStep::new).toList(),
        id -> Optional.ofNullable(current.get(id)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table t (a int)|ALREADY_APPLIED",
        "create table u (a int)|NOT_APPLIED",
        "drop table t|NOT_APPLIED",
        "drop table u|ALREADY_APPLIED",
        "truncate table t|NOT_APPLIED",
        "create database shop|NOT_APPLIED",
        "create or replace view v as select 1|NOT_APPLIED",
        "rename table t to u|NOT_APPLIED",
        "rename table u to t|ALREADY_APPLIED",
        "rename table u to v|UNKNOWN",
        "alter table t add n int|NOT_APPLIED",
        "alter table t add a int|ALREADY_APPLIED",
        "alter table t drop a|NOT_APPLIED",
        "alter table t drop n|ALREADY_APPLIED",
        "alter table t modify a int default '1'|ALREADY_APPLIED",
        "alter table t modify a int(11) default '1'|ALREADY_APPLIED",
        "alter table t modify a int default '2'|NOT_APPLIED",
        "alter table t modify a bigint default '1'|NOT_APPLIED",
        "alter table t change a z int|NOT_APPLIED",
        "alter table t change z a int|ALREADY_APPLIED",
        "alter table t rename column a to z|NOT_APPLIED",
        "alter table t rename column z to a|ALREADY_APPLIED",
        "alter table t rename column a to b, rename column b to a|UNKNOWN",
        "alter table t drop a, add a int|NOT_APPLIED",
        "alter table t alter a set default 1|ALREADY_APPLIED",
        "alter table t alter a set default 2|NOT_APPLIED",
        "alter table t add key k (b)|ALREADY_APPLIED",
        "alter table t add key l (b)|NOT_APPLIED",
        "alter table t drop key k|NOT_APPLIED",
        "alter table t rename key k to l|NOT_APPLIED",
        "alter table t rename key l to k|ALREADY_APPLIED",
        "alter table t drop primary key|NOT_APPLIED",
        "alter table t add constraint c check (a > 0)|NOT_APPLIED",
        "alter table t drop check c|ALREADY_APPLIED",
        "alter table t comment 'x'|NOT_APPLIED",
      })
  void oneStepIsFoundByItsTraces(String step, ChangeProgress.State expected) {
    ChangeProgress progress = progress(TABLE, step);
    assertEquals(expected, progress.state());
    assertEquals(expected == NOT_APPLIED ? 1 : 0, progress.remaining().size());
  }

  private static final String STEPS =
      "alter table t drop key k; alter table t drop column b, add column c int; alter table t add"
          + " key k (c); rename table t to u";

  @Test
  void crashBetweenStepsLeavesTheRest() {
    assertEquals(NOT_APPLIED, progress(TABLE, STEPS).state());
    ChangeProgress first = progress("create table t (id int primary key, a int, b int)", STEPS);
    assertEquals(PARTLY, first.state());
    assertEquals(3, first.remaining().size());
    assertEquals(
        2, progress("create table t (id int primary key, a int, c int)", STEPS).remaining().size());
    assertEquals(
        1,
        progress("create table t (id int primary key, a int, c int, key k (c))", STEPS)
            .remaining()
            .size());
    assertEquals(
        ALREADY_APPLIED,
        progress("create table u (id int primary key, a int, c int, key k (c))", STEPS).state());
  }

  @Test
  void definitionsOfNeitherSideAreNotGuessedAt() {
    assertEquals(UNKNOWN, progress("create table x (a int)", STEPS).state());
    assertEquals(
        UNKNOWN,
        progress("create table t (id int primary key, b int, c int)", STEPS).state(),
        "half of the second step");
  }

  @Test
  void columnThatGoesAndComesBackIsEmptiedAgain() {
    String steps = "alter table t drop column a; alter table t add column a int";
    assertEquals(2, progress(TABLE, steps).remaining().size());
    assertEquals(1, progress("create table t (b int)", steps).remaining().size());
  }

  @Test
  void tablesThatSwapTheirNamesAreNotGuessedAt() {
    String both = "create table a (x int); create table b (y int)";
    assertEquals(UNKNOWN, progress(both, "rename table a to z, b to a, z to b").state());
    assertEquals(
        NOT_APPLIED, progress(both, "rename table a to old, b to a").state(), "a copy's last step");
    assertEquals(
        ALREADY_APPLIED,
        progress(
                "create table old (x int); create table a (y int)", "rename table a to old, b to a")
            .state());
  }

  @Test
  void partitionsAreTraces() {
    String table =
        "create table t (a int) partition by range (a) (partition p0 values less than (1))";
    assertEquals(
        NOT_APPLIED,
        progress(table, "alter table t add partition (partition p1 values less than (2))").state());
    assertEquals(
        ALREADY_APPLIED,
        progress(table, "alter table t add partition (partition p0 values less than (1))").state());
    assertEquals(ALREADY_APPLIED, progress(table, "alter table t drop partition p1").state());
    assertEquals(
        UNKNOWN, progress(table, "alter table t exchange partition p0 with table e").state());
  }
}
