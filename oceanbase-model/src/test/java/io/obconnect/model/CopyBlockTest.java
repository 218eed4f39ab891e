package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class CopyBlockTest {
  private static final byte[] ROWS = "(1,'漢😀'),(2,NULL)".getBytes(StandardCharsets.UTF_8);

  @Test
  void blockIsReadAsItWasWritten() {
    CopyBlock block =
        new CopyBlock(
            new TableId("shöp", "orders"),
            7,
            3,
            Long.MIN_VALUE,
            2,
            CopyBlock.End.TABLE,
            List.of("id", "näme"),
            2,
            Optional.of(new CopyBlock.Snapshot("binlog.000007", 157, 1_700_000_000_123L)),
            ROWS);
    CopyBlock read = CopyBlock.parse(block.toBytes());
    assertEquals(block.table(), read.table());
    assertEquals(block.run(), read.run());
    assertEquals(block.chunk(), read.chunk());
    assertEquals(block.attempt(), read.attempt());
    assertEquals(block.sequence(), read.sequence());
    assertEquals(block.end(), read.end());
    assertEquals(block.columns(), read.columns());
    assertEquals(block.rowCount(), read.rowCount());
    assertEquals(block.snapshot(), read.snapshot());
    assertArrayEquals(ROWS, read.rows());
  }

  @Test
  void damagedBlocksAreRefused() {
    byte[] value =
        new CopyBlock(
                new TableId("a", "b"),
                1,
                0,
                0,
                0,
                CopyBlock.End.NONE,
                List.of("c"),
                1,
                Optional.empty(),
                ROWS)
            .toBytes();
    for (int length = 0; length < value.length - ROWS.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      assertThrows(DataException.class, () -> CopyBlock.parse(cut));
    }
    value[1] = 9;
    assertThrows(DataException.class, () -> CopyBlock.parse(value));
  }

  @Test
  void markIsTakenOffAsItWasPutOn() {
    String ddl = "CREATE TABLE t (id INT PRIMARY KEY) /* obconnect copy 4 */";
    assertEquals(OptionalLong.empty(), CopyMark.run(ddl));
    assertEquals(ddl, CopyMark.unmarked(ddl));
    assertEquals(OptionalLong.of(12), CopyMark.run(CopyMark.mark(12, ddl)));
    assertEquals(ddl, CopyMark.unmarked(CopyMark.mark(12, ddl)));
  }
}
