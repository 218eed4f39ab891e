package io.obconnect.model;

import static io.obconnect.model.SchemaChangeLine.line;
import static io.obconnect.model.SchemaChangeLine.withoutEffect;

import java.util.List;

/**
 * The schema changes that a migration tool for OceanBase documents as supported, a line for each,
 * and those beyond its list.
 */
final class SchemaChangeLines {

  private static final String T =
      "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(20) DEFAULT 'x' COMMENT 'it''s', c"
          + " varchar(30), d decimal(9,2), KEY ka (a), KEY kc (c)) COLLATE utf8mb4_general_ci";
  private static final String PARENT =
      "CREATE TABLE p (id int PRIMARY KEY, u int, UNIQUE KEY u (u)) COLLATE utf8mb4_general_ci";
  private static final String RANGES =
      "CREATE TABLE r (id int, k int, PRIMARY KEY (id, k)) COLLATE utf8mb4_general_ci PARTITION BY"
          + " RANGE (k) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))";
  private static final String LISTS =
      "CREATE TABLE l (id int, k int, PRIMARY KEY (id, k)) COLLATE utf8mb4_general_ci PARTITION BY"
          + " LIST (k) (PARTITION a VALUES IN (1,2), PARTITION b VALUES IN (3))";

  static final List<SchemaChangeLine> MYSQL_TO_OCEANBASE =
      List.of(
          line("create table", T),
          line("create table if not exists", T.replace("TABLE", "TABLE IF NOT EXISTS")),
          line("create table like", "CREATE TABLE t2 LIKE t", T),
          withoutEffect("create temporary table", "CREATE TEMPORARY TABLE x (a int)"),
          line(
              "create table with comment and options",
              "CREATE TABLE t (id int PRIMARY KEY) COMMENT 'c; ''q''' ROW_FORMAT=DYNAMIC"
                  + " STATS_PERSISTENT=1 COLLATE utf8mb4_bin"),
          line("create table, range partitions", RANGES),
          line("create table, list partitions", LISTS),
          line(
              "create table, hash partitions",
              "CREATE TABLE h (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4"),
          line(
              "create table, key partitions",
              "CREATE TABLE h (id int PRIMARY KEY) PARTITION BY KEY (id) PARTITIONS 3"),
          line(
              "create table, subpartitions by hash",
              "CREATE TABLE h (id int, k int, PRIMARY KEY (id, k)) PARTITION BY RANGE (k)"
                  + " SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN"
                  + " (10), PARTITION p1 VALUES LESS THAN MAXVALUE)"),
          line(
              "create table, subpartitions by key",
              "CREATE TABLE h (id int, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k)"
                  + " SUBPARTITION BY KEY (id) SUBPARTITIONS 2 (PARTITION p0 VALUES IN (10),"
                  + " PARTITION p1 VALUES IN (20))"),
          line(
              "create table, linear partitions",
              "CREATE TABLE h (id int PRIMARY KEY) PARTITION BY LINEAR HASH (id) PARTITIONS 4"),
          line("add column", "ALTER TABLE t ADD COLUMN n int NOT NULL DEFAULT 5", T),
          line("add column first", "ALTER TABLE t ADD COLUMN n varchar(9) FIRST", T),
          line("add column after", "ALTER TABLE t ADD n datetime(3) AFTER a", T),
          line("add columns in a list", "ALTER TABLE t ADD COLUMN (n int, m text, KEY km (n))", T),
          line("drop column", "ALTER TABLE t DROP COLUMN b", T),
          line("drop column of indexes", "ALTER TABLE t DROP a, DROP COLUMN c", T),
          line("change column", "ALTER TABLE t CHANGE b bb varchar(40) NOT NULL DEFAULT 'y'", T),
          line("modify column", "ALTER TABLE t MODIFY COLUMN a bigint unsigned", T),
          line("modify column first", "ALTER TABLE t MODIFY c varchar(60) FIRST", T),
          line("change column after", "ALTER TABLE t CHANGE c cc text AFTER id, DROP KEY kc", T),
          line("set default", "ALTER TABLE t ALTER COLUMN a SET DEFAULT 7", T),
          line("drop default", "ALTER TABLE t ALTER b DROP DEFAULT", T),
          line("add index", "ALTER TABLE t ADD INDEX kb (b, a)", T),
          line("add index without a name", "ALTER TABLE t ADD KEY (a), ADD KEY (b(5))", T),
          line("add fulltext", "ALTER TABLE t ADD FULLTEXT KEY ft (c)", T),
          line("add unique", "ALTER TABLE t ADD UNIQUE KEY ub (d, a)", T),
          line(
              "add foreign key",
              "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE",
              PARENT,
              T),
          line(
              "add foreign key without names or an index",
              "ALTER TABLE q ADD FOREIGN KEY (a) REFERENCES p (u)",
              PARENT,
              "CREATE TABLE q (id int PRIMARY KEY, a int)"),
          line("drop index", "ALTER TABLE t DROP INDEX ka", T),
          line("drop primary key", "ALTER TABLE t DROP PRIMARY KEY", T),
          line("rename to", "ALTER TABLE t RENAME TO t2", T),
          line("comment", "ALTER TABLE t COMMENT 'new ''c'''", T),
          line(
              "add partition, range",
              "ALTER TABLE r ADD PARTITION (PARTITION p2 VALUES LESS THAN (30) COMMENT 'x',"
                  + " PARTITION p3 VALUES LESS THAN MAXVALUE)",
              RANGES),
          line(
              "add partition, list",
              "ALTER TABLE l ADD PARTITION (PARTITION c VALUES IN (7,8))",
              LISTS),
          line("drop partition", "ALTER TABLE r DROP PARTITION p0", RANGES),
          line("truncate partition", "ALTER TABLE r TRUNCATE PARTITION p0, p1", RANGES),
          line("partition by", "ALTER TABLE r PARTITION BY HASH (id) PARTITIONS 3", RANGES),
          line("truncate table", "TRUNCATE TABLE t", T),
          line("rename table", "RENAME TABLE t TO t2", T),
          line("rename tables in turn", "RENAME TABLE t TO x, p TO t, x TO p", T, PARENT),
          line("drop table", "DROP TABLE t", T),
          line("drop tables if exists", "DROP TABLE IF EXISTS t, p CASCADE", T, PARENT),
          line("drop table that is not there", "DROP TABLE IF EXISTS nothing"),
          line("create index", "CREATE INDEX ib ON t (b)", T),
          line("create unique index", "CREATE UNIQUE INDEX ib ON t (d, id)", T),
          line(
              "create index of a prefix",
              "CREATE INDEX ib USING BTREE ON t (c(10)) COMMENT 'x'",
              T),
          line(
              "create spatial index",
              "CREATE SPATIAL INDEX sp ON g (g)",
              "CREATE TABLE g (id int PRIMARY KEY, g geometry NOT NULL SRID 0)"),
          line("drop index on", "DROP INDEX ka ON t", T));

