package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeConverterTest {

  private static final String TABLE =
      "create table t (id int primary key, a int, b varchar(20), c varchar(20), v int as (a + 1),"
          + " key ka (a), constraint t_chk_1 check (a > 0), constraint fk foreign key (a) references"
          + " p (id)) charset utf8mb4 collate utf8mb4_general_ci";
  private static final String RANGES =
      "create table r (id int primary key) partition by range (id) (partition p0 values less than"
          + " (1), partition p1 values less than (2))";

  private static DdlStatement parse(String sql) {
    List<DdlStatement> statements = new DdlParser().parse(sql, "shop");
    assertEquals(1, statements.size());
    return statements.get(0);
  }

  private static TableDefinition table(String sql) {
    return assertInstanceOf(DdlStatement.CreateTable.class, parse(sql)).table();
  }

  private static ChangeResult convert(
      String sql, DestinationProfile profile, ConversionOptions options, String... tables) {
    Map<TableId, TableDefinition> current = new HashMap<>();
    for (String table : tables) {
      TableDefinition definition = table(table);
      TableId id = options.names().apply(definition.id());
      current.put(id, definition.withId(id));
    }
    return new ChangeConverter(profile, options, id -> Optional.ofNullable(current.get(id)))
        .convert(parse(sql));
  }

  private static List<String> sql(ChangeResult result) {
    return assertInstanceOf(ChangeResult.Converted.class, result, result::toString).steps().stream()
        .map(ChangeStep::sql)
        .toList();
  }

  private static List<String> toOceanBase(String sql) {
    return sql(convert(sql, Profiles.OCEANBASE, ConversionOptions.full(), TABLE, RANGES));
  }

  private static List<String> refused(String sql) {
    ChangeResult result = convert(sql, Profiles.OCEANBASE, ConversionOptions.full(), TABLE, RANGES);
    return assertInstanceOf(ChangeResult.Refused.class, result, result::toString).reasons();
  }

  @Test
  void oceanBaseGetsOneStatementForWhatItTakesTogether() {
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` DROP INDEX `ka`",
            "ALTER TABLE `shop`.`t` DROP COLUMN `c`, ADD COLUMN `d` int NULL FIRST",
            "ALTER TABLE `shop`.`t` DROP PRIMARY KEY, ADD PRIMARY KEY (`a`)",
            "ALTER TABLE `shop`.`t` ADD KEY `d` (`d`)",
            "ALTER TABLE `shop`.`t` ADD CONSTRAINT `t_chk_2` CHECK (d > 0)",
            "RENAME TABLE `shop`.`t` TO `shop`.`u`"),
        toOceanBase(
            "alter table t rename u, add check (d > 0), add key (d), drop column c, add primary key"
                + " (a), add d int first, drop primary key, drop key ka"));
  }

  @Test
  void mySqlGetsOneStatement() {
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` DROP INDEX `ka`, ADD COLUMN `d` int NULL, ADD KEY `d` (`d`)",
            "RENAME TABLE `shop`.`t` TO `shop`.`u`"),
        sql(
            convert(
                "alter table t rename u, add key (d), add d int, drop key ka",
                Profiles.MYSQL,
                ConversionOptions.full(),
                TABLE)));
  }

  @Test
  void columnThatGoesAndComesBackTakesTwoStatements() {
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` DROP COLUMN `a`",
            "ALTER TABLE `shop`.`t` ADD COLUMN `a` date NULL"),
        toOceanBase("alter table t drop a, add a date"));
  }

  @Test
  void everyTableIsRenamed() {
    ConversionOptions options =
        ConversionOptions.full()
            .withNames(
                id ->
                    new TableId(
                        "x_" + id.database(), id.table().isEmpty() ? "" : "t_" + id.table()));
    String[] statements = {
      "alter table t add constraint f2 foreign key (b) references y.q (id)",
      "rename table t to y.u",
      "create table l like t",
      "create database d",
      "drop database d",
      "alter database d collate utf8mb4_bin",
      "drop table t",
      "truncate t",
      "alter table r exchange partition p0 with table e",
      "create view v as select t.a, z.q.b from t, z.q where t.a in (select x from y as k)",
    };
    List<String> expected =
        List.of(
            "ALTER TABLE `x_shop`.`t_t` ADD KEY `f2` (`b`)",
            "ALTER TABLE `x_shop`.`t_t` ADD CONSTRAINT `f2` FOREIGN KEY (`b`) REFERENCES"
                + " `x_y`.`t_q` (`id`)",
            "RENAME TABLE `x_shop`.`t_t` TO `x_y`.`t_u`",
            "CREATE TABLE IF NOT EXISTS `x_shop`.`t_l` LIKE `x_shop`.`t_t`",
            "CREATE DATABASE IF NOT EXISTS `x_d` DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE"
                + " utf8mb4_general_ci",
            "DROP DATABASE IF EXISTS `x_d`",
            "ALTER DATABASE `x_d` DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_bin",
            "DROP TABLE IF EXISTS `x_shop`.`t_t`",
            "TRUNCATE TABLE `x_shop`.`t_t`",
            "ALTER TABLE `x_shop`.`t_r` EXCHANGE PARTITION `p0` WITH TABLE `x_shop`.`t_e` WITHOUT"
                + " VALIDATION",
            "CREATE OR REPLACE VIEW `x_shop`.`t_v` AS select t.a, `q`.b from `x_shop`.`t_t` AS `t`,"
                + " `x_z`.`t_q` AS `q` where t.a in (select x from `x_shop`.`t_y` as k)");
    List<String> actual =
        List.of(statements).stream()
            .flatMap(sql -> sql(convert(sql, Profiles.OCEANBASE, options, TABLE, RANGES)).stream())
            .toList();
    assertEquals(expected, actual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select 1 from a left join (b, c) on a.x = b.x|"
            + "select 1 from `d`.`a` AS `a` left join (`d`.`b` AS `b`, `d`.`c` AS `c`) on a.x = b.x",
        "select extract(year from x), trim(both 'a' from y) from t z|"
            + "select extract(year from x), trim(both 'a' from y) from `d`.`t` z",
        "with q as (select 1 from t), r (x) as (select 2) select * from q, r, s|"
            + "with q as (select 1 from `d`.`t` AS `t`), r (x) as (select 2) select * from q, r,"
            + " `d`.`s` AS `s`",
        "select a, b from (select c from t) as x order by a, b|"
            + "select a, b from (select c from `d`.`t` AS `t`) as x order by a, b",
        "select 1 from dual union select 2 from t group by a, b|"
            + "select 1 from dual union select 2 from `d`.`t` AS `t` group by a, b",
        "(select 1 from t) union all (select 2 from u)|"
            + "(select 1 from `d`.`t` AS `t`) union all (select 2 from `d`.`u` AS `u`)",
        "select 'from x, y' from t straight_join u use index (i)|"
            + "select 'from x, y' from `d`.`t` AS `t` straight_join `d`.`u` AS `u` use index (i)",
      })
  void tablesOfQueriesAreFound(String query, String expected) {
    assertEquals(expected, QueryTables.renamed(query, "d", id -> id));
  }

  @Test
  void generatedColumnIsComputedAnewWhereItCannotBeChanged() {
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` DROP COLUMN `v`",
            "ALTER TABLE `shop`.`t` ADD COLUMN `v` int GENERATED ALWAYS AS (a + 2) VIRTUAL NULL"
                + " AFTER `c`"),
        toOceanBase("alter table t modify v int as (a + 2)"));
    assertEquals(1, refused("alter table t modify v int").size(), "its values would be lost");
    ChangeResult plain =
        convert(
            "alter table t modify a int as (id)",
            Profiles.OCEANBASE,
            ConversionOptions.rowsOnly(),
            TABLE);
    assertInstanceOf(ChangeResult.Refused.class, plain, "nobody would compute its new values");
  }

  @Test
  void newUniqueKeyNeverMergesRows() {
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` MODIFY COLUMN `b` varchar(20) CHARACTER SET utf8mb4 COLLATE"
                + " utf8mb4_bin NULL",
            "ALTER TABLE `shop`.`t` ADD UNIQUE KEY `b` (`b`)"),
        toOceanBase("alter table t add unique (b)"));
    assertEquals(
        List.of("ALTER TABLE `shop`.`t` ADD UNIQUE KEY `b` (`b`)"),
        sql(
            convert(
                "alter table t add unique (b)", Profiles.MYSQL, ConversionOptions.full(), TABLE)));
  }

  @Test
  void whatTheDestinationLacksIsPassedByUnlessRowsDependOnIt() {
    assertEquals(
        List.of(),
        toOceanBase(
            "alter table t drop key nothing, drop foreign key nothing, drop check nothing, rename"
                + " index nothing to x, alter index nothing invisible, drop column nothing"));
    assertEquals(1, refused("alter table t modify nothing int").size());
    assertEquals(1, refused("alter table t rename column nothing to x").size());
    assertEquals(1, refused("alter table nothing add a int").size());
    assertEquals(1, refused("alter table t add a int").size(), "exists already");
    assertEquals(1, refused("alter table t truncate partition p0").size());
    assertEquals(1, refused("alter table r drop partition p7").size());
  }

  @Test
  void constraintsAreFoundByTheNamesThatMySqlGaveThem() {
    assertEquals(
        List.of("ALTER TABLE `shop`.`t` DROP CHECK `t_chk_1`"),
        toOceanBase("alter table t drop check renamed_chk_1"));
    assertEquals(
        List.of("ALTER TABLE `shop`.`t` DROP FOREIGN KEY `fk`"),
        toOceanBase("alter table t drop constraint FK"));
  }

  @Test
  void layoutOfPartitionsThatOceanBaseCannotChangeStays() {
    assertEquals(List.of(), toOceanBase("alter table r remove partitioning"));
    assertEquals(List.of(), toOceanBase("alter table r add partition partitions 3"));
    assertEquals(
        List.of("ALTER TABLE `shop`.`r` TRUNCATE PARTITION `p0`, `p1`"),
        toOceanBase("alter table r truncate partition all"));
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`r` ADD PARTITION (partition p2 values less than (3), partition p3"
                + " values less than maxvalue)"),
        toOceanBase(
            "alter table r add partition (partition p2 values less than (3) engine = innodb comment"
                + " 'x' max_rows 3, partition p3 values less than maxvalue data directory '/d')"));
    assertEquals(
        List.of("ALTER TABLE `shop`.`r` partition by key (id) partitions 3"),
        toOceanBase("alter table r partition by linear key algorithm = 2 (id) partitions 3"));
  }

  @Test
  void heldBackPartsComeLater() {
    ConversionOptions options =
        ConversionOptions.full()
            .withHeldBack(
                Set.of(TablePart.SECONDARY_INDEXES, TablePart.FOREIGN_KEYS, TablePart.CHECKS));
    ChangeResult.Converted created =
        assertInstanceOf(ChangeResult.Converted.class, convert(TABLE, Profiles.OCEANBASE, options));
    TableDefinition table =
        assertInstanceOf(DdlStatement.CreateTable.class, created.steps().get(0).statement())
            .table();
    assertEquals(1, table.indexes().size());
    assertEquals(List.of(), table.checks());
    assertEquals(List.of(), table.foreignKeys());
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` ADD KEY `ka` (`a`)",
            "ALTER TABLE `shop`.`t` ADD CONSTRAINT `t_chk_1` CHECK (a > 0)",
            "ALTER TABLE `shop`.`t` ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `shop`.`p`"
                + " (`id`)"),
        created.heldBack().stream().map(ChangeStep::sql).toList());
    ChangeResult.Converted altered =
        assertInstanceOf(
            ChangeResult.Converted.class,
            convert(
                "alter table t add key k (b), add unique u (a)",
                Profiles.OCEANBASE,
                options,
                TABLE));
    assertEquals(
        List.of("ALTER TABLE `shop`.`t` ADD UNIQUE KEY `u` (`a`)"),
        altered.steps().stream().map(ChangeStep::sql).toList());
    assertEquals(
        List.of("ALTER TABLE `shop`.`t` ADD KEY `k` (`b`)"),
        altered.heldBack().stream().map(ChangeStep::sql).toList());
  }

  @Test
  void userMapsTextByHand() {
    ConversionOptions options =
        ConversionOptions.full()
            .withText(
                Map.of("latin1", "utf8mb4"), Map.of("utf8mb4_0900_ai_ci", "utf8mb4_general_ci"));
    ChangeResult.Converted result =
        assertInstanceOf(
            ChangeResult.Converted.class,
            convert(
                "create table t (a varchar(9) primary key, b varchar(9) charset latin1 collate"
                    + " latin1_bin) collate utf8mb4_0900_ai_ci",
                Profiles.MYSQL,
                options));
    String sql = result.steps().get(0).sql();
    assertTrue(sql.contains("`a` varchar(9) NOT NULL"), sql);
    assertTrue(sql.contains("`b` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"), sql);
    assertTrue(sql.contains("COLLATE=utf8mb4_general_ci"), sql);
    assertTrue(result.rewrites().toString().contains("the configuration maps it so"));
  }

  @Test
  void conversionOfTextsNamesEachColumn() {
    assertEquals(
        List.of(
            "ALTER TABLE `shop`.`t` DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
            "ALTER TABLE `shop`.`t` MODIFY COLUMN `b` varchar(20) CHARACTER SET utf8mb4 COLLATE"
                + " utf8mb4_bin NULL, MODIFY COLUMN `c` varchar(20) CHARACTER SET utf8mb4 COLLATE"
                + " utf8mb4_bin NULL"),
        toOceanBase("alter table t convert to character set utf8mb4 collate utf8mb4_bin"));
    assertEquals(1, refused("alter table t convert to character set binary").size());
  }

  @Test
  void whatIsNeverCarriedOverIsRefused() {
    for (String sql :
        List.of(
            "create trigger x before insert on t for each row set @a=1", "frobnicate", "use x")) {
      assertEquals(1, refused(sql).size(), sql);
    }
  }
}
