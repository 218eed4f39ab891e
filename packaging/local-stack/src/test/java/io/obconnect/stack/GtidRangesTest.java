package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class GtidRangesTest {
  private static final UUID SOURCE = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");

  @Test
  void textIsReadAndWritten() {
    String text = SOURCE + ":1-5:7";
    assertEquals(text, GtidRanges.parse(text).toString());
    assertTrue(GtidRanges.parse("").isEmpty());
  }

  @Test
  void commandIsRead() {
    byte[] command =
        new ByteWriter()
            .number(1, 8)
            .raw(BinlogEvents.bytes(SOURCE))
            .number(1, 8)
            .number(1, 8)
            .number(6, 8)
            .toBytes();
    assertEquals(SOURCE + ":1-5", GtidRanges.read(new ByteReader(command)).toString());
  }

  /** A set with a hole at its beginning is of no use to the service. */
  @Test
  void everythingBeforeIsInOneRange() {
    assertTrue(GtidRanges.parse(SOURCE + ":1-5").containsAll(SOURCE, 5));
    assertTrue(GtidRanges.parse(SOURCE + ":7").containsAll(SOURCE, 0));
    assertFalse(GtidRanges.parse(SOURCE + ":2-5").containsAll(SOURCE, 5));
    assertFalse(GtidRanges.parse("").containsAll(SOURCE, 0));
  }

  @Test
  void whatIsLeft() {
    GtidRanges all = GtidRanges.parse(SOURCE + ":1-10");
    assertEquals(SOURCE + ":1-2:6-10", all.minus(GtidRanges.parse(SOURCE + ":3-5")).toString());
    assertTrue(all.minus(all).isEmpty());
  }
}