  static final List<SchemaChangeLine> BEYOND =
      List.of(
          line(
              "rename column", "ALTER TABLE t RENAME COLUMN a TO aa, ADD COLUMN n int AFTER aa", T),
          line("swap column names", "ALTER TABLE t RENAME COLUMN b TO c, RENAME COLUMN c TO b", T),
          line("set column invisible", "ALTER TABLE t ALTER COLUMN b SET INVISIBLE", T),
          line(
              "set column visible",
              "ALTER TABLE t ALTER COLUMN b SET VISIBLE",
              T,
              "ALTER TABLE t MODIFY b varchar(20) INVISIBLE"),
          line("rename index", "ALTER TABLE t RENAME INDEX ka TO kz", T),
          line("alter index invisible", "ALTER TABLE t ALTER INDEX ka INVISIBLE", T),
          line("add primary key", "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, a)", T),
          line(
              "move primary key",
              "ALTER TABLE t DROP PRIMARY KEY, DROP COLUMN id, ADD COLUMN n int NOT NULL FIRST, ADD"
                  + " PRIMARY KEY (n)",
              T),
          line(
              "add check",
              "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0), ADD CHECK (b <> 'q') NOT ENFORCED",
              T),
          line(
              "drop check",
              "ALTER TABLE t DROP CHECK ck",
              T,
              "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)"),
          line(
              "drop check without a name, of a renamed table",
              "ALTER TABLE t2 DROP CHECK t2_chk_1",
              T,
              "ALTER TABLE t ADD CHECK (a > 0)",
              "RENAME TABLE t TO t2"),
          line(
              "check not enforced",
              "ALTER TABLE t ALTER CHECK ck NOT ENFORCED",
              T,
              "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)"),
          line(
              "drop constraint",
              "ALTER TABLE t DROP CONSTRAINT fk, DROP CONSTRAINT uu, DROP CONSTRAINT ck",
              PARENT,
              T,
              "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id) ON DELETE SET NULL,"
                  + " ADD CONSTRAINT uu UNIQUE (d), ADD CONSTRAINT ck CHECK (d > 0)"),
          line(
              "drop foreign key",
              "ALTER TABLE t DROP FOREIGN KEY fk",
              PARENT,
              T,
              "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id)"),
          line(
              "convert to character set",
              "ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
              T),
          line("default character set", "ALTER TABLE t COLLATE utf8mb4_bin, COMMENT 'x'", T),
          line("auto increment", "ALTER TABLE t AUTO_INCREMENT = 100", T),
          withoutEffect("order by", "ALTER TABLE t ORDER BY a DESC, b", T),
          withoutEffect("force", "ALTER TABLE t FORCE, ALGORITHM=INPLACE, LOCK=NONE", T),
          line(
              "all at once",
              "ALTER TABLE t DROP KEY ka, DROP COLUMN d, MODIFY a bigint NOT NULL AFTER c, CHANGE b"
                  + " b2 varchar(25), ADD COLUMN e int DEFAULT 4 FIRST, ADD UNIQUE KEY ue (e, a),"
                  + " ADD KEY ka (a), ADD KEY (b2), RENAME KEY kc TO kd, ADD CHECK (e > 0), COMMENT"
                  + " 'z', RENAME TO t3, ALGORITHM=COPY",
              T),
          line(
              "add functional index",
              "ALTER TABLE t ADD KEY f ((lower(b)), a), ADD UNIQUE KEY g ((a + 1))",
              T),
          line(
              "add generated columns",
              "ALTER TABLE t ADD v int AS (a * 2) VIRTUAL AFTER a, ADD s varchar(60) AS"
                  + " (concat(b, 'x')) STORED",
              T),
          line(
              "change generated column",
              "ALTER TABLE g MODIFY v int AS (a * 3) STORED",
              "CREATE TABLE g (id int PRIMARY KEY, v int AS (a * 2) STORED, a int)"),
          line(
              "drop and add a column of one name",
              "ALTER TABLE t DROP COLUMN d, ADD COLUMN d varchar(5) FIRST",
              T),
          line(
              "add unique to texts that compare alike",
              "ALTER TABLE u ADD UNIQUE KEY uu (a)",
              "CREATE TABLE u (id int PRIMARY KEY, a varchar(20), b int)"),
          line("truncate all partitions", "ALTER TABLE r TRUNCATE PARTITION ALL", RANGES),
          line(
              "exchange partition",
              "ALTER TABLE r EXCHANGE PARTITION p0 WITH TABLE e",
              RANGES,
              "CREATE TABLE e (id int, k int, PRIMARY KEY (id, k)) COLLATE utf8mb4_general_ci"),
          line("create view", "CREATE VIEW v AS SELECT id, a FROM t WHERE a > 3", T),
          line(
              "create view with check",
              "CREATE VIEW v AS SELECT id, a FROM t WHERE a > 3 WITH LOCAL CHECK OPTION",
              T),
          line(
              "create table with keys and checks",
              "CREATE TABLE k (id int PRIMARY KEY, a int, b int CHECK (b > 0), c int, FOREIGN KEY (a)"
                  + " REFERENCES p (u), CONSTRAINT f2 FOREIGN KEY (b) REFERENCES p (id) ON DELETE"
                  + " CASCADE, CONSTRAINT ck CHECK (c <> 3) NOT ENFORCED)",
              PARENT),
          line(
              "create table with generated columns and special indexes",
              "CREATE TABLE k (id int PRIMARY KEY, a int, v int AS (a + 1), s varchar(40) AS"
                  + " (concat(a, 'x')) STORED NOT NULL, t text, g point NOT NULL SRID 0, KEY f ((a +"
                  + " 1)), FULLTEXT KEY ft (t) WITH PARSER ngram, SPATIAL KEY sp (g), KEY kv (v))"),
          line(
              "create view of joins",
              "CREATE OR REPLACE ALGORITHM=MERGE DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW v"
                  + " (x, y) AS SELECT t.id, (SELECT max(q.u) FROM p q WHERE q.id = t.a) FROM t"
                  + " LEFT JOIN p ON p.id = t.a",
              T,
              PARENT),
          line(
              "alter view",
              "ALTER VIEW v AS SELECT b FROM t",
              T,
              "CREATE VIEW v AS SELECT a FROM t"),
          line("drop view", "DROP VIEW v", T, "CREATE VIEW v AS SELECT a FROM t"));

