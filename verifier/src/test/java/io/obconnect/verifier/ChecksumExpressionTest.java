package io.obconnect.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumExpressionTest {

  private static final TableId TABLE = new TableId("d`b", "t.1");

  @Test
  void backticksInNamesCannotLeaveTheQuotes() {
    assertEquals("`d``b`.`t.1`", TABLE.quoted());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INTEGER; 0; IFNULL(`c`,'N')",
        "DECIMAL; 0; IFNULL(`c`,'N')",
        "YEAR; 0; IF(`c` IS NULL,'N',`c`+0)",
        "BIT; 0; IF(`c` IS NULL,'N',`c`+0)",
        "BINARY; 16; IF(`c` IS NULL,'N',HEX(`c`))",
        "BINARY; 65535; IF(`c` IS NULL,'N',SHA2(`c`,256))",
        "TEXT; 65535; IF(`c` IS NULL,'N',SHA2(CONVERT(`c` USING utf8mb4),256))",
        "JSON; 0; IF(`c` IS NULL,'N',SHA2(CONVERT(`c` USING utf8mb4),256))",
        "GEOMETRY; 0; IF(`c` IS NULL,'N',SHA2(`c`,256))",
        "DATETIME; 0; IFNULL(`c`,'N')"
      })
  void everyKindHasOneCanonicalText(ColumnKind kind, long octets, String expected) {
    assertEquals(expected, ChecksumExpression.canonicalText("`c`", kind, false, octets));
  }

  @Test
  void doublesEnterByTheirBytesNotByTheirText() {
    assertEquals(
        "IF(`c` IS NULL,'N',SUBSTR(HEX(POINT(`c`+0e0,0)),19,16))",
        ChecksumExpression.canonicalText("`c`", ColumnKind.FLOATING, false, 0));
  }

  @Test
  void shortTextIsPrecededByItsLengthSoThatFramingIsUnambiguous() {
    assertEquals(
        "IF(`c` IS NULL,'N',CONCAT(LENGTH(CONVERT(`c` USING utf8mb4)),'|',CONVERT(`c` USING utf8mb4)))",
        ChecksumExpression.canonicalText("`c`", ColumnKind.TEXT, false, 1020));
  }

  @Test
  void zerofillOfEitherSideIsRemoved() {
    ColumnInfo plain = column("c", "int", "int(11)", 0, 0);
    ColumnInfo padded = column("c", "int", "int(6) unsigned zerofill", 0, 0);
    assertEquals("IF(`c` IS NULL,'N',`c`+0)", new ColumnPair(plain, padded).canonicalText());
    assertEquals("IF(`c` IS NULL,'N',`c`+0)", new ColumnPair(padded, plain).canonicalText());
  }

  @Test
  void theLongerSideDecidesWhetherTextIsDigested() {
    ColumnInfo small = column("c", "varchar", "varchar(10)", 40, -1);
    ColumnInfo large = column("c", "text", "text", 65_535, -1);
    assertEquals(
        "IF(`c` IS NULL,'N',SHA2(CONVERT(`c` USING utf8mb4),256))",
        new ColumnPair(small, large).canonicalText());
  }

  @Test
  void theHashIsNeverLinear() {
    String query = ChecksumExpression.query(TABLE, List.of("IFNULL(`c`,'N')"));
    assertFalse(query.contains("CRC32"), query);
    assertTrue(
        query.contains(
            "CAST(CONV(LEFT(SHA2(CONCAT('|',IFNULL(`c`,'N'),'|'),256),16),16,10) AS UNSIGNED)"),
        query);
  }

  @Test
  void aValueTheEngineCannotComputeMakesTheRowHashNull() {
    String row =
        ChecksumExpression.rowText(
            List.of(ChecksumExpression.canonicalText("`c`", ColumnKind.JSON, false, 0)));
    assertFalse(row.contains("CONCAT_WS"), row);
    assertFalse(row.contains("IFNULL"), row);
  }

  @Test
  void aTableWithNoComparableColumnStillCounts() {
    assertEquals("CONCAT('|')", ChecksumExpression.rowText(List.of()));
  }

  @ParameterizedTest
  @CsvSource({"vector", "VECTOR(3)", "array", "roaringbitmap"})
  void anUnknownTypeIsAnObstacleAndNoGuess(String dataType) {
    ColumnInfo column = column("c", dataType, dataType, 0, -1);
    assertTrue(new ColumnPair(column, column).obstacle(Set.of()).isPresent());
    assertThrows(
        IllegalArgumentException.class,
        () -> ChecksumExpression.canonicalText("`c`", ColumnKind.UNSUPPORTED, false, 0));
  }

  @Test
  void coercionBetweenKindsIsAnObstacle() {
    ColumnPair pair =
        new ColumnPair(
            column("c", "double", "double", 0, -1), column("c", "varchar", "varchar(9)", 36, -1));
    assertEquals(
        Optional.of("column `c`: type double is not comparable with type varchar(9)"),
        pair.obstacle(Set.of()));
  }

  @Test
  void anotherScaleIsAnObstacle() {
    ColumnPair pair =
        new ColumnPair(
            column("c", "datetime", "datetime", 0, 0),
            column("c", "datetime", "datetime(6)", 0, 6));
    assertTrue(pair.obstacle(Set.of()).isPresent());
  }

  @ParameterizedTest
  @EnumSource(value = ColumnKind.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSUPPORTED")
  void everyKindIsSelfTestedAndCanFailTheSelfTest(ColumnKind kind) {
    assertFalse(ExpressionSelfTest.corpus(kind).isEmpty());
    ColumnInfo column = new ColumnInfo("c", kind, "t", 0, 0);
    assertTrue(new ColumnPair(column, column).obstacle(EnumSet.of(kind)).isPresent());
  }

  @Test
  void columnsPairByNameWithoutCaseInSourceOrder() {
    ColumnPairing pairing =
        ColumnPairing.of(
            List.of(column("A", "int", "int", 0, 0), column("b", "int", "int", 0, 0)),
            List.of(column("B", "int", "int", 0, 0), column("a", "int", "int", 0, 0)));
    assertEquals(List.of("A", "b"), pairing.pairs().stream().map(ColumnPair::name).toList());
    assertEquals(Optional.empty(), pairing.mismatch());
  }

  @Test
  void missingAndExtraColumnsAreNamed() {
    ColumnPairing pairing =
        ColumnPairing.of(
            List.of(column("a", "int", "int", 0, 0)), List.of(column("b", "int", "int", 0, 0)));
    assertEquals(
        Optional.of(
            "columns missing on the destination: `a`; columns only on the destination: `b`"),
        pairing.mismatch());
  }

  @Test
  void equalIsRefusedWithoutTwoCompleteIdenticalChecksums() {
    TableChecksum incomplete = new TableChecksum(2, 1, "1", "1");
    assertThrows(IllegalArgumentException.class, () -> equal(Optional.empty()));
    assertThrows(IllegalArgumentException.class, () -> equal(Optional.of(incomplete)));
  }

  private static TableComparison equal(Optional<TableChecksum> checksum) {
    return new TableComparison(TABLE, TABLE, Verdict.EQUAL, "", checksum, checksum);
  }

  private static ColumnInfo column(
      String name, String dataType, String type, long octets, int scale) {
    return new ColumnInfo(name, ColumnKind.of(dataType), type, octets, scale);
  }
}
