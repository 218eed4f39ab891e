package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.TableId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyTableTest {
  private static final TableId ID = new TableId("shop", "orders");
  private static final CopyColumn A = CopyColumn.of("a", "int");
  private static final CopyColumn B = CopyColumn.of("b", "varchar");
  private static final CopyColumn C = CopyColumn.of("c", "float");

  private static Chunk chunk(List<String> after, List<String> to) {
    return new Chunk(ID, 1, 0, after, to);
  }

  @Test
  void rangesOfOneColumnAreHalfOpen() {
    CopyTable table = new CopyTable(ID, List.of(A, C), List.of(A), "PRIMARY");
    assertEquals(
        "SELECT `a`,`c`+0e0 FROM `shop`.`orders` FORCE INDEX (`PRIMARY`) WHERE `a`>1 AND `a`<=5",
        table.select(chunk(List.of("1"), List.of("5"))));
    assertEquals(
        "SELECT `a`,`c`+0e0 FROM `shop`.`orders` FORCE INDEX (`PRIMARY`) WHERE `a`>5",
        table.select(chunk(List.of("5"), List.of())));
    assertEquals(
        "SELECT `a` FROM `shop`.`orders` FORCE INDEX (`PRIMARY`) WHERE `a`>5 ORDER BY `a` LIMIT 1"
            + " OFFSET 99",
        table.selectBound(List.of("5"), 100));
  }

  @Test
  void rangesOfSeveralColumnsAreFoundByTheFirst() {
    CopyTable table = new CopyTable(ID, List.of(A, B), List.of(A, B), "k");
    assertEquals(
        "SELECT `a`,`b` FROM `shop`.`orders` FORCE INDEX (`k`) WHERE `a`>=1 AND ((`a`>1) OR"
            + " (`a`=1 AND `b`>'x')) AND `a`<=2 AND ((`a`<2) OR (`a`=2 AND `b`<='y'))",
        table.select(chunk(List.of("1", "'x'"), List.of("2", "'y'"))));
  }

  @Test
  void tableWithoutUsableKeyIsOneChunk() {
    CopyTable table = new CopyTable(ID, List.of(A), List.of(), "");
    assertEquals("SELECT `a` FROM `shop`.`orders`", table.select(chunk(List.of(), List.of())));
  }

  @Test
  void literalsAreWhatTheServerPrinted() {
    assertEquals("-12", literal("int", "-12"));
    assertEquals("0000", literal("year", "0000"));
    assertEquals("'a\\'b\\\\c\\0d\"'", literal("varchar", "a'b\\c\0d\""));
    assertEquals("'0000-00-00'", literal("date", "0000-00-00"));
    assertEquals("-0E0", literal("double", "-0"));
    assertEquals("1e300", literal("double", "1e300"));
    assertEquals("x'00FF27'", hex(new byte[] {0, (byte) 0xff, 0x27}));
    assertEquals("x''", hex(new byte[0]));
    assertEquals("'{\"a\": 1}'", literal("json", "{\"a\": 1}"));
    assertEquals("NULL", BlockBuilder.literal(A, null));
  }

  /** It prints as nothing, and is no member. */
  @Test
  void errorValueOfAnEnumerationIsTold() {
    assertEquals("IF(`c`+0=0,'00000',`c`)", CopyColumn.of("c", "enum").select());
  }

  private static String literal(String dataType, String printed) {
    CopyColumn column = CopyColumn.of("c", dataType);
    return BlockBuilder.literal(column, printed.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] bytes) {
    return BlockBuilder.literal(CopyColumn.of("c", "blob"), bytes);
  }
}