  static final List<SchemaChangeLine> REFUSED =
      List.of(
          line(
              "drop partition that the destination lacks",
              "ALTER TABLE r DROP PARTITION p1a",
              RANGES,
              "ALTER TABLE r REORGANIZE PARTITION p1 INTO (PARTITION p1a VALUES LESS THAN (15),"
                  + " PARTITION p1b VALUES LESS THAN (20))"),
          line(
              "exchange partition of a list",
              "ALTER TABLE l EXCHANGE PARTITION a WITH TABLE e",
              LISTS,
              "CREATE TABLE e (id int, k int, PRIMARY KEY (id, k)) COLLATE utf8mb4_general_ci"),
          line(
              "add counter",
              "ALTER TABLE k ADD COLUMN id int AUTO_INCREMENT PRIMARY KEY",
              "CREATE TABLE k (a int)"),
          line(
              "generated column becomes plain",
              "ALTER TABLE g MODIFY v int",
              "CREATE TABLE g (id int PRIMARY KEY, v int AS (a * 2) STORED, a int)"));

  static final List<SchemaChangeLine> OCEANBASE_TO_MYSQL =
      List.of(
          line("create table", T),
          line("drop table", "DROP TABLE t", T),
          line("truncate table", "TRUNCATE TABLE t", T),
          line("change column", "ALTER TABLE t CHANGE COLUMN b bb varchar(50)", T),
          line("add column", "ALTER TABLE t ADD COLUMN n int DEFAULT 3 AFTER a", T),
          line("set default", "ALTER TABLE t ALTER COLUMN a SET DEFAULT 7", T),
          line("drop default", "ALTER TABLE t ALTER COLUMN b DROP DEFAULT", T),
          line("drop column", "ALTER TABLE t DROP COLUMN b", T),
          line("create index", "CREATE INDEX ib ON t (b)", T),
          line("add index", "ALTER TABLE t ADD UNIQUE INDEX ib (b)", T),
          line("drop index", "DROP INDEX ka ON t", T));

  static final List<SchemaChangeLine> OCEANBASE_TO_OCEANBASE =
      List.of(
          line("add column", "ALTER TABLE t ADD COLUMN n int DEFAULT 3 AFTER a", T),
          line("modify column", "ALTER TABLE t MODIFY COLUMN b varchar(50)", T),
          line("set default", "ALTER TABLE t ALTER COLUMN a SET DEFAULT 7", T),
          line("drop default", "ALTER TABLE t ALTER COLUMN b DROP DEFAULT", T),
          line("drop column", "ALTER TABLE t DROP COLUMN b", T),
          line("create table", T),
          line("drop table", "DROP TABLE t", T),
          line("truncate table", "TRUNCATE TABLE t", T),
          line("create index", "CREATE INDEX ib ON t (b)", T),
          line("add index", "ALTER TABLE t ADD INDEX ib (b)", T),
          line("drop index", "DROP INDEX ka ON t", T),
          line("rename table", "RENAME TABLE t TO t2", T),
          line("alter table rename", "ALTER TABLE t RENAME TO t2", T));

  private SchemaChangeLines() {}
}
