package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableRendererTest {

  static final String[] SERVER_TEXTS = {
    ServerTexts.WIDE,
    ServerTexts.CHINESE,
    ServerTexts.PARTITIONED,
    ServerTexts.CHILD,
    ServerTexts.GBK
  };

  private static TableDefinition table(String sql) {
    DdlStatement statement = new DdlParser().parse(sql, "shop").get(0);
    return assertInstanceOf(DdlStatement.CreateTable.class, statement, statement::toString).table();
  }

  @Test
  void everyAttributeIsWritten() {
    TableDefinition table =
        table(
            """
            create table `we``ird`.t (
              id bigint unsigned auto_increment comment 'it''s \\\\ "x"',
              c varchar(9) charset utf8mb4 collate utf8mb4_bin default 'a''b' invisible,
              ts timestamp(3) not null default now(3) on update now(3),
              g point not null srid 4326,
              v int as (id * 2) stored,
              primary key (id),
              unique key `u``k` (c(5), ts desc) comment 'k' invisible,
              key k3 ((lower(c))),
              constraint ck check (id > 0)
            ) auto_increment=7 charset=utf8mb4 collate=utf8mb4_bin comment='t;' engine=InnoDB
            partition by hash (id) partitions 4
            """);
    assertEquals(
        """
        CREATE TABLE IF NOT EXISTS `we``ird`.`t` (
          `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s \\\\ "x"',
          `c` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL DEFAULT 'a''b' INVISIBLE,
          `ts` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
          `g` point NOT NULL SRID 4326,
          `v` int GENERATED ALWAYS AS (id * 2) STORED NULL,
          PRIMARY KEY (`id`),
          UNIQUE KEY `u``k` (`c`(5), `ts` DESC) COMMENT 'k' INVISIBLE,
          KEY `k3` ((lower(c))),
          CONSTRAINT `ck` CHECK (id > 0)
        ) AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='t;' ENGINE=InnoDB
        partition by hash (id) partitions 4""",
        TableRenderer.createTableSql(table));
  }

  @ParameterizedTest
  @FieldSource("SERVER_TEXTS")
  void serverTextSurvivesTheRoundTrip(String sql) {
    TableDefinition table = table(sql);
    assertEquals(table, table(TableRenderer.createTableSql(table)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a'b", "a\\b", "a\\'b", "'", "\\", "\0", "a\nb\r\t\032", "\"", "a;--#/*"})
  void textsSurviveTheRoundTrip(String text) {
    TableDefinition table =
        table(
            "create table t (a varchar(9) default "
                + SqlText.literal(text)
                + " comment "
                + SqlText.literal(text)
                + ")");
    assertEquals(new ColumnDefault.Literal(text), table.columns().get(0).defaultValue());
    assertEquals(text, table.columns().get(0).comment());
    assertEquals(table, table(TableRenderer.createTableSql(table)));
  }

  @Test
  void databaseIsQuotedAndExplicit() {
    assertEquals(
        "CREATE DATABASE IF NOT EXISTS `a``b` DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE"
            + " utf8mb4_bin",
        TableRenderer.createDatabaseSql("a`b", Optional.of("utf8mb4"), Optional.of("utf8mb4_bin")));
  }

  @Test
  void tableWithoutADatabaseIsNamedAlone() {
    assertEquals("`t`", new TableId("", "t").quoted());
    assertEquals("`a``b`.`c``d`", new TableId("a`b", "c`d").quoted());
  }
}
