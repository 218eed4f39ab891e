package io.obconnect.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalStackExtension.class)
class TableComparatorIT {

  private static final String DATABASE = "ver_it";

  private final TableComparator comparator = new TableComparator();

  private Connection mysql;
  private Connection oceanbase;

  @BeforeEach
  void connect(MySqlServer mysqlServer, OceanBaseServer oceanbaseServer) throws SQLException {
    mysql = open(mysqlServer.connect());
    oceanbase = open(oceanbaseServer.connect());
  }

  @AfterEach
  void disconnect() throws SQLException {
    mysql.close();
    oceanbase.close();
  }

  private static Connection open(Connection connection) throws SQLException {
    run(
        connection,
        "DROP DATABASE IF EXISTS " + DATABASE,
        "CREATE DATABASE " + DATABASE + " DEFAULT CHARACTER SET utf8mb4",
        "USE " + DATABASE,
        "SET NAMES utf8mb4",
        "SET SESSION time_zone='+00:00'",
        "SET SESSION sql_mode=''");
    return connection;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 1000})
  void theSameUpdateLostInAnEvenNumberOfRowsIsSeen(int rows) throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY, status INT, note VARCHAR(20))");
    both(
        "INSERT INTO t VALUES "
            + IntStream.range(0, rows)
                .mapToObj(id -> "(" + (10_000 + id) + ",0,'same')")
                .collect(Collectors.joining(",")));
    assertVerdict(Verdict.EQUAL);
    run(mysql, "UPDATE t SET status=1");
    assertVerdict(Verdict.DIFFERENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "VARCHAR(20); VARCHAR(20); (1,'a','b'),(2,'b','a'); (1,'b','a'),(2,'a','b')",
        "VARCHAR(20); VARCHAR(20); (1,NULL,'x'); (1,'','x')",
        "VARCHAR(20); VARCHAR(20); (1,'N','x'); (1,NULL,'x')",
        "VARCHAR(20); VARCHAR(20); (1,NULL,'N'); (1,'N',NULL)",
        "VARCHAR(20); VARCHAR(20); (1,'a|b','c'); (1,'a','b|c')",
        "VARCHAR(20); VARCHAR(20); (1,'a|1|b','c'); (1,'a','b|1|c')",
        "VARCHAR(20); VARCHAR(20); (1,'a','x'); (1,'a ','x')",
        "VARCHAR(20); VARCHAR(20); (1,'a','x'); (1,'A','x')",
        "TEXT; TEXT; (1,NULL,'x'); (1,'','x')",
        "TEXT; TEXT; (1,'N','x'); (1,NULL,'x')",
        "TEXT; TEXT; (1,'a','x'); (1,'a ','x')",
        "BLOB; VARBINARY(9); (1,NULL,x'4E'); (1,'',x'4E')",
        "BLOB; VARBINARY(9); (1,x'00',NULL); (1,x'00',x'4E')",
        "DOUBLE; DOUBLE; (1,0.0,1); (1,NULL,1)",
        "DOUBLE; DOUBLE; (1,1,0.1e0); (1,1,0.10000000000000002e0)",
        "DOUBLE; DOUBLE; (1,1,-2.2250738585072014e-308); (1,1,-2.225073858507202e-308)",
        "DOUBLE; DOUBLE; (1,1,-1.2345678901234567e-100); (1,1,-1.2345678901234565e-100)",
        "FLOAT; FLOAT; (1,16777216,1); (1,16777218,1)",
        "FLOAT; FLOAT; (1,0.1,1); (1,0.10000001,1)",
        "FLOAT; FLOAT; (1,0,1); (1,NULL,1)",
        "BIT(64); BIT(1); (1,0xFFFFFFFFFFFFFFFF,b'1'); (1,0xFFFFFFFFFFFFFFFE,b'1')",
        "DECIMAL(38,9); INT; (1,12345678901234567890.000000001,1); (1,12345678901234567890,1)",
        "DATETIME(6); TIME(6); (1,'2024-01-01','00:00:00.000001'); (1,'2024-01-01','00:00:00')",
        "DATETIME; TIMESTAMP NULL; (1,'0000-00-00',NULL); (1,NULL,NULL)",
        "ENUM('a','N'); SET('x','y'); (1,'N','x'); (1,NULL,'x')",
        "JSON; INT; (1,'{\"a\":1}',1); (1,'{\"a\":2}',1)",
        "BLOB; VARBINARY(9); (1,x'4E',x'00'); (1,'N',x'0000')",
        "JSON; INT; (1,'null',1); (1,NULL,1)",
        "JSON; INT; (1,'[1,2]',1),(2,'[3]',2); (1,'[3]',1),(2,'[1,2]',2)",
        "GEOMETRY; INT; (1,POINT(1,2),1); (1,POINT(2,1),1)",
        "INT; INT; (1,1,1),(2,1,1); (1,1,1)",
        "INT; INT; (1,1,1); (1,1,1),(2,1,1)",
        "INT; INT; (1,1,1); (2,1,1)"
      })
  void ghostDifferencesAreSeenInBothDirections(
      String typeA, String typeB, String left, String right) throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY, a " + typeA + ", b " + typeB + ")");
    both("INSERT INTO t VALUES " + left);
    assertVerdict(Verdict.EQUAL);
    run(oceanbase, "DELETE FROM t", "INSERT INTO t VALUES " + right);
    assertVerdict(Verdict.DIFFERENT);
    run(mysql, "DELETE FROM t", "INSERT INTO t VALUES " + right);
    assertVerdict(Verdict.EQUAL);
    run(oceanbase, "DELETE FROM t", "INSERT INTO t VALUES " + left);
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void floatsThatTheTypeCannotTellApartAreEqual() throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY, f FLOAT, d DOUBLE)");
    run(mysql, "INSERT INTO t VALUES (1,16777216,0)");
    run(oceanbase, "INSERT INTO t VALUES (1,16777217,-0e0)");
    assertVerdict(Verdict.EQUAL);
    both("DROP TABLE t", "CREATE TABLE t (id INT PRIMARY KEY, d DOUBLE)");
    run(mysql, "INSERT INTO t VALUES (1,16777216)");
    run(oceanbase, "INSERT INTO t VALUES (1,16777217)");
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void randomFloatsAndDoublesHaveOneChecksumOnBothEngines() throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY, f FLOAT, d DOUBLE)");
    Random random = new Random(42);
    String rows =
        IntStream.range(0, 2000)
            .mapToObj(
                id -> {
                  double value = Double.longBitsToDouble(random.nextLong());
                  String text = Double.isFinite(value) ? Double.toString(value) : "0";
                  return "(" + id + "," + (float) random.nextGaussian() / 1e5 + "," + text + ")";
                })
            .collect(Collectors.joining(","));
    both("INSERT INTO t VALUES " + rows);
    assertVerdict(Verdict.EQUAL);
  }

  @Test
  void aDuplicatePairWithoutAKeyDoesNotCancel() throws SQLException {
    both("CREATE TABLE t (a INT, b VARCHAR(9))");
    run(mysql, "INSERT INTO t VALUES (1,'x'),(1,'x'),(3,'z')");
    run(oceanbase, "INSERT INTO t VALUES (2,'y'),(2,'y'),(3,'z')");
    assertVerdict(Verdict.DIFFERENT);
    run(oceanbase, "DELETE FROM t WHERE a=2", "INSERT INTO t VALUES (1,'x'),(1,'x')");
    assertVerdict(Verdict.EQUAL);
  }

  @Test
  void emptyTablesAreEqual() throws SQLException {
    both("CREATE TABLE t (a INT, j JSON)");
    TableComparison comparison = assertVerdict(Verdict.EQUAL);
    assertEquals(0, comparison.sourceChecksum().orElseThrow().rows());
  }

  @Test
  void columnOrderAndNameCaseOnTheDestinationDoNotMatter() throws SQLException {
    run(mysql, "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(9), b INT INVISIBLE)");
    run(oceanbase, "CREATE TABLE t (b INT, A VARCHAR(9), ID INT PRIMARY KEY)");
    both("INSERT INTO t (id,a,b) VALUES (1,'x',2)");
    assertVerdict(Verdict.EQUAL);
    run(mysql, "UPDATE t SET b=3");
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void anInvisibleColumnOfEitherSideIsComparedToo() throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY, b INT)", "INSERT INTO t VALUES (1,2)");
    run(mysql, "ALTER TABLE t ALTER COLUMN b SET INVISIBLE");
    assertVerdict(Verdict.EQUAL);
    assertEquals(Verdict.EQUAL, reverse().verdict());
    run(oceanbase, "UPDATE t SET b=3");
    assertVerdict(Verdict.DIFFERENT);
    assertEquals(Verdict.DIFFERENT, reverse().verdict());
  }

  @Test
  void missingAndExtraColumnsAreNamed() throws SQLException {
    run(mysql, "CREATE TABLE t (id INT PRIMARY KEY, gone INT)");
    run(oceanbase, "CREATE TABLE t (id INT PRIMARY KEY, added INT)");
    TableComparison comparison = assertVerdict(Verdict.DIFFERENT);
    assertTrue(comparison.reason().contains("`gone`"), comparison.reason());
    assertTrue(comparison.reason().contains("`added`"), comparison.reason());
  }

  @Test
  void aMissingTableIsDifferentAndTwoMissingTablesAreUnknown() throws SQLException {
    assertVerdict(Verdict.UNKNOWN);
    run(mysql, "CREATE TABLE t (id INT PRIMARY KEY)");
    assertTrue(assertVerdict(Verdict.DIFFERENT).reason().contains("missing on the destination"));
    assertTrue(reverse().reason().contains("missing on the source"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"we`ird", "dot.ted", "sp ace", "\u8868\u683c", "quo'te", "select"})
  void strangeNamesAreQuoted(String name) throws SQLException {
    TableId table = new TableId(DATABASE, name);
    String column = SqlText.identifier(name);
    both(
        "CREATE TABLE " + table.quoted() + " (id INT PRIMARY KEY, " + column + " INT)",
        "INSERT INTO " + table.quoted() + " VALUES (1,1)");
    assertEquals(List.of(table), comparator.tables(mysql, DATABASE));
    assertEquals(List.of(table), comparator.tables(oceanbase, DATABASE));
    assertEquals(Verdict.EQUAL, comparator.compare(mysql, oceanbase, table, table).verdict());
    run(mysql, "UPDATE " + table.quoted() + " SET " + column + "=2");
    assertEquals(Verdict.DIFFERENT, comparator.compare(mysql, oceanbase, table, table).verdict());
  }

  @Test
  void tablesListsBaseTablesOnly() throws SQLException {
    both("CREATE TABLE b (id INT)", "CREATE TABLE a (id INT)", "CREATE VIEW v AS SELECT id FROM a");
    List<TableId> expected = List.of(new TableId(DATABASE, "a"), new TableId(DATABASE, "b"));
    assertEquals(expected, comparator.tables(mysql, DATABASE));
    assertEquals(expected, comparator.tables(oceanbase, DATABASE));
    assertEquals(List.of(), comparator.tables(mysql, "ver_none"));
  }

  @Test
  void everyTypeHasOneChecksumOnBothEngines() throws SQLException {
    both(
        """
        CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY, ti TINYINT(1), z INT(6) ZEROFILL,
          m DECIMAL(30,10), y YEAR, f FLOAT, d DOUBLE(20,4), bi BIT(64), da DATE, dt DATETIME,
          d6 DATETIME(6), ts TIMESTAMP(3) NULL, t0 TIME, t6 TIME(6), c CHAR(10), v VARCHAR(255),
          lv VARCHAR(4000), tx TEXT, lt LONGTEXT, b BINARY(4), vb VARBINARY(2000), lb LONGBLOB,
          e ENUM('a','b|'), s SET('x','y','z'), j JSON, g GEOMETRY)
        """,
        """
        INSERT INTO t VALUES
         (18446744073709551615,-1,42,-0.0000000001,2024,1e-5,-0.0001,0xFFFFFFFFFFFFFFFF,
          '2024-02-29','9999-12-31 23:59:59','0001-01-01','2038-01-19 03:14:07.999','-838:59:59',
          '-00:00:00.000001','a  ','\u4e2d\u6587 \u20ac','x','t\\0x','\\r\\n',x'00ff',x'00',x'ff00ee',
          'b|','x,z','{"b":[1.5,1e2,18446744073709551615],"a":{"\u4e2d":"\\\\u0001"}}',
          ST_GeomFromText('POLYGON((0 0,0 3,3 3,0 0))')),
         (2,127,0,0,0,3.4028235e38,1e15,0,'0000-00-00','0000-00-00','2024-00-00 01:02:03',
          '0000-00-00','00:00:00','838:59:58.999999','','','','','','','','','','','null',
          POINT(1.5,-2.5)),
         (3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,
          NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL)
        """);
    assertVerdict(Verdict.EQUAL);
    assertEquals(Verdict.EQUAL, reverse().verdict());
  }

  @Test
  void largeValuesDoNotVanishFromTheChecksum() throws SQLException {
    both(
        "CREATE TABLE t (id INT PRIMARY KEY, a LONGTEXT, b LONGTEXT, c LONGBLOB)",
        "INSERT INTO t VALUES (1,REPEAT('a',10000000),REPEAT('b',10000000),REPEAT('c',10000000))");
    assertVerdict(Verdict.EQUAL);
    run(oceanbase, "UPDATE t SET b=CONCAT(REPEAT('b',9999999),'B')");
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void aRowWhoseTextAnEngineCannotComputeIsCountedAsNotHashed() throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1),(2)");
    TableId table = new TableId(DATABASE, "t");
    List<String> texts = List.of("IF(id=1,id,NULL)", "id");
    for (Connection connection : List.of(mysql, oceanbase)) {
      TableChecksum checksum = EngineSession.prepare(connection).checksum(table, texts);
      assertEquals(2, checksum.rows());
      assertEquals(1, checksum.hashedRows());
    }
  }

  @Test
  void otherCharacterSetsAreComparedAsUnicode() throws SQLException {
    run(
        mysql,
        "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(20) CHARACTER SET gbk,"
            + " b VARCHAR(20) CHARACTER SET latin1, c CHAR(20) CHARACTER SET utf16)");
    run(oceanbase, "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(20), b VARCHAR(20), c CHAR(20))");
    both("INSERT INTO t VALUES (1,'\u4e2d\u6587','\u00e9','\u20ac')");
    assertVerdict(Verdict.EQUAL);
    run(mysql, "UPDATE t SET a='\u4e2d'");
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void jsonOfEqualValueButOtherTextIsEqual() throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY, a INT, j JSON)");
    run(mysql, "INSERT INTO t VALUES (1,1,JSON_OBJECT('d',CAST(1.50 AS DECIMAL(10,2))))");
    run(oceanbase, "INSERT INTO t VALUES (1,1,'{\"d\":1.5}')");
    assertVerdict(Verdict.EQUAL);
    run(mysql, "UPDATE t SET a=2");
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void jsonFractionsThatDifferAreUnknownBecauseEnginesParseThemInexactly() throws SQLException {
    both(
        "CREATE TABLE t (id INT PRIMARY KEY, j JSON)",
        "INSERT INTO t VALUES (1,'[-1.9670239686965942]')");
    run(mysql, "INSERT INTO t VALUES (2,'[1.5]')");
    run(oceanbase, "INSERT INTO t VALUES (2,'[1.25]')");
    TableComparison comparison = assertVerdict(Verdict.UNKNOWN);
    assertTrue(comparison.reason().contains("JSON numbers"), comparison.reason());
    run(oceanbase, "UPDATE t SET j='[\"1.5\"]' WHERE id=2");
    assertVerdict(Verdict.DIFFERENT);
  }

  @Test
  void zerofillAndWidthDoNotMatter() throws SQLException {
    run(mysql, "CREATE TABLE t (id INT PRIMARY KEY, z INT(6) ZEROFILL, v VARCHAR(10))");
    run(oceanbase, "CREATE TABLE t (id INT PRIMARY KEY, z BIGINT, v TEXT)");
    both("INSERT INTO t VALUES (1,42,'x')");
    assertVerdict(Verdict.EQUAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "DOUBLE; VARCHAR(20)",
        "DATETIME; DATETIME(6)",
        "DECIMAL(10,2); DECIMAL(10,4)",
        "TIMESTAMP NULL; DATETIME",
        "VECTOR(3); VECTOR(3)"
      })
  void typesWithoutACommonTextAreUnknownNotEqual(String sourceType, String destinationType)
      throws SQLException {
    run(mysql, "CREATE TABLE t (id INT PRIMARY KEY, c " + sourceType + ")");
    run(oceanbase, "CREATE TABLE t (id INT PRIMARY KEY, c " + destinationType + ")");
    both("INSERT INTO t VALUES (1,NULL)");
    TableComparison comparison = assertVerdict(Verdict.UNKNOWN);
    assertTrue(comparison.reason().contains("`c`"), comparison.reason());
    run(mysql, "UPDATE t SET id=2");
    assertVerdict(Verdict.DIFFERENT);
  }

  @ParameterizedTest
  @EnumSource(ColumnKind.class)
  void theCorpusOfEveryKindHasOneTextOnBothEngines(ColumnKind kind) throws SQLException {
    EngineSession left = EngineSession.prepare(mysql);
    EngineSession right = EngineSession.prepare(oceanbase);
    assertEquals(
        Set.of(), ExpressionSelfTest.unreliableKinds(left, right, EnumSet.of(kind)), kind::name);
  }

  @Test
  void aLostConnectionIsAnErrorAndNoVerdict() throws SQLException {
    both("CREATE TABLE t (id INT PRIMARY KEY)");
    oceanbase.close();
    TableId table = new TableId(DATABASE, "t");
    assertThrows(SQLException.class, () -> comparator.compare(mysql, oceanbase, table, table));
  }

  private TableComparison assertVerdict(Verdict expected) throws SQLException {
    TableId table = new TableId(DATABASE, "t");
    TableComparison comparison = comparator.compare(mysql, oceanbase, table, table);
    assertEquals(expected, comparison.verdict(), comparison::toString);
    return comparison;
  }

  private TableComparison reverse() throws SQLException {
    TableId table = new TableId(DATABASE, "t");
    return comparator.compare(oceanbase, mysql, table, table);
  }

  private void both(String... statements) throws SQLException {
    run(mysql, statements);
    run(oceanbase, statements);
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
