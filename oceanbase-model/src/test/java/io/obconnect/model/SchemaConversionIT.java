package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Creates wide tables on MySQL, converts what SHOW CREATE TABLE says, creates the result on the
 * destination and compares both servers' information_schema, apart from the recorded rewrites.
 */
@ExtendWith(LocalStackExtension.class)
class SchemaConversionIT {

  private static final String SOURCE = "ddl_it_source";
  private static final String DESTINATION = "ddl_it_destination";

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE `types` (
            id bigint unsigned NOT NULL AUTO_INCREMENT,
            t1 tinyint, t2 tinyint unsigned, t3 smallint, t4 mediumint, t5 int unsigned, t6 bigint,
            z int(5) zerofill, bo boolean DEFAULT true,
            d1 decimal(65,30), d2 decimal(10,2) unsigned DEFAULT '1.50', f1 float, f2 float(7,3),
            f3 double DEFAULT 1.5, f4 double(9,2) unsigned, b1 bit(1) DEFAULT b'1', b64 bit(64),
            da date DEFAULT '2024-01-01', ti time(6), dt datetime(3) DEFAULT '2024-01-01 00:00:00',
            ts timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
            ts2 timestamp NULL, ts3 timestamp NOT NULL, ye year DEFAULT 2024,
            c1 char(3) DEFAULT '', v1 varchar(50) DEFAULT 'x''y\\\\n' COMMENT 'it''s; "q" \\\\ \\n',
            v2 varchar(20) NOT NULL, bi binary(3), vb varbinary(10) DEFAULT 0x0102,
            tb tinyblob, bb blob, mb mediumblob, lb longblob,
            tt tinytext, tx text, mt mediumtext, lt longtext,
            e enum('a','b''c','d,e','中') DEFAULT 'b''c', s set('x','y z') DEFAULT 'x,y z',
            j json, g geometry, p point, ls linestring, po polygon, mp multipoint,
            ml multilinestring, mpo multipolygon, gc geometrycollection, vec vector(3),
            inv int DEFAULT 3 INVISIBLE, u char(36) DEFAULT (uuid()), ex int DEFAULT (1 + 2),
            PRIMARY KEY (id)
          ) AUTO_INCREMENT=1000 COLLATE=utf8mb4_bin COMMENT='tbl; ''com'' \\\\'
          """,
          """
          CREATE TABLE `中文 表.x` (
            `列` int, `select` varchar(20), `we``ird 'n' "a" \\\\ me` varchar(30), `UPPER` int,
            PRIMARY KEY (`列`, `UPPER`),
            UNIQUE KEY `键``k` (`select`(10), `UPPER`) COMMENT 'it''s',
            KEY `k;2` (`we``ird 'n' "a" \\\\ me`), KEY `hidden` (`UPPER`) INVISIBLE
          ) COLLATE utf8mb4_bin
          """,
          """
          CREATE TABLE `mapped` (
            id int, a varchar(40) CHARACTER SET latin1, b varchar(40), c text CHARACTER SET gbk,
            d varchar(9) COLLATE utf8mb4_0900_as_cs, e enum('x','y') CHARACTER SET latin1,
            g geometry NOT NULL, j json DEFAULT (json_array()), t text DEFAULT ('abc'),
            v int AS (id * 2) VIRTUAL, w varchar(50) AS (concat(b, 'x')) STORED NOT NULL,
            PRIMARY KEY (id), UNIQUE KEY u (a, b DESC), KEY w (w), KEY p (c(20)),
            KEY f ((lower(b))), FULLTEXT KEY ft (b), SPATIAL KEY sp (g),
            CONSTRAINT ck CHECK (id > 0), CONSTRAINT ck2 CHECK (b <> 'q') NOT ENFORCED
          ) COLLATE utf8mb4_0900_ai_ci STATS_PERSISTENT=1 ROW_FORMAT=DYNAMIC
          """,
          """
          CREATE TABLE `parts` (id int, ts datetime, PRIMARY KEY (id, ts))
          PARTITION BY RANGE (to_days(ts)) (
            PARTITION p0 VALUES LESS THAN (to_days('2024-01-01')),
            PARTITION pm VALUES LESS THAN MAXVALUE)
          """,
          """
          CREATE TABLE `child` (id int PRIMARY KEY, parent int,
            CONSTRAINT fk1 FOREIGN KEY (parent) REFERENCES child (id) ON DELETE CASCADE)
          """,
          "CREATE TABLE `prefixed` (a varchar(20), b int, PRIMARY KEY (a(10))) COLLATE utf8mb4_bin",
          "CREATE TABLE `keyless` (a int, b varchar(10)) COLLATE utf8mb4_bin");

  @Test
  void wideTablesArriveOnOceanBase(MySqlServer mysql, OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = oceanBase.connect()) {
      DestinationProfile profile = DestinationProbe.probe(destination);
      assertEquals(DestinationProfile.Engine.OCEANBASE, profile.engine());
      migrate(source, destination, profile);
    }
  }

  @Test
  void wideTablesArriveOnMySql(MySqlServer mysql) throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = mysql.connect()) {
      DestinationProfile profile = DestinationProbe.probe(destination);
      assertEquals(DestinationProfile.Engine.MYSQL, profile.engine());
      for (Rewrite rewrite : migrate(source, destination, profile)) {
        assertEquals(Rewrite.Kind.NOT_CARRIED_OVER, rewrite.kind(), rewrite::toString);
      }
    }
  }

  @Test
  void tableOfAForeignSpatialReferenceSystemIsRefused(MySqlServer mysql, OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = oceanBase.connect()) {
      recreate(source, SOURCE);
      recreate(destination, DESTINATION);
      TableDefinition table =
          onSource(source, "CREATE TABLE `places` (id int PRIMARY KEY, g point SRID 4326)");
      assertInstanceOf(
          ConversionResult.Refused.class,
          SchemaConverter.convert(table, DestinationProbe.probe(destination)));
      ConversionResult.Converted same =
          assertInstanceOf(
              ConversionResult.Converted.class,
              SchemaConverter.convert(table, DestinationProbe.probe(source)));
      assertEquals(table.columns(), same.table().columns());
    }
  }

  /** The default collation keeps some of them apart, and general_ci even fewer. */
  @Test
  void keysOfTheDefaultCollationDoNotMeetOnOceanBase(MySqlServer mysql, OceanBaseServer oceanBase)
      throws SQLException {
    List<String> keys = List.of("a", "A", "á", "ß", "s", "😀", "😁");
    try (Connection source = mysql.connect();
        Connection destination = oceanBase.connect()) {
      recreate(source, SOURCE);
      recreate(destination, DESTINATION);
      TableDefinition table =
          onSource(
              source,
              "CREATE TABLE `keys` (k varchar(9) PRIMARY KEY, u varchar(9) COLLATE"
                  + " utf8mb4_0900_as_ci, n int, UNIQUE KEY u (n, u))");
      ConversionResult.Converted converted =
          assertInstanceOf(
              ConversionResult.Converted.class,
              SchemaConverter.convert(table, DestinationProbe.probe(destination)));
      TableId target = new TableId(DESTINATION, "keys");
      execute(destination, TableRenderer.createTableSql(renamed(converted.table(), target)));
      try (PreparedStatement insert =
          destination.prepareStatement("INSERT INTO " + target.quoted() + " VALUES (?, ?, 1)")) {
        for (String key : keys) {
          insert.setString(1, key);
          insert.setString(2, key);
          assertEquals(1, insert.executeUpdate(), key);
        }
      }
      String sql = "SELECT k FROM " + target.quoted();
      assertEquals(keys.stream().sorted().toList(), sortedValues(destination, sql));
    }
  }

  private static List<String> sortedValues(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values.stream().sorted().toList();
  }

  @Test
  void databaseWithAForeignCollationArrivesOnOceanBase(OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection destination = oceanBase.connect()) {
      DdlStatement statement =
          new DdlParser()
              .parse(
                  "CREATE DATABASE `ddl_it_列``x` DEFAULT CHARACTER SET utf8mb4"
                      + " COLLATE utf8mb4_0900_ai_ci",
                  "")
              .get(0);
      DdlStatement.CreateDatabase database =
          SchemaConverter.convertDatabase(
                  assertInstanceOf(DdlStatement.CreateDatabase.class, statement),
                  DestinationProbe.probe(destination))
              .database();
      execute(
          destination,
          TableRenderer.createDatabaseSql(
              database.name(), database.charset(), database.collation()));
      execute(destination, "DROP DATABASE " + SqlText.identifier(database.name()));
    }
  }

  private static List<Rewrite> migrate(
      Connection source, Connection destination, DestinationProfile profile) throws SQLException {
    recreate(source, SOURCE);
    recreate(destination, DESTINATION);
    List<Rewrite> rewrites = new ArrayList<>();
    for (String sql : TABLES) {
      TableDefinition table = onSource(source, sql);
      ConversionResult.Converted converted =
          assertInstanceOf(
              ConversionResult.Converted.class, SchemaConverter.convert(table, profile));
      TableId target = new TableId(DESTINATION, table.id().table());
      execute(destination, TableRenderer.createTableSql(renamed(converted.table(), target)));
      compare(source, destination, table, converted);
      rewrites.addAll(converted.rewrites());
    }
    return rewrites;
  }

  private static TableDefinition onSource(Connection source, String sql) throws SQLException {
    execute(source, "USE " + SOURCE);
    execute(source, sql);
    String name = sql.substring(sql.indexOf('`') + 1, sql.indexOf('`', sql.indexOf('`') + 1));
    String text;
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + SqlText.identifier(name))) {
      assertTrue(rows.next());
      text = rows.getString(2);
    }
    List<DdlStatement> statements = new DdlParser().parse(text, SOURCE);
    assertEquals(1, statements.size());
    return assertInstanceOf(DdlStatement.CreateTable.class, statements.get(0), statements::toString)
        .table();
  }

  private static TableDefinition renamed(TableDefinition table, TableId id) {
    return new TableDefinition(
        id,
        table.columns(),
        table.indexes(),
        table.foreignKeys(),
        table.checks(),
        table.partitioning(),
        table.options());
  }

  private static void compare(
      Connection source,
      Connection destination,
      TableDefinition table,
      ConversionResult.Converted converted)
      throws SQLException {
    Set<String> rewritten = new HashSet<>();
    converted.rewrites().forEach(rewrite -> rewritten.add(rewrite.object()));
    TableId target = new TableId(DESTINATION, table.id().table());
    compare(columns(source, table.id()), columns(destination, target), "column ", rewritten);
    compare(indexes(source, table.id()), indexes(destination, target), "index ", rewritten);
    assertEquals(comment(source, table.id()), comment(destination, target), table.id()::toString);
  }

  /** What differs must have been recorded; what was recorded may differ. */
  private static void compare(
      Map<String, List<String>> expected,
      Map<String, List<String>> actual,
      String kind,
      Set<String> rewritten) {
    Set<String> names = new HashSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      String object =
          name.equals("PRIMARY") && kind.equals("index ")
              ? "primary key"
              : kind + SqlText.identifier(name);
      if (!rewritten.contains(object)) {
        assertEquals(expected.get(name), actual.get(name), object);
      }
    }
  }

  private static Map<String, List<String>> columns(Connection connection, TableId id)
      throws SQLException {
    return rows(
        connection,
        "SELECT COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT,"
            + " COLUMN_COMMENT, EXTRA FROM information_schema.COLUMNS"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
        id);
  }

  private static Map<String, List<String>> indexes(Connection connection, TableId id)
      throws SQLException {
    // OceanBase shows the table's comment as the primary key's.
    return rows(
        connection,
        "SELECT INDEX_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME, SUB_PART,"
            + " IF(INDEX_NAME = 'PRIMARY', '', INDEX_COMMENT) AS INDEX_COMMENT,"
            + " IS_VISIBLE FROM information_schema.STATISTICS"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY INDEX_NAME, SEQ_IN_INDEX",
        id);
  }

  private static Map<String, List<String>> rows(Connection connection, String sql, TableId id)
      throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id.database());
      statement.setString(2, id.table());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> values = rows.computeIfAbsent(result.getString(1), n -> new ArrayList<>());
          for (int i = 2; i <= result.getMetaData().getColumnCount(); i++) {
            values.add(
                normalized(result.getMetaData().getColumnLabel(i), result.getString(i), values));
          }
        }
      }
    }
    return rows;
  }

  /** Removes the ways in which the servers print the same thing differently. */
  private static String normalized(String label, String value, List<String> before) {
    if (value == null) {
      return null;
    }
    return switch (label) {
      case "COLUMN_TYPE" -> type(value);
      case "COLUMN_DEFAULT" -> defaultValue(value, before.get(before.size() - 2));
      case "EXTRA" -> extra(value);
      default -> value;
    };
  }

  private static String type(String value) {
    String type = value.toLowerCase(Locale.ROOT);
    if (type.startsWith("enum") || type.startsWith("set")) {
      // OceanBase prints the labels without doubling their quotes.
      return type.replace("''", "'");
    }
    boolean width = type.matches("(tiny|small|medium|big)?int\\(\\d+\\).*");
    boolean meaningful = type.contains("zerofill") || type.equals("tinyint(1)");
    String plain = width && !meaningful ? type.replaceFirst("\\(\\d+\\)", "") : type;
    return plain.replace("year(4)", "year").replace("geomcollection", "geometrycollection");
  }

  private static String defaultValue(String value, String type) {
    String plain = value.toUpperCase(Locale.ROOT).replaceAll("[()\\s]", "");
    // OceanBase leaves the digits out here, but not in SHOW CREATE TABLE.
    String whole = plain.replaceFirst("^CURRENT_TIMESTAMP\\d$", "CURRENT_TIMESTAMP");
    return type.contains("binary") ? "bytes" : whole;
  }

  private static String extra(String value) {
    String extra = value.toUpperCase(Locale.ROOT).replace("DEFAULT_GENERATED", "").trim();
    return extra.replaceAll("[()]", "");
  }

  private static String comment(Connection connection, TableId id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT TABLE_COMMENT FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
      statement.setString(1, id.database());
      statement.setString(2, id.table());
      try (ResultSet rows = statement.executeQuery()) {
        assertTrue(rows.next(), id::toString);
        return rows.getString(1);
      }
    }
  }

  private static void recreate(Connection connection, String database) throws SQLException {
    execute(connection, "DROP DATABASE IF EXISTS " + database);
    execute(connection, "CREATE DATABASE " + database);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
